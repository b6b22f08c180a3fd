"""Who calls the original platform: a secretId in the path, and a signature by its owner's key.

No source tells how old a timestamp may be, or that a nonce counts once: neither is checked.
"""

from __future__ import annotations

import re
from datetime import datetime

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from mockocr.vendors.tupu import rsa, slips
from mockocr.vendors.tupu.errors import NO_CERTIFICATE, SECRET_ID, TIME
from mockocr.vendors.tupu.platform import given, secret_id

_SECONDS = re.compile(r"\d{10}(\.\d+)?|\d{13}")
"""sdk: seconds, with a fraction in Python; doc: seconds or milliseconds."""
_LAST = re.compile(r"(/v3/recognition/)[^/?]+")


def canonical(secret_id: str, timestamp: str, nonce: str) -> str:
    """What is signed. doc: image page of Tupu's platform; sdk: all six."""
    return f"{secret_id},{timestamp},{nonce}"


async def holder_of(request: Request, context: Context) -> Principal:
    """The account whose public key fits the signature."""
    if not rsa.possible():
        raise ApiError(ErrorKind.UNAVAILABLE, rsa.MISSING)
    fields = {name: values[0] for name, values in given(request).items()}
    signature, timestamp, nonce = (fields.get(n, "") for n in ("signature", "timestamp", "nonce"))
    if not signature:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "no signature among the fields")
    if not nonce:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, "no nonce among the fields")
    if not _is_time(timestamp):
        wanted = "seconds or milliseconds since 1970"
        raise ApiError(TIME, f"timestamp is {timestamp[:40]!r} and not {wanted}")
    named = secret_id(request)
    principal = await context.accounts.find("tupu", "secret_id", named)
    if principal is None:
        raise ApiError(SECRET_ID, f"no account has the secretId {named[:40]!r}")
    public = principal.credential.values.get("public_key", "")
    if not public.strip():
        name = principal.account.name
        raise ApiError(NO_CERTIFICATE, f"account {name} has no public_key to check signatures with")
    text = canonical(named, timestamp, nonce)
    try:
        right = rsa.verifies(public, text, signature)
    except rsa.InvalidKeyError as error:
        raise ApiError(NO_CERTIFICATE, str(error)) from None
    if not right:
        slip = slips.of(public, (named, timestamp, nonce), signature)
        cause = slip.cause if slip else "another private key, or other text was signed"
        raise ApiError(
            ErrorKind.BAD_SIGNATURE,
            f"the signature does not match: checked over {text[:200]!r}; {cause}",
            Evidence(expected=text, received=slip.text if slip else "", signature=signature),
        )
    return principal


def sign_platform(request: Request, key: Credential) -> Request:
    """The call for the key's secretId, with timestamp, nonce and signature among its fields.

    A private key that cannot be read signs nothing, and the call goes without a signature.
    """
    named = key.values["secret_id"]
    timestamp = str(int(request.at.timestamp()))
    nonce = repr(request.random().random())
    fields = {"timestamp": timestamp, "nonce": nonce}
    if rsa.possible():
        try:
            text = canonical(named, timestamp, nonce)
            fields["signature"] = rsa.signature(key.values["private_key"], text)
        except rsa.InvalidKeyError:
            pass
    request = request.replaced(
        path=_LAST.sub(rf"\g<1>{named}", request.path, count=1),
        target=_LAST.sub(rf"\g<1>{named}", request.target, count=1),
    )
    return with_fields(request, fields)


def _is_time(text: str) -> bool:
    """sdk: an older Python SDK sends the date as text."""
    if _SECONDS.fullmatch(text):
        return True
    try:
        return bool(datetime.fromisoformat(text)) and not text.isdigit()
    except ValueError:
        return False
