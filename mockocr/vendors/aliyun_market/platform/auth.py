"""How the platform authenticates: by appid, sendtime and sign among the parameters.

The failure table of the product page names the checks and their order. No public page says how
`sign` is made, so the rule is ours: the MD5, in hex, of appid, sendtime and the secret in a row.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.aliyun_market.platform.errors import (
    DEBUG_DATA,
    LONG_APPID,
    LONG_SIGN,
    LONG_TIME,
    NO_APPID,
    NO_SIGN,
    NO_TIME,
    STOPPED,
    WRONG_SIGN,
    WRONG_TIME,
)
from mockocr.vendors.aliyun_market.platform.signing_mistakes import find_mistake
from mockocr.vendors.aliyun_market.thumb_cloud.fields import body_fields

MAX_APPID = 32
"""Characters. doc: product page."""
MAX_SENDTIME = 13
"""guess: as long as milliseconds are; the page gives no number."""
MAX_SIGN = 32
"""guess: as long as an MD5 in hex."""
WINDOW = timedelta(minutes=5)
"""doc: product page."""
MILLISECONDS = 100_000_000_000
"""A sendtime from here on is in milliseconds (in seconds it would be the year 5138)."""


def claimed(request: Request) -> tuple[str, str] | None:
    """The appid as sent; None if there is none or the body cannot be read."""
    try:
        appid = body_fields(request).get("appid", "")
    except ApiError:
        return None
    return ("platform_appid", appid) if appid else None


async def verify(request: Request, context: Context) -> Principal:
    """The checks of the failure table, top to bottom; every error is an HTTP 666."""
    fields = body_fields(request)
    appid, sendtime, sent = (fields.get(name, "") for name in ("appid", "sendtime", "sign"))
    if not appid:
        raise ApiError(NO_APPID, "the parameters lack appid")
    if len(appid) > MAX_APPID:
        raise ApiError(LONG_APPID, f"appid has {len(appid)} characters, {MAX_APPID} are allowed")
    if not sendtime:
        raise ApiError(NO_TIME, "the parameters lack sendtime")
    if len(sendtime) > MAX_SENDTIME:
        detail = f"sendtime has {len(sendtime)} characters, {MAX_SENDTIME} are allowed"
        raise ApiError(LONG_TIME, detail)
    _check_time(request, sendtime)
    if not sent:
        raise ApiError(NO_SIGN, "the parameters lack sign")
    if len(sent) > MAX_SIGN:
        raise ApiError(LONG_SIGN, f"sign has {len(sent)} characters, {MAX_SIGN} are allowed")
    principal = await context.find_credential("platform_appid", appid)
    if principal is None:
        raise ApiError(WRONG_SIGN, f"unknown appid {appid!r}")
    secret = principal.values.get("platform_secret", "")
    require_signature(
        sent.lower(),
        [Candidate(canonical(appid, sendtime), signature(appid, sendtime, secret))],
        lambda text: find_mistake(sent, appid, sendtime, secret),
        "wrong secret or another order",
        WRONG_SIGN,
    )
    starred = next((name for name, value in fields.items() if "*" in value), None)
    if starred is not None:
        raise ApiError(DEBUG_DATA, f"the value of {starred[:40]!r} holds a *")
    if principal.credential.state == "disabled":
        detail = f"the credential of account {principal.account.name} is disabled"
        raise ApiError(STOPPED, detail, appid=appid)
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request with the three parameters added to its body, in the form that the body has."""
    appid = credential.values["platform_appid"]
    sendtime = str(int(request.at.timestamp()))
    made = signature(appid, sendtime, credential.values["platform_secret"])
    return with_fields(request, {"appid": appid, "sendtime": sendtime, "sign": made})


def canonical(appid: str, sendtime: str) -> str:
    """What is signed, without the secret that follows it."""
    return appid + sendtime


def signature(appid: str, sendtime: str, secret: str) -> str:
    """32 lower-case hex digits."""
    text = canonical(appid, sendtime) + secret
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _check_time(request: Request, sendtime: str) -> None:
    """Seconds or milliseconds since 1970, distinguished by size."""
    if not (sendtime.isascii() and sendtime.isdecimal()):
        raise ApiError(WRONG_TIME, f"sendtime {sendtime!r} is not a number")
    value = float(sendtime)
    seconds = value / 1000 if value >= MILLISECONDS else value
    detail = clock_error("sendtime", seconds, request.at.timestamp(), WINDOW)
    if detail:
        raise ApiError(WRONG_TIME, detail)
