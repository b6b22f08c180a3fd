"""Google's token endpoint, for the JWT grant of service accounts."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.google.oauth import auth
from mockocr.vendors.google.oauth.errors import ERRORS, render_error
from mockocr.vendors.google.oauth.examples import EXAMPLES
from mockocr.vendors.google.oauth.operations import token

BODY_LIMIT = 1024 * 1024


def billed(response: Response) -> bool:
    """A token costs nothing; True for one that was issued, as quotas ask."""
    return response.code == "OK"


SERVICE = Service(
    name="oauth",
    namespace="google",
    title="Google OAuth 2.0 token endpoint (oauth2.googleapis.com)",
    hosts=auth.HOSTS,
    operations=(token.OPERATION,),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    add_headers=auth.add_headers,
)
