"""How the gateway authenticates: by an AppCode, or by an AppKey with its signature."""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.aliyun_market.gateway.errors import (
    BAD_DIGEST,
    BAD_TIMESTAMP,
    EMPTY_SIGNATURE,
    UNKNOWN_APPKEY,
    UNKNOWN_STAGE,
)
from mockocr.vendors.aliyun_market.gateway.signature import (
    ALGORITHMS,
    candidate_strings,
    echo,
    has_wrong_digest,
    readable,
    signature,
    string_to_sign,
)
from mockocr.vendors.aliyun_market.gateway.signing_mistakes import find_mistake

WINDOW = timedelta(minutes=15)
"""doc: X-Ca-Timestamp is valid, and X-Ca-Nonce unique, for 15 minutes."""
STAGES = frozenset({"RELEASE", "PRE", "TEST"})
SPELLINGS = ("AppCode", "appcode", "appCode", "APPCODE", "APPCode")
"""The names that the query form of an AppCode may have. doc: AppCode page (115437)."""


def claimed(request: Request) -> tuple[str, str] | None:
    """The credential that the caller names; a signature goes before an AppCode (guess)."""
    appkey = request.header("x-ca-key")
    if appkey:
        return "appkey", appkey
    code = _appcode(request)
    return ("appcode", code) if code else None


async def verify(request: Request, context: Context) -> Principal:
    """Checks the stage, then the signature if an AppKey came, else the AppCode."""
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
    principal = await context.find_credential("appcode", code)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown AppCode {code[:4]}…")
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request with a signature if it has an X-Ca-Key header, whatever the header's value; else
    with an AppCode.
    """
    if request.has_header("x-ca-key"):
        return sign_with_appkey(request, credential)
    return request.with_headers(("Authorization", f"APPCODE {credential.values['appcode']}"))


def sign_with_appkey(request: Request, credential: Credential) -> Request:
    """The request signed as the official Python SDK does: X-Ca-Key, X-Ca-Nonce, X-Ca-Timestamp.

    Timestamp, nonce and list of names stay as they are if the request has them.
    """
    added = [("X-Ca-Key", credential.values["appkey"])]
    for name, value in (
        ("X-Ca-Timestamp", str(int(request.at.timestamp() * 1000))),
        ("X-Ca-Nonce", request.id),
        ("X-Ca-Signature-Headers", "X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp"),
    ):
        if not request.has_header(name):
            added.append((name, value))
    signed = request.without_headers("x-ca-key").with_headers(*added)
    made = signature(string_to_sign(signed), credential.values["appsecret"], _method(signed))
    return signed.with_headers(("X-Ca-Signature", made))


def _appcode(request: Request) -> str | None:
    """The code as sent; empty if it is malformed, None if there is none."""
    code = request.cached(_header_appcode)
    if code is None and request.options["appcode_in_query"] == "yes":
        return next(filter(None, (request.query_value(name) for name in SPELLINGS)), None)
    return code


def _header_appcode(request: Request) -> str | None:
    value = request.header("authorization")
    scheme, _, code = value.partition(" ")
    if scheme.lower() == "appcode":
        return code.strip()
    return "" if value.lower().startswith("appcode") else None


def _missing(request: Request) -> str:
    if request.header("x-ca-signature"):
        return "X-Ca-Signature came without X-Ca-Key"
    if request.header("authorization"):
        return "the Authorization header does not start with the word APPCODE"
    if any(request.query_value(name) for name in SPELLINGS):
        return "an AppCode came in the query, but this API takes it in the header only"
    return "neither Authorization: APPCODE nor X-Ca-Key came"


def _method(request: Request) -> str:
    return request.header("x-ca-signature-method") or "HmacSHA256"


async def _verify_signature(request: Request, context: Context) -> Principal:
    appkey = request.header("x-ca-key")
    principal = await context.find_credential("appkey", appkey)
    if principal is None:
        raise ApiError(UNKNOWN_APPKEY, f"unknown AppKey {appkey[:40]!r}")
    if not request.header("x-ca-signature"):
        raise ApiError(EMPTY_SIGNATURE, "X-Ca-Key came without X-Ca-Signature")
    _check_timestamp(request)
    _check_signature(request, principal)
    if has_wrong_digest(request):
        detail = "Content-MD5 does not match the body: the body was changed"
        raise ApiError(BAD_DIGEST, detail)
    nonce = request.header("x-ca-nonce")
    if nonce:
        fresh = await context.claim_nonce(f"aliyun_market/{appkey}/{nonce}", request.at + WINDOW)
        if not fresh:
            raise ApiError(ErrorKind.REPLAYED, f"the nonce {nonce[:60]!r} was used before")
    return principal.require_active(request.at)


def _check_timestamp(request: Request) -> None:
    sent = request.header("x-ca-timestamp")
    if not sent:
        return
    if not (sent.isascii() and sent.isdecimal() and len(sent) <= 16):
        raise ApiError(BAD_TIMESTAMP, f"X-Ca-Timestamp is {sent[:40]!r} and not milliseconds")
    hint = "; it looks like seconds" if len(sent) == 10 else ""
    now = request.at.timestamp()
    detail = clock_error("X-Ca-Timestamp", int(sent) / 1000, now, WINDOW, hint)
    if detail:
        raise ApiError(ErrorKind.EXPIRED, detail)


def _check_signature(request: Request, principal: Principal) -> None:
    sent, method = request.header("x-ca-signature"), _method(request)
    text = string_to_sign(request)
    if method not in ALGORITHMS:
        raise ApiError(
            ErrorKind.BAD_SIGNATURE,
            f"X-Ca-Signature-Method {method[:40]!r} is unknown",
            Evidence(expected=readable(text), signature=sent),
            string=echo(text),
        )
    secret = principal.values.get("appsecret", "")
    require_signature(
        sent,
        (
            Candidate(parts.text, signature(parts.text, secret, method), readable(parts.text))
            for parts in candidate_strings(request)
        ),
        lambda text: find_mistake(request, principal, method),
        "wrong AppSecret, or another text was signed",
        string=echo(text),
    )
