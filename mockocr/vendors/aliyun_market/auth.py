"""Who calls: an AppCode, an AppKey with its signature, or (on the platform) an appid."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import timedelta

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.core.service import ServiceOption
from mockocr.signing import diagnosis
from mockocr.vendors.aliyun_market import platform, slips
from mockocr.vendors.aliyun_market.gateway import (
    BAD_DIGEST,
    BAD_TIMESTAMP,
    EMPTY_SIGNATURE,
    UNKNOWN_APPKEY,
    UNKNOWN_STAGE,
)
from mockocr.vendors.aliyun_market.signature import (
    ALGORITHMS,
    echo,
    has_wrong_digest,
    readings,
    signature,
    string_to_sign,
)

VENDOR_NAME = "aliyun_market"
EXAMPLE: Mapping[str, str] = {
    "appcode": "c0ffee00c0ffee00c0ffee00c0ffee00",
    "appkey": "203753385",
    "appsecret": "mockocr-secret-1",
    "platform_appid": "mockocr-dev",
    "platform_secret": "mockocr-platform-secret",
}
"""The credentials of the account `dev`."""
WINDOW = timedelta(minutes=15)
"""doc: X-Ca-Timestamp is valid, and X-Ca-Nonce unique, for 15 minutes."""
STAGES = frozenset({"RELEASE", "PRE", "TEST"})
SPELLINGS = ("AppCode", "appcode", "appCode", "APPCODE", "APPCode")
"""The names that the query form of an AppCode may have. doc: AppCode page (115437)."""
LONGEST_SHOWN = 600

IN_QUERY = ServiceOption(
    "appcode_in_query",
    "no",
    "whether ?AppCode= authenticates: no (header only, the market's default) or yes "
    "(the provider chose Header & Query)",
    ("no", "yes"),
)


def claim(request: Request) -> tuple[str, str] | None:
    """The credential that the caller shows; a signature goes before an AppCode (guess)."""
    if platform.on_platform(request):
        appid = platform.claimed_appid(request)
        return ("platform_appid", appid) if appid else None
    appkey = request.header("x-ca-key")
    if appkey:
        return "appkey", appkey
    code = _appcode(request)
    return ("appcode", code) if code else None


async def verify(request: Request, context: Context) -> Account:
    """The stage, then whichever credential came."""
    if platform.on_platform(request):
        return await platform.verify(request, context)
    stage = request.header("x-ca-stage")
    if stage and stage not in STAGES:
        raise ApiError(UNKNOWN_STAGE, f"X-Ca-Stage is {stage[:40]!r}, not RELEASE, PRE or TEST")
    if request.header("x-ca-key"):
        return await _verify_signature(request, context)
    code = _appcode(request)
    if code is None:
        raise ApiError(ErrorKind.NO_CREDENTIALS, _missing(request))
    if not code:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, "no code, or no blank, after the word APPCODE")
    principal = await context.accounts.find(VENDOR_NAME, "appcode", code)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"no account has the AppCode {code[:4]}…")
    return principal.admit(request.at)


def sign(request: Request, key: Credential) -> Request:
    """The call as the key's owner sends it.

    The platform's parameters on the platform; a signature where X-Ca-Key, whatever its value,
    stands among the headers; else an AppCode.
    """
    if platform.on_platform(request):
        return platform.sign(request, key)
    if request.has_header("x-ca-key"):
        return sign_with_appkey(request, key)
    authorization = ("Authorization", f"APPCODE {key.values['appcode']}")
    return request.replaced(headers=(*request.headers, authorization))


def sign_with_appkey(request: Request, key: Credential) -> Request:
    """The call signed as the official Python SDK does: X-Ca-Key, X-Ca-Nonce, X-Ca-Timestamp.

    What the caller set of timestamp, nonce and list of names stays.
    """
    had = tuple((k, v) for k, v in request.headers if k.lower() != "x-ca-key")
    added = [("X-Ca-Key", key.values["appkey"])]
    for name, value in (
        ("X-Ca-Timestamp", str(int(request.at.timestamp() * 1000))),
        ("X-Ca-Nonce", request.id),
        ("X-Ca-Signature-Headers", "X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp"),
    ):
        if not request.has_header(name):
            added.append((name, value))
    signed = request.replaced(headers=(*had, *added))
    method = signed.header("x-ca-signature-method") or "HmacSHA256"
    made = signature(string_to_sign(signed), key.values["appsecret"], method)
    return signed.replaced(headers=(*signed.headers, ("X-Ca-Signature", made)))


def _appcode(request: Request) -> str | None:
    """The code as sent; empty when it is malformed, None when there is none."""
    value = request.header("authorization")
    scheme, _, code = value.partition(" ")
    if scheme.lower() == "appcode":
        return code.strip()
    if value.lower().startswith("appcode"):
        return ""
    if request.choices.get(IN_QUERY.name, IN_QUERY.default) == "yes":
        found = [request.query_value(name) for name in SPELLINGS]
        return next(filter(None, found), None)
    return None


def _missing(request: Request) -> str:
    if request.header("x-ca-signature"):
        return "X-Ca-Signature came without X-Ca-Key"
    if request.header("authorization"):
        return "the Authorization header does not start with the word APPCODE"
    if any(request.query_value(name) for name in SPELLINGS):
        return "an AppCode came in the query, and this API takes it in the header only"
    return "neither Authorization: APPCODE nor X-Ca-Key came"


async def _verify_signature(request: Request, context: Context) -> Account:
    appkey = request.header("x-ca-key")
    principal = await context.accounts.find(VENDOR_NAME, "appkey", appkey)
    if principal is None:
        raise ApiError(UNKNOWN_APPKEY, f"no account has the AppKey {appkey[:40]!r}")
    if not request.header("x-ca-signature"):
        raise ApiError(EMPTY_SIGNATURE, "X-Ca-Key came without X-Ca-Signature")
    _check_timestamp(request)
    _check_signature(request, principal)
    if has_wrong_digest(request):
        raise ApiError(BAD_DIGEST, "Content-MD5 is not that of the body: the body was changed")
    nonce = request.header("x-ca-nonce")
    if nonce:
        token = f"{VENDOR_NAME}/{appkey}/{nonce}"
        if not await context.once(token, request.at + WINDOW):
            raise ApiError(ErrorKind.REPLAYED, f"the nonce {nonce[:60]!r} came before")
    return principal.admit(request.at)


def _check_timestamp(request: Request) -> None:
    sent = request.header("x-ca-timestamp")
    if not sent:
        return
    if not (sent.isascii() and sent.isdecimal() and len(sent) <= 16):
        raise ApiError(BAD_TIMESTAMP, f"X-Ca-Timestamp is {sent[:40]!r} and not milliseconds")
    off = int(sent) / 1000 - request.at.timestamp()
    if abs(off) > WINDOW.total_seconds():
        hint = "; it looks like seconds" if len(sent) == 10 else diagnosis.zone_hint(off)
        raise ApiError(ErrorKind.EXPIRED, f"the clock is {abs(off):.0f} s off, 900 s allowed{hint}")


def _check_signature(request: Request, principal: Principal) -> None:
    sent = request.header("x-ca-signature")
    method = request.header("x-ca-signature-method") or "HmacSHA256"
    secret = principal.credential.values.get("appsecret", "")
    texts = readings(request)

    def fits(text: str) -> bool:
        return hmac.compare_digest(signature(text, secret, method).encode(), sent.encode())

    found = None
    known = method in ALGORITHMS
    if known and any(fits(text) for text in texts):
        return
    if known:
        found = slips.of(request, principal, method, sent, texts[0], EXAMPLE["appsecret"])
        cause = found.cause if found else "wrong AppSecret, or another text was signed"
    else:
        cause = f"X-Ca-Signature-Method {method[:40]!r} is unknown"
    shown = echo(texts[0])
    raise ApiError(
        ErrorKind.BAD_SIGNATURE,
        f"the signature does not match: {cause}; computed over {shown[:LONGEST_SHOWN]!r}",
        Evidence(
            expected=_shown(texts[0]),
            received=_shown(found.text) if found else "",
            signature=sent,
            expected_signature=signature(texts[0], secret, method) if known else "",
        ),
        string=shown,
    )


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
