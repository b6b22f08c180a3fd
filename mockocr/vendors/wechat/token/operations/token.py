"""An access token for two hours; the one before it stays valid for five minutes."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.wechat.access_token import LATEST, LIFETIME, make_token, milliseconds
from mockocr.vendors.wechat.errors import REQUIRE_GET
from mockocr.vendors.wechat.token.grant import require_grant_type, token_response


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """Raises `ApiError` for a POST, or another grant type than `client_credential`."""
    if request.method != "GET":
        raise ApiError(REQUIRE_GET, f"{request.method} {request.path}")
    require_grant_type(request)
    appid, secret = principal.values["appid"], principal.values["secret"]
    token = make_token(appid, secret, request.at, request.id)
    await context.issue_token(LATEST, {"issued": milliseconds(request.at)}, LIFETIME, appid)
    return token_response(token, round(LIFETIME.total_seconds()))


OPERATION = Operation(
    name="token",
    methods=("GET", "POST"),
    path="/cgi-bin/token",
    source="doc: developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken",
    run=run,
    free=True,
)
