"""Who calls API 3.0: TC3 in the Authorization header, or a v1 signature among the parameters."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.tencent.cloud import signing_mistakes, tc3, v1
from mockocr.vendors.tencent.cloud.errors import (
    BAD_TOKEN,
    BAD_VALUE,
    MISSING,
    NOT_TC3,
    TOO_LONG_FOR_V1,
    WRONG_TYPE,
)
from mockocr.vendors.tencent.cloud.parameters import (
    FORM,
    common_parameter,
    has_common_headers,
    url_parameters,
)

LIFETIME = timedelta(seconds=300)
"""How far the timestamp may be from the server's clock, either way. doc: 公共参数."""

V1_POST_LIMIT = 1024 * 1024
"""Bytes. doc: 请求结构 (1130/46710)."""

_TIMESTAMP = re.compile(r"\d{1,11}", re.ASCII)


def claimed(request: Request) -> tuple[str, str] | None:
    """The SecretId that the request names, unverified."""
    authorization = request.cached(tc3.parse_authorization)
    secret_id = authorization.secret_id if authorization else common_parameter(request, "SecretId")
    return ("secret_id", secret_id) if secret_id else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal that signed.

    The order of the checks (guess): form, token, time, SecretId, signature, credential state.
    """
    if has_common_headers(request):
        return await _verify_tc3(request, context)
    return await _verify_v1(request, context)


def sign(request: Request, credential: Credential) -> Request:
    """The request as the official SDKs sign it: with v1 if the parameters name the action and no
    header does, else with TC3.
    """
    if not request.has_header("x-tc-action") and common_parameter(request, "Action"):
        return _sign_v1(request, credential)
    return _sign_tc3(request, credential)


async def _verify_tc3(request: Request, context: Context) -> Principal:
    authorization = _tc3_authorization(request)
    _check_token(common_parameter(request, "Token"))
    timestamp = common_parameter(request, "Timestamp")
    _check_timestamp(request, "X-TC-Timestamp", timestamp)
    date = tc3.utc_date(int(timestamp))
    if authorization.date != date:
        detail = f"the scope has the date {authorization.date}, X-TC-Timestamp is {date} in UTC"
        raise ApiError(ErrorKind.BAD_SIGNATURE, detail)
    principal = await _find_principal(authorization.secret_id, context)
    secret = principal.values["secret_key"]

    def candidate(canonical: str) -> Candidate:
        text = tc3.string_to_sign(timestamp, authorization.scope, canonical)
        made = tc3.signature(secret, authorization.date, authorization.service, text)
        return Candidate(signing_mistakes.shown_text(canonical, text), made)

    require_signature(
        authorization.signature,
        map(candidate, tc3.canonical_candidates(request, authorization)),
        lambda text: signing_mistakes.find_tc3_mistake(
            request, authorization, timestamp, principal, text
        ),
        "wrong SecretKey, or body, host, content type or query changed after signing",
    )
    return principal.require_active(request.at)


def _tc3_authorization(request: Request) -> tc3.Authorization:
    value = request.header("authorization").strip()
    if not value:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the Authorization header is missing or empty")
    if not value.startswith(tc3.ALGORITHM):
        detail = f"Authorization begins with {value[:20]!r} and not with {tc3.ALGORITHM}"
        raise ApiError(NOT_TC3, detail)
    authorization = request.cached(tc3.parse_authorization)
    if authorization is None:
        form = "Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=…, Signature=<64 hex>"
        raise ApiError(ErrorKind.BAD_CREDENTIALS, f"Authorization is not of the form {form}")
    absent = [name for name in tc3.REQUIRED_HEADERS if name not in authorization.headers]
    if absent:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, f"SignedHeaders lacks {', '.join(absent)}")
    return authorization


async def _verify_v1(request: Request, context: Context) -> Principal:
    if request.method == "POST" and len(request.body) > V1_POST_LIMIT:
        detail = f"the form has {len(request.body)} bytes, v1 allows {V1_POST_LIMIT}"
        raise ApiError(TOO_LONG_FOR_V1, detail)
    fields = request.cached(url_parameters)
    for name in v1.REQUIRED:
        if not fields.get(name):
            raise ApiError(MISSING, f"the parameters have no {name}", name=name)
    if not re.fullmatch(r"\d{1,20}", fields["Nonce"], re.ASCII):
        raise ApiError(WRONG_TYPE, f"Nonce is {fields['Nonce'][:40]!r}", name="Nonce")
    method = fields.get("SignatureMethod", v1.DEFAULT_METHOD)
    if method not in v1.METHODS:
        known = " or ".join(v1.METHODS)
        raise ApiError(BAD_VALUE, f"SignatureMethod is {method[:40]!r}, not {known}")
    _check_token(fields.get("Token", ""))
    _check_timestamp(request, "Timestamp", fields["Timestamp"])
    principal = await _find_principal(fields["SecretId"], context)
    secret = principal.values["secret_key"]
    require_signature(
        fields["Signature"],
        (Candidate(t, v1.signature(secret, t, method)) for t in v1.candidates(request, fields)),
        lambda text: signing_mistakes.find_v1_mistake(request, fields, method, principal, text),
        f"wrong SecretKey, or host or a parameter ({method}) changed after signing",
    )
    return principal.require_active(request.at)


def _check_token(token: str) -> None:
    if token:
        detail = "the request has a token of temporary credentials, but no account has any"
        raise ApiError(BAD_TOKEN, detail)


def _check_timestamp(request: Request, name: str, timestamp: str) -> None:
    if not timestamp:
        raise ApiError(MISSING, "the request has no timestamp", name="Timestamp")
    if not _TIMESTAMP.fullmatch(timestamp):
        detail = f"the timestamp {timestamp[:40]!r} is not a time in seconds"
        raise ApiError(WRONG_TYPE, detail, name="Timestamp")
    detail = clock_error(name, int(timestamp), request.at.timestamp(), LIFETIME)
    if detail:
        raise ApiError(ErrorKind.EXPIRED, detail)


async def _find_principal(secret_id: str, context: Context) -> Principal:
    principal = await context.find_credential("secret_id", secret_id)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown SecretId {secret_id[:80]!r}")
    return principal


def _sign_tc3(request: Request, credential: Credential) -> Request:
    timestamp = str(int(request.at.timestamp()))
    date = tc3.utc_date(int(timestamp))
    request = request.without_headers("authorization", "x-tc-timestamp")
    if not request.header("content-type"):
        kind = FORM if request.method == "GET" else "application/json"
        request = request.without_headers("content-type").with_headers(("Content-Type", kind))
    canonical = tc3.canonical_request(
        request.method,
        "/",
        request.query if request.method == "GET" else "",
        [(name, request.header(name)) for name in tc3.REQUIRED_HEADERS],
        tc3.hash_payload(request.body, tc3.is_unsigned(request)),
    )
    scope = f"{date}/ocr/tc3_request"
    text = tc3.string_to_sign(timestamp, scope, canonical)
    signature = tc3.signature(credential.values["secret_key"], date, "ocr", text)
    value = (
        f"{tc3.ALGORITHM} Credential={credential.values['secret_id']}/{scope}, "
        f"SignedHeaders={';'.join(tc3.REQUIRED_HEADERS)}, Signature={signature}"
    )
    return request.with_headers(("X-TC-Timestamp", timestamp), ("Authorization", value))


def _sign_v1(request: Request, credential: Credential) -> Request:
    fields = dict(request.cached(url_parameters))
    fields.pop("Signature", None)
    fields |= {
        "SecretId": credential.values["secret_id"],
        "Timestamp": str(int(request.at.timestamp())),
        "Nonce": str(request.random().randrange(1, 10**9)),
    }
    text = v1.text_to_sign(request.method, request.host, "/", fields)
    method = fields.get("SignatureMethod", v1.DEFAULT_METHOD)
    signature = v1.signature(credential.values["secret_key"], text, method)
    encoded = urlencode(fields | {"Signature": signature})
    if request.method == "GET":
        target = f"{request.target.partition('?')[0]}?{encoded}"
        return request.replaced(target=target, query=encoded)
    return request.with_body(encoded.encode())
