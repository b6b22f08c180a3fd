"""Who calls API 3.0: TC3 in the Authorization header, or a v1 signature among the parameters."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Headers, Request
from mockocr.signing import diagnosis
from mockocr.vendors.tencent_cloud import request, slips, tc3, v1
from mockocr.vendors.tencent_cloud.errors import (
    BAD_TOKEN,
    BAD_VALUE,
    LONG_FOR_V1,
    MISSING,
    OTHER_METHOD,
    WRONG_TYPE,
)

EXAMPLE: Mapping[str, str] = {
    "secret_id": "AKIDMOCKOCR0000000000000000000000000",
    "secret_key": "mockocrSecretKey0000000000000000",
}
"""The credentials of the account `dev`: one key pair serves both of Tencent's interfaces."""

LIFETIME = timedelta(seconds=300)
"""How far the timestamp may be from the server's clock, either way. doc: 公共参数."""

V1_POST_LIMIT = 1024 * 1024
"""doc: 请求结构 (1130/46710)."""

_TIMESTAMP = re.compile(r"\d{1,11}", re.ASCII)


def claim(call: Request) -> tuple[str, str] | None:
    """The SecretId that the call names, unchecked."""
    sign = tc3.taken_apart(call.header("authorization"))
    secret_id = sign.secret_id if sign else request.common(call, "SecretId")
    return ("secret_id", secret_id) if secret_id else None


async def verify(call: Request, context: Context) -> Account:
    """The account that signed: form, token, time, SecretId, signature, in that order (guess)."""
    if request.has_headers(call):
        return await _verify_tc3(call, context)
    return await _verify_v1(call, context)


def sign(call: Request, key: Credential) -> Request:
    """The call as the official SDKs sign it: v1 when it says so in `SignatureMethod`, else TC3."""
    if not call.has_header("x-tc-action") and request.common(call, "Action"):
        return _sign_v1(call, key)
    return _sign_tc3(call, key)


def mint(text: str) -> Mapping[str, str]:
    """Credentials in the vendor's form: `AKID` and 32 characters, 32 characters."""
    return {
        "secret_id": f"AKID{text[:32]}",
        "secret_key": hashlib.sha256(text.encode()).hexdigest()[:32],
    }


async def _verify_tc3(call: Request, context: Context) -> Account:
    value = call.header("authorization").strip()
    if not value:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the Authorization header is missing or empty")
    if not value.startswith(tc3.ALGORITHM):
        detail = f"Authorization begins {value[:20]!r} and not with {tc3.ALGORITHM}"
        raise ApiError(OTHER_METHOD, detail)
    sign = tc3.taken_apart(value)
    if sign is None:
        form = "Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=…, Signature=<64 hex>"
        raise ApiError(ErrorKind.BAD_CREDENTIALS, f"Authorization is not of the form {form}")
    absent = [name for name in tc3.REQUIRED if name not in sign.headers]
    if absent:
        detail = f"SignedHeaders lacks {', '.join(absent)}"
        raise ApiError(ErrorKind.BAD_CREDENTIALS, detail)
    _check_token(request.common(call, "Token"))
    timestamp = request.common(call, "Timestamp")
    _check_time(call, timestamp)
    date = tc3.date_of(int(timestamp))
    if sign.date != date:
        detail = f"the scope's date is {sign.date}, that of X-TC-Timestamp in UTC is {date}"
        raise ApiError(ErrorKind.BAD_SIGNATURE, detail)
    principal = await _holder(sign.secret_id, context)
    secret = principal.credential.values["secret_key"]

    def texts() -> Iterable[tuple[str, str]]:
        for canonical in tc3.readings(call, sign):
            text = tc3.string_to_sign(timestamp, sign.scope, canonical)
            yield f"{canonical}\n\n{text}", tc3.signature(secret, sign.date, sign.service, text)

    def likely(text: str) -> diagnosis.Slip | None:
        return slips.of_tc3(call, sign, timestamp, principal, text, EXAMPLE["secret_key"])

    _check(sign.signature, texts(), "body, host, content type or query", likely)
    return principal.admit(call.at)


async def _verify_v1(call: Request, context: Context) -> Account:
    if call.method == "POST" and len(call.body) > V1_POST_LIMIT:
        detail = f"the form has {len(call.body)} bytes, {V1_POST_LIMIT} are allowed with v1"
        raise ApiError(LONG_FOR_V1, detail)
    fields = request.pairs(call)
    for name in v1.REQUIRED:
        if not fields.get(name):
            raise ApiError(MISSING, f"the parameters have no {name}", name=name)
    if not re.fullmatch(r"\d{1,20}", fields["Nonce"], re.ASCII):
        raise ApiError(WRONG_TYPE, f"Nonce is {fields['Nonce'][:40]!r}", name="Nonce")
    method = fields.get("SignatureMethod", v1.DEFAULT)
    if method not in v1.METHODS:
        known = " or ".join(v1.METHODS)
        raise ApiError(BAD_VALUE, f"SignatureMethod is {method[:40]!r}, not {known}")
    _check_token(fields.get("Token", ""))
    _check_time(call, fields["Timestamp"])
    principal = await _holder(fields["SecretId"], context)
    secret = principal.credential.values["secret_key"]
    texts = ((text, v1.signature(secret, text, method)) for text in v1.readings(call, fields))

    def likely(text: str) -> diagnosis.Slip | None:
        return slips.of_v1(call, fields, method, principal, text, EXAMPLE["secret_key"])

    _check(fields["Signature"], texts, f"host or a parameter ({method})", likely)
    return principal.admit(call.at)


def _check_token(token: str) -> None:
    if token:
        raise ApiError(BAD_TOKEN, "a token of temporary credentials came, and no account has one")


def _check_time(call: Request, timestamp: str) -> None:
    if not timestamp:
        raise ApiError(MISSING, "the request has no timestamp", name="Timestamp")
    if not _TIMESTAMP.fullmatch(timestamp):
        detail = f"the timestamp {timestamp[:40]!r} is no time in seconds"
        raise ApiError(WRONG_TYPE, detail, name="Timestamp")
    off = call.at.timestamp() - int(timestamp)
    if abs(off) > LIFETIME.total_seconds():
        side = "behind" if off > 0 else "ahead of"
        detail = f"the timestamp is {abs(off):.0f} s {side} the clock{diagnosis.zone_hint(off)}"
        raise ApiError(ErrorKind.EXPIRED, detail)


async def _holder(secret_id: str, context: Context) -> Principal:
    principal = await context.accounts.find("tencent_cloud", "secret_id", secret_id)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"no account has the SecretId {secret_id[:80]!r}")
    return principal


def _check(
    got: str,
    wanted: Iterable[tuple[str, str]],
    changed: str,
    likely: Callable[[str], diagnosis.Slip | None],
) -> None:
    """Any of the wanted signatures will do; the journal shows the first of them, beside what the
    client seems to have signed.
    """
    shown: tuple[str, str] | None = None
    for text, made in wanted:
        shown = shown or (text, made)
        if hmac.compare_digest(got.encode(), made.encode()):
            return
    assert shown is not None
    found = likely(shown[0])
    cause = found.cause if found else f"wrong SecretKey, or {changed} changed after signing"
    detail = f"the signature does not match: {cause}; computed over {shown[0]!r}"
    evidence = Evidence(shown[0], found.text if found else "", got, shown[1])
    raise ApiError(ErrorKind.BAD_SIGNATURE, detail, evidence)


def _sign_tc3(call: Request, key: Credential) -> Request:
    timestamp = str(int(call.at.timestamp()))
    date = tc3.date_of(int(timestamp))
    headers = _without(call.headers, "authorization", "x-tc-timestamp")
    call = call.replaced(headers=headers)
    if not call.header("content-type"):
        json_or_form = request.FORM if call.method == "GET" else "application/json"
        bare = _without(headers, "content-type")
        call = call.replaced(headers=(*bare, ("Content-Type", json_or_form)))
    unsigned = call.header("x-tc-content-sha256") == tc3.UNSIGNED
    canonical = tc3.canonical_request(
        call.method,
        "/",
        call.query if call.method == "GET" else "",
        [(name, call.header(name)) for name in tc3.REQUIRED],
        tc3.payload_hash(call.body, unsigned),
    )
    text = tc3.string_to_sign(timestamp, f"{date}/ocr/tc3_request", canonical)
    signature = tc3.signature(key.values["secret_key"], date, "ocr", text)
    value = (
        f"{tc3.ALGORITHM} Credential={key.values['secret_id']}/{date}/ocr/tc3_request, "
        f"SignedHeaders={';'.join(tc3.REQUIRED)}, Signature={signature}"
    )
    added = (("X-TC-Timestamp", timestamp), ("Authorization", value))
    return call.replaced(headers=(*call.headers, *added))


def _sign_v1(call: Request, key: Credential) -> Request:
    fields = dict(request.pairs(call))
    fields.pop("Signature", None)
    fields |= {
        "SecretId": key.values["secret_id"],
        "Timestamp": str(int(call.at.timestamp())),
        "Nonce": str(call.random().randrange(1, 10**9)),
    }
    text = v1.source_text(call.method, call.host, "/", fields)
    method = fields.get("SignatureMethod", v1.DEFAULT)
    encoded = urlencode(
        fields | {"Signature": v1.signature(key.values["secret_key"], text, method)}
    )
    if call.method == "GET":
        target = f"{call.target.partition('?')[0]}?{encoded}"
        return call.replaced(target=target, query=encoded)
    body = encoded.encode()
    headers = call.headers
    if call.has_header("content-length"):
        headers = (*_without(headers, "content-length"), ("Content-Length", str(len(body))))
    return call.replaced(headers=headers, body=body, size=len(body))


def _without(headers: Headers, *names: str) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() not in names)
