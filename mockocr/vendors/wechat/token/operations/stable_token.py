"""The stable access token: the same one until five minutes before its end, or a new one by force.

It is independent of the token of `token`. doc: api_getstableaccesstoken.
"""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.wechat.access_token import GRACE, LIFETIME, STABLE, make_token, milliseconds
from mockocr.vendors.wechat.errors import DATA_FORMAT, TOO_FREQUENT
from mockocr.vendors.wechat.token.fields import STABLE_PATH, token_fields
from mockocr.vendors.wechat.token.grant import require_grant_type, token_response

_BETWEEN_FORCED = 30_000
"""Milliseconds. doc: api_getstableaccesstoken; that 45011 answers earlier ones is a guess."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """With `force_refresh`, the former token is invalid at once.

    Raises `ApiError` for another grant type, or if a refresh is forced within 30 s of another.
    """
    require_grant_type(request)
    forced = token_fields(request).get("force_refresh") or False
    if not isinstance(forced, bool):
        raise ApiError(DATA_FORMAT, f"force_refresh is {str(forced)[:40]!r}, not true or false")
    appid, now = principal.values["appid"], milliseconds(request.at)
    known = await context.find_token(STABLE, appid)
    if known is not None and not forced:
        left = known["issued"] + milliseconds_of_life() - now
        if left > GRACE.total_seconds() * 1000:
            return token_response(known["token"], round(left / 1000))
    if known is not None and forced and now - known["forced"] < _BETWEEN_FORCED:
        since = (now - known["forced"]) / 1000
        detail = f"a refresh was forced {since:.0f} s ago; 30 s must be between two"
        raise ApiError(TOO_FREQUENT, detail)
    token = make_token(appid, principal.values["secret"], request.at, request.id, stable=True)
    last_forced = now if forced else known["forced"] if known else 0
    value = {"token": token, "issued": now, "forced": last_forced}
    await context.issue_token(STABLE, value, LIFETIME, appid)
    return token_response(token, round(LIFETIME.total_seconds()))


def milliseconds_of_life() -> int:
    return round(LIFETIME.total_seconds() * 1000)


OPERATION = Operation(
    name="stable_token",
    methods=("POST",),
    path=STABLE_PATH,
    source="doc: developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken",
    run=run,
    free=True,
)
