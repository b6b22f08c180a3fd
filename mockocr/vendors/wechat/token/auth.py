"""The caller of a token request: its AppID and AppSecret."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from mockocr.vendors.wechat.credentials import masked
from mockocr.vendors.wechat.errors import INVALID_SECRET, SECRET_MISSING
from mockocr.vendors.wechat.token.fields import STABLE_PATH, text_field


def claimed(request: Request) -> tuple[str, str] | None:
    try:
        appid = text_field(request, "appid")
    except ApiError:
        return None
    return ("appid", appid) if appid else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the AppID, if the AppSecret is its own."""
    appid, secret = text_field(request, "appid"), text_field(request, "secret")
    if not appid:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the request has no appid")
    if not secret:
        raise ApiError(SECRET_MISSING, "the request has no secret")
    principal = await context.find_credential("appid", appid)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown AppID {masked(appid)}")
    own = principal.values["secret"].encode()
    if not hmac.compare_digest(own, secret.encode("utf-8", "replace")):
        detail = f"secret is not the AppSecret of AppID {masked(appid)}"
        raise ApiError(INVALID_SECRET, detail)
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request with AppID and AppSecret in its JSON or, for `token`, in its query."""
    pairs = {name: credential.values[name] for name in ("appid", "secret")}
    if request.path == STABLE_PATH:
        return with_fields(request, pairs)
    query = "&".join(filter(None, (request.query, urlencode(pairs))))
    return request.with_query(query)
