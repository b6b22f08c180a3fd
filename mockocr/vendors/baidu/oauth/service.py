"""The OAuth endpoint as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.baidu.headers import add_headers
from mockocr.vendors.baidu.oauth.auth import claimed, sign, verify
from mockocr.vendors.baidu.oauth.errors import ERRORS, render_error
from mockocr.vendors.baidu.oauth.examples import EXAMPLES
from mockocr.vendors.baidu.oauth.operations import token


def billed(response: Response) -> bool:
    """Whether a token was issued; it costs nothing."""
    return response.code == "0"


SERVICE = Service(
    name="oauth",
    namespace="baidu",
    title="Baidu OAuth 2.0",
    hosts=("openapi.baidu.com",),
    operations=(token.OPERATION,),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=64 * 1024,
    examples=EXAMPLES,
    add_headers=add_headers,
)
