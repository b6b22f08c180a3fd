"""An access token for 30 days."""

from __future__ import annotations

import base64
import hashlib

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import Operation
from mockocr.vendors.baidu.access_token import LIFETIME, make_refresh_token, make_token
from mockocr.vendors.baidu.headers import CONTENT_TYPE
from mockocr.vendors.baidu.oauth.errors import GRANT_TYPE, INVALID_REQUEST
from mockocr.vendors.baidu.oauth.fields import oauth_fields

SCOPE = (
    "public vis-ocr_ocr brain_ocr_scope brain_ocr_general brain_ocr_general_basic brain_all_scope"
    " wise_adapt"
)
"""sdk: the clients for Python and Node drop a token without the word brain_all_scope."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """Raises `ApiError` for another grant type than `client_credentials`."""
    grant = oauth_fields(request).get("grant_type", "")
    if not grant:
        raise ApiError(INVALID_REQUEST, "the request has no grant_type")
    if grant != "client_credentials":
        raise ApiError(GRANT_TYPE, f"grant_type is {grant[:40]!r}, not client_credentials")
    app_id, secret = principal.values["app_id"], principal.values["secret_key"]
    salt = request.id[-8:]
    digest = hashlib.sha256(f"{request.id}{app_id}".encode()).digest()
    document = {
        "refresh_token": make_refresh_token(app_id, request.at, salt),
        "expires_in": LIFETIME,
        "session_key": base64.b64encode(digest * 2).decode(),
        "access_token": make_token(app_id, secret, request.at, salt),
        "scope": SCOPE,
        "session_secret": digest[:16].hex(),
    }
    headers = (
        ("Content-Type", CONTENT_TYPE),
        ("Set-Cookie", f"BAIDUID={digest[:16].hex().upper()}:FG=1; path=/; domain=.baidu.com"),
    )
    return Response(200, dump_json(document) + b"\n", headers, "0")


OPERATION = Operation(
    name="token",
    methods=("GET", "POST"),
    path="/oauth/2.0/token",
    source="doc: REFERENCE/Ck3dwjhhu, access token",
    run=run,
    free=True,
)
