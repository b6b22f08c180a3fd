"""Who calls the legacy API: checks the signature in the Authorization header, and makes it."""

from __future__ import annotations

import re
from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.tencent.credentials import EXAMPLE
from mockocr.vendors.tencent.legacy.errors import OTHER_APPID, UNKNOWN_APPID, UNKNOWN_SECRET_ID
from mockocr.vendors.tencent.legacy.signature import (
    Authorization,
    authorization_value,
    parse_authorization,
    signature,
    text_to_sign,
)
from mockocr.vendors.tencent.legacy.signing_mistakes import UNEXPLAINED, find_mistake

LIFETIME = timedelta(days=30)
"""The vendor's example lives 30 days; its SDKs choose between 30 s and 300 s."""

SINGLE_USE_MEMORY = timedelta(days=90)
"""How long a used single-use signature is remembered: the longest lifetime that the page allows."""

_EXAMPLE_APPID = re.compile(
    # As a JSON value, or as the whole of a multipart part with any further headers.
    rb'("appid"\s*:\s*"|name="appid"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)'
    + EXAMPLE["appid"].encode()
    + rb'(?="|\r\n)'
)


def claimed(request: Request) -> tuple[str, str] | None:
    """The SecretId that the signature names, unverified."""
    try:
        return "secret_id", request.cached(parse_authorization).fields["k"]
    except ApiError:
        return None


async def verify(request: Request, context: Context) -> Principal:
    """The principal that signed.

    The order of the checks: form, SecretId, appid, HMAC, expiry, single use, credential state.
    """
    authorization = request.cached(parse_authorization)
    principal = await _find_principal(authorization, context)
    secret = principal.values["secret_key"]
    expected = signature(secret, authorization.signed).hex()
    require_signature(
        authorization.mac.hex(),
        [Candidate(authorization.text, expected)],
        lambda text: find_mistake(authorization, principal),
        default_cause=UNEXPLAINED,
    )
    await _check_expiry(request, authorization, context)
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request as the Node SDK sends it, which signs no bucket. The appid of the account `dev`
    in the body is replaced by the credential's own.
    """
    now = int(request.at.timestamp())
    appid = credential.values["appid"]
    text = text_to_sign(
        {
            "a": appid,
            "k": credential.values["secret_id"],
            "e": str(now + int(LIFETIME.total_seconds())),
            "t": str(now),
            "r": str(request.random().randrange(10**9)),
            "u": "0",
            "f": "",
        }
    )
    value = authorization_value(credential.values["secret_key"], text)
    return (
        request.without_headers("authorization")
        .with_body(_EXAMPLE_APPID.sub(rb"\g<1>" + appid.encode(), request.body))
        .with_headers(("Authorization", value))
    )


async def _find_principal(authorization: Authorization, context: Context) -> Principal:
    appid, secret_id = authorization.fields["a"], authorization.fields["k"]
    evidence = Evidence(received=authorization.text)
    principal = await context.find_credential("secret_id", secret_id)
    if principal is None:
        raise ApiError(UNKNOWN_SECRET_ID, f"unknown SecretId k={secret_id!r}", evidence)
    own = principal.values["appid"]
    if appid != own:
        known = await context.find_credential("appid", appid)
        entry, what = (
            (OTHER_APPID, "belongs to another account") if known else (UNKNOWN_APPID, "is unknown")
        )
        detail = f"the signed appid a={appid!r} {what}; the SecretId belongs to appid {own}"
        raise ApiError(entry, detail, evidence)
    return principal


async def _check_expiry(request: Request, authorization: Authorization, context: Context) -> None:
    now = request.at.timestamp()
    evidence = Evidence(received=authorization.text)
    if authorization.expiry != 0:
        if authorization.expiry < now:
            late, expiry = now - authorization.expiry, authorization.fields["e"]
            detail = f"the signature expired {late:.0f} s ago (e={expiry}, now {now:.0f})"
            raise ApiError(ErrorKind.EXPIRED, detail, evidence)
        return
    if request.options["single_use"] == "expired":
        detail = "e=0 marks a single-use signature, which OCR does not accept"
        raise ApiError(ErrorKind.EXPIRED, detail, evidence)
    until = request.at + SINGLE_USE_MEMORY
    if not await context.claim_nonce(f"tencent:{authorization.mac.hex()}", until):
        detail = "this single-use signature (e=0) was already used"
        raise ApiError(ErrorKind.REPLAYED, detail, evidence)
