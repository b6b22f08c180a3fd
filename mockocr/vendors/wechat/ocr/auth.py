"""The credential of an OCR request: an access token in its query, and the free calls of a day."""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.urlencoded import with_field
from mockocr.vendors.wechat.access_token import (
    GRACE,
    LATEST,
    LIFETIME,
    STABLE,
    AccessToken,
    make_token,
    milliseconds,
    read_token,
)
from mockocr.vendors.wechat.credentials import masked
from mockocr.vendors.wechat.errors import INVALID_CREDENTIAL, NO_QUOTA, TOKEN_EXPIRED

FREE_CALLS, DAY = 100, timedelta(days=1)
"""doc: openpoc/ocr pages, 100 calls a day; one quota for all operations."""


def claimed(request: Request) -> tuple[str, str] | None:
    """The AppID that the token names, unverified."""
    token = request.cached(_token)
    return ("appid", token.appid) if token else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the access token, which must be valid and the latest of its AppID."""
    text = request.query_value("access_token")
    if not text:
        detail = "the query has no access_token"
        raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
    token = request.cached(_token)
    if token is None:
        detail = f"the access token of {len(text)} characters does not have the form of a token"
        raise ApiError(INVALID_CREDENTIAL, detail)
    principal = await context.find_credential("appid", token.appid)
    if principal is None:
        detail = f"the access token names the unknown AppID {masked(token.appid)}"
        raise ApiError(INVALID_CREDENTIAL, detail)
    if not token.is_made_with(principal.values["secret"]):
        detail = "the access token was altered, or the AppSecret has changed since"
        raise ApiError(INVALID_CREDENTIAL, detail)
    _require_young(request, token)
    await _require_latest(request, context, token, text)
    principal.require_active(request.at)
    await _count(request, context, token.appid)
    return principal


def sign(request: Request, credential: Credential) -> Request:
    """The request with an access token in its query."""
    values = credential.values
    salt = request.id or f"{0:032x}"
    token = make_token(values["appid"], values["secret"], request.at, salt)
    return request.with_query(with_field(request.query, "access_token", token))


def _token(request: Request) -> AccessToken | None:
    return read_token(request.query_value("access_token"))


def _require_young(request: Request, token: AccessToken) -> None:
    life = LIFETIME.total_seconds()
    late = (milliseconds(request.at) - token.issued) / 1000 - life
    if late > 0:
        detail = f"the access token expired {late:.0f} s ago; tokens are valid for {life:.0f} s"
        raise ApiError(TOKEN_EXPIRED, detail)


async def _require_latest(
    request: Request, context: Context, token: AccessToken, text: str
) -> None:
    """A token of `token` ends five minutes after a newer one was issued; a stable one ends when
    its successor is forced.
    """
    latest = await context.find_token(STABLE if token.stable else LATEST, token.appid)
    if latest is None or latest["issued"] <= token.issued:
        return
    age = (milliseconds(request.at) - latest["issued"]) / 1000
    if token.stable and latest["forced"] > token.issued:
        raise ApiError(INVALID_CREDENTIAL, f"a newer stable token was forced {age:.0f} s ago")
    if not token.stable and age > GRACE.total_seconds():
        detail = f"a newer access token was issued {age:.0f} s ago; the older one ended after 300 s"
        raise ApiError(INVALID_CREDENTIAL, detail)


async def _count(request: Request, context: Context, appid: str) -> None:
    if request.options["daily_quota"] == "off":
        return
    if not await context.count_use(f"calls of {appid}", FREE_CALLS, DAY):
        detail = f"the AppID has used its {FREE_CALLS} calls of this day (in UTC)"
        raise ApiError(NO_QUOTA, detail)
