"""The three credentials of the OCR API: an access token, a bce-auth-v1 signature, or an API key as
a bearer token.
"""

from __future__ import annotations

import hmac
import re
from functools import partial

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.urlencoded import with_field
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_secrets
from mockocr.signing.hmac_chain import hmac_sha256
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.baidu.access_token import LIFETIME, AccessToken, make_token, read_token
from mockocr.vendors.baidu.credentials import EXAMPLE, masked
from mockocr.vendors.baidu.ocr import bce
from mockocr.vendors.baidu.ocr.errors import CERTIFICATION, EXPIRED_TOKEN, INVALID_TOKEN

_BEARER = re.compile(r"Bearer\s+bce-v3/ALTAK-([^/\s]+)/(\S+)", re.IGNORECASE)
_SLACK = 1800
"""guess: seconds by which a signature may be dated in the future."""


def claimed(request: Request) -> tuple[str, str] | None:
    """The application that the token, signature or key names, unverified."""
    token = request.cached(_token)
    if token is not None:
        return "app_id", token.app_id
    signed = request.cached(bce.parse_authorization)
    if signed is not None:
        return "api_key", signed.access_key
    bearer = _BEARER.fullmatch(request.header("authorization").strip())
    return ("api_key", bearer[1]) if bearer else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the token if there is one, else of the Authorization header."""
    text = request.cached(_token_text)
    if text:
        return await _verify_token(request, context, text)
    if bce.is_signed(request):
        return await _verify_signature(request, context)
    value = request.header("authorization").strip()
    if value:
        return await _verify_bearer(request, context, value)
    detail = "the request has neither access_token nor Authorization"
    raise ApiError(ErrorKind.NO_CREDENTIALS, detail)


def sign(request: Request, credential: Credential) -> Request:
    """The request with an access token in its query, as most clients send it."""
    values = credential.values
    token = make_token(values["app_id"], values["secret_key"], request.at, request.id[:8])
    return request.with_query(with_field(request.query, "access_token", token))


def _token_text(request: Request) -> str:
    """The token of the query, cut at a second `?`; else of the form.

    sdk: the client for Node writes `access_token=24.…?aipSdk=node`.
    """
    text = request.query_value("access_token").partition("?")[0]
    if text or ("access_token=" not in request.query and b"access_token=" not in request.body):
        return text
    try:
        return next((v for k, v in request.form_fields() if k == "access_token"), "")
    except ApiError:
        return ""


def _token(request: Request) -> AccessToken | None:
    return read_token(request.cached(_token_text))


async def _verify_token(request: Request, context: Context, text: str) -> Principal:
    token = request.cached(_token)
    if token is None:
        detail = f"the access token of {len(text)} characters does not have the form of a token"
        raise ApiError(INVALID_TOKEN, detail)
    principal = await context.find_credential("app_id", token.app_id)
    if principal is None:
        raise ApiError(INVALID_TOKEN, f"the access token names the unknown app {token.app_id}")
    if not token.is_made_with(principal.values["secret_key"]):
        detail = "the access token was altered, or the Secret Key has changed since"
        raise ApiError(INVALID_TOKEN, detail)
    late = request.at.timestamp() - token.expires
    if late > 0:
        entry = EXPIRED_TOKEN if request.options["expired_token"] == "111" else INVALID_TOKEN
        detail = f"the access token expired {late:.0f} s ago; tokens are valid for {LIFETIME} s"
        raise ApiError(entry, detail)
    return principal.require_active(request.at)


async def _verify_signature(request: Request, context: Context) -> Principal:
    signed = request.cached(bce.parse_authorization)
    if signed is None:
        detail = (
            "Authorization is not of the form"
            " bce-auth-v1/<AK>/<time>/<seconds>/<signed headers>/<64 hex>"
        )
        raise ApiError(CERTIFICATION, detail)
    principal = await context.find_credential("api_key", signed.access_key)
    if principal is None:
        raise ApiError(CERTIFICATION, f"unknown access key {masked(signed.access_key)}")
    _check_time(request, signed)
    secret = principal.values["secret_key"]
    require_signature(
        signed.signature,
        (
            Candidate(text, bce.signature(secret, signed.prefix, text))
            for text in bce.canonical_candidates(request, signed)
        ),
        partial(_find_mistake, request, signed, principal),
        "wrong Secret Key, or path, query or a signed header changed after signing",
        CERTIFICATION,
    )
    return principal.require_active(request.at)


def _check_time(request: Request, signed: bce.Authorization) -> None:
    try:
        made = signed.at.timestamp()
    except ValueError:
        raise ApiError(CERTIFICATION, f"there is no time {signed.time}") from None
    now = request.at.timestamp()
    late = now - made - signed.seconds
    if late > 0:
        detail = f"the signature expired {late:.0f} s ago; it was valid for {signed.seconds} s"
        raise ApiError(CERTIFICATION, detail)
    if made - now > _SLACK:
        raise ApiError(CERTIFICATION, f"the signature is dated {made - now:.0f} s in the future")


def _find_mistake(
    request: Request, signed: bce.Authorization, principal: Principal, text: str
) -> SigningMistake | None:
    def digest(secret: str, canonical: str) -> bytes:
        key = hmac_sha256(secret.encode("utf-8", "replace"), signed.prefix).hex()
        return hmac_sha256(key.encode(), canonical)

    def texts() -> list[SigningMistake]:
        bare = bce.canonical_request(
            request.method, request.target.partition("?")[0], _headers(request, signed)
        )
        return [
            SigningMistake(bare, "the query was left out of the signature"),
            SigningMistake(text + "\n", "the canonical request ends with a line feed"),
            SigningMistake(
                text.replace(request.method + "\n", request.method.lower() + "\n", 1),
                "the method was signed in lower case",
            ),
        ]

    secrets = similar_secrets(principal, "secret_key", "api_key", EXAMPLE["secret_key"])
    return diagnose(
        signed.signature, digest, text, principal.values["secret_key"], secrets, texts()
    )


def _headers(request: Request, signed: bce.Authorization) -> list[tuple[str, str]]:
    return [(name, request.header(name)) for name in signed.headers]


async def _verify_bearer(request: Request, context: Context, value: str) -> Principal:
    """guess: the key is `bce-v3/ALTAK-<API Key>/<Secret Key>`; a real one has other parts."""
    match = _BEARER.fullmatch(value)
    if match is None:
        raise ApiError(CERTIFICATION, f"Authorization begins with {value[:20]!r}")
    principal = await context.find_credential("api_key", match[1])
    if principal is None:
        raise ApiError(CERTIFICATION, f"unknown key ALTAK-{masked(match[1])}")
    own = principal.values["secret_key"].encode()
    if not hmac.compare_digest(own, match[2].encode("utf-8", "replace")):
        raise ApiError(CERTIFICATION, "the second part of the bearer key is wrong")
    return principal.require_active(request.at)
