"""The platform's credentials: a secretId in the path, and an RSA signature over three fields.

No source says how old a timestamp may be, or that a nonce counts once: neither is checked.
"""

from __future__ import annotations

import re
from datetime import datetime

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from mockocr.signing import rsa
from mockocr.vendors.tupu.credentials import require_active
from mockocr.vendors.tupu.error_list import NO_CERTIFICATE, SECRET_ID, TIME
from mockocr.vendors.tupu.platform.errors import NOT_SUBSCRIBED
from mockocr.vendors.tupu.platform.fields import text_fields
from mockocr.vendors.tupu.platform.signing_mistakes import SignedFields, find_mistake

_EPOCH_TIME = re.compile(r"\d{10}(\.\d+)?|\d{13}")
"""sdk: seconds, with a fraction in Python; doc: seconds or milliseconds."""
_SECRET_ID = re.compile(r"(/v3/recognition/)[^/?]+")


def claimed(request: Request) -> tuple[str, str] | None:
    secret_id = request.params.get("secret_id", "")
    return ("secret_id", secret_id) if secret_id else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the secretId, if its public key fits the signature."""
    if not rsa.is_available():
        raise ApiError(ErrorKind.UNAVAILABLE, rsa.MISSING)
    signature, signed = _signed_fields(request)
    principal = await context.find_credential("secret_id", signed.secret_id)
    if principal is None:
        raise ApiError(SECRET_ID, f"unknown secretId {signed.secret_id[:40]!r}")
    public_key = principal.values.get("public_key", "")
    if not public_key.strip():
        name = principal.account.name
        raise ApiError(NO_CERTIFICATE, f"account {name} has no public_key to check signatures with")
    try:
        valid = rsa.verify(public_key, signed.text, signature)
    except rsa.InvalidKeyError as error:
        raise ApiError(NO_CERTIFICATE, str(error)) from None
    if not valid:
        raise _bad_signature(public_key, signed, signature)
    return require_active(principal, request.at, NOT_SUBSCRIBED)


def sign(request: Request, credential: Credential) -> Request:
    """The request for the credential's secretId, with timestamp, nonce and signature as fields.

    The signature is left out if the private key is invalid or the extra `tls` is missing.
    """
    secret_id = credential.values["secret_id"]
    timestamp = str(int(request.at.timestamp()))
    nonce = repr(request.random().random())
    fields = {"timestamp": timestamp, "nonce": nonce}
    if rsa.is_available():
        try:
            text = SignedFields(secret_id, timestamp, nonce).text
            fields["signature"] = rsa.sign(credential.values["private_key"], text)
        except rsa.InvalidKeyError:
            pass
    request = request.replaced(
        path=_SECRET_ID.sub(rf"\g<1>{secret_id}", request.path, count=1),
        target=_SECRET_ID.sub(rf"\g<1>{secret_id}", request.target, count=1),
    )
    return with_fields(request, fields)


def _signed_fields(request: Request) -> tuple[str, SignedFields]:
    """The signature and what it should sign; `ApiError` if a field is missing or malformed."""
    fields = {name: values[0] for name, values in text_fields(request).items()}
    signature, timestamp, nonce = (fields.get(n, "") for n in ("signature", "timestamp", "nonce"))
    if not signature:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the body has no field signature, or an empty one")
    if not nonce:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, "the body has no field nonce, or an empty one")
    if not _is_time(timestamp):
        raise ApiError(
            TIME,
            f"the timestamp is {timestamp[:40]!r} and not seconds or milliseconds since 1970",
        )
    return signature, SignedFields(request.params.get("secret_id", ""), timestamp, nonce)


def _bad_signature(public_key: str, signed: SignedFields, signature: str) -> ApiError:
    mistake = find_mistake(public_key, signed, signature)
    cause = mistake.cause if mistake else "it is by another private key, or over other text"
    return ApiError(
        ErrorKind.BAD_SIGNATURE,
        f"the signature does not match: {cause}; checked over {signed.text[:200]!r}",
        Evidence(signed.text, mistake.text if mistake else "", signature),
    )


def _is_time(text: str) -> bool:
    """sdk: an older Python SDK sends the date as text."""
    if _EPOCH_TIME.fullmatch(text):
        return True
    try:
        return bool(datetime.fromisoformat(text)) and not text.isdigit()
    except ValueError:
        return False
