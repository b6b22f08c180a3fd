"""The vendor's own platform, without a gateway: appid, sendtime and sign among the parameters.

The failure table of the product page names the checks and their order. How `sign` is made is
nowhere public, so it is ours: the MD5, in hex, of appid, sendtime and the secret in a row.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from mockocr.core.account import Account, Credential
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, Evidence
from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from mockocr.signing.diagnosis import zone_hint
from mockocr.vendors.aliyun_market import slips
from mockocr.vendors.aliyun_market.errors import (
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
from mockocr.vendors.aliyun_market.parse import fields

PATH = "/thumb/platform/ocr"
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


def on_platform(request: Request) -> bool:
    return request.path == PATH


def claimed_appid(request: Request) -> str:
    """The appid as sent; empty when there is none or the body cannot be read."""
    try:
        return fields(request).get("appid", "")
    except ApiError:
        return ""


def canonical(appid: str, sendtime: str) -> str:
    """What is signed, without the secret that follows it."""
    return appid + sendtime


def signature(appid: str, sendtime: str, secret: str) -> str:
    """32 lower-case hex digits."""
    text = canonical(appid, sendtime) + secret
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


async def verify(request: Request, context: Context) -> Account:
    """The checks of the failure table, top to bottom; every refusal is an HTTP 666."""
    given = fields(request)
    appid, sendtime, sign = (given.get(name, "") for name in ("appid", "sendtime", "sign"))
    if not appid:
        raise ApiError(NO_APPID, "no appid among the parameters")
    if len(appid) > MAX_APPID:
        raise ApiError(LONG_APPID, f"appid has {len(appid)} characters, {MAX_APPID} are allowed")
    if not sendtime:
        raise ApiError(NO_TIME, "no sendtime among the parameters")
    if len(sendtime) > MAX_SENDTIME:
        raise ApiError(
            LONG_TIME, f"sendtime has {len(sendtime)} characters, at most {MAX_SENDTIME}"
        )
    _check_time(request, sendtime)
    if not sign:
        raise ApiError(NO_SIGN, "no sign among the parameters")
    if len(sign) > MAX_SIGN:
        raise ApiError(LONG_SIGN, f"sign has {len(sign)} characters, {MAX_SIGN} are allowed")
    principal = await context.accounts.find("aliyun_market", "platform_appid", appid)
    if principal is None:
        raise ApiError(WRONG_SIGN, f"no account has the appid {appid!r}")
    expected = signature(appid, sendtime, principal.credential.values.get("platform_secret", ""))
    if not hmac.compare_digest(expected.encode(), sign.lower().encode("utf-8", "replace")):
        text = canonical(appid, sendtime)
        secret = principal.credential.values.get("platform_secret", "")
        cause = slips.of_platform(sign, appid, sendtime, secret) or "wrong secret or another order"
        raise ApiError(
            WRONG_SIGN,
            f"the sign does not match: {cause}; it is the MD5 of {text!r} and the secret",
            Evidence(expected=text, signature=sign, expected_signature=expected),
        )
    starred = next((name for name, value in given.items() if "*" in value), None)
    if starred is not None:
        raise ApiError(DEBUG_DATA, f"the value of {starred[:40]!r} holds a *")
    if principal.credential.state == "disabled":
        raise ApiError(
            STOPPED, f"the key of account {principal.account.name} is disabled", appid=appid
        )
    return principal.admit(request.at)


def _check_time(request: Request, sendtime: str) -> None:
    """Seconds or milliseconds since 1970, told apart by size."""
    if not (sendtime.isascii() and sendtime.isdecimal()):
        raise ApiError(WRONG_TIME, f"sendtime {sendtime!r} is not a number")
    value = float(sendtime)
    seconds = value / 1000 if value >= MILLISECONDS else value
    off = seconds - request.at.timestamp()
    if abs(off) > WINDOW.total_seconds():
        detail = f"sendtime is {off:.0f} s off, 300 s are allowed{zone_hint(off)}"
        raise ApiError(WRONG_TIME, detail)


def sign(request: Request, key: Credential) -> Request:
    """The call with the three parameters added to its body, in the form that the body has."""
    appid = key.values["platform_appid"]
    sendtime = str(int(request.at.timestamp()))
    added = {
        "appid": appid,
        "sendtime": sendtime,
        "sign": signature(appid, sendtime, key.values["platform_secret"]),
    }
    return with_fields(request, added)
