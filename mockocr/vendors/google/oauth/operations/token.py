"""token: an access token for an assertion that a service account has signed."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google import access_token
from mockocr.vendors.google.oauth import auth
from mockocr.vendors.google.oauth.errors import JSON


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """HTTP 200 with the token; the scheme has verified the assertion."""
    email = principal.values["client_email"]
    token = await access_token.issue(email, auth.requested_scope(request), context)
    document = {
        "access_token": token,
        "expires_in": access_token.EXPIRES_IN,
        "token_type": "Bearer",
    }
    return Response.of_json(document, code="OK", content_type=JSON)


OPERATION = Operation(
    name="token",
    methods=("POST",),
    path=auth.PATHS[0],
    aliases=auth.PATHS[1:],
    run=run,
    source="doc: Google Identity, using OAuth 2.0 for server to server applications",
    free=True,
)
