"""What both token endpoints share: the grant type and the form of the response."""

from __future__ import annotations

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.vendors.wechat.errors import CONTENT_TYPE, GRANT_TYPE
from mockocr.vendors.wechat.token.fields import text_field


def require_grant_type(request: Request) -> None:
    """`ApiError` for another grant type than `client_credential`."""
    grant = text_field(request, "grant_type")
    if grant != "client_credential":
        raise ApiError(GRANT_TYPE, f"grant_type is {grant[:40]!r}, not client_credential")


def token_response(token: str, seconds: int) -> Response:
    body = {"access_token": token, "expires_in": seconds}
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)
