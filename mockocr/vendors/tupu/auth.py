"""The hosted API's AccessKey, one secret in the query; signed calls of the original platform are
passed on to `platform_auth`.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote_plus

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.tupu import sample_key
from mockocr.vendors.tupu.errors import NOT_SUBSCRIBED
from mockocr.vendors.tupu.platform import secret_id
from mockocr.vendors.tupu.platform_auth import holder_of, sign_platform

_WELL_FORMED = re.compile(r"[!-~]{1,128}")  # guess: visible ASCII; the page shows no example key


def claim(request: Request) -> tuple[str, str] | None:
    named = secret_id(request)
    if named:
        return "secret_id", named
    key = request.query_value("key")
    return ("key", key) if key else None


async def verify(request: Request, context: Context) -> Account:
    """The account of the query's first `key`; a key in the body or in a header does not count.

    On the original platform, the account that signed.
    """
    if secret_id(request):
        return _admitted(await holder_of(request, context), request)
    key = request.query_value("key")
    if not key:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the query holds no key; it is missing or blank")
    if _WELL_FORMED.fullmatch(key) is None:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, _malformed(key))
    principal = await context.accounts.find("tupu", "key", key)
    if principal is None or not hmac.compare_digest(principal.credential.values["key"], key):
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"no account has the key {_masked(key)}")
    return _admitted(principal, request)


def _admitted(principal: Principal, request: Request) -> Account:
    if (
        principal.credential.state == "unsubscribed"
        and principal.credential.refusal(request.at) is ErrorKind.FORBIDDEN
    ):
        name = principal.account.name
        raise ApiError(NOT_SUBSCRIBED, f"account {name} is not subscribed to this API")
    return principal.admit(request.at)


def sign(request: Request, key: Credential) -> Request:
    """The call with `key` first in its query, in place of any other; signed on the platform."""
    if secret_id(request):
        return sign_platform(request, key)
    kept = [
        pair
        for pair in request.query.split("&")
        if pair and unquote_plus(pair.partition("=")[0]) != "key"
    ]
    query = "&".join([f"key={quote(key.values['key'], safe='')}", *kept])
    path = request.target.partition("?")[0] or quote(request.path)
    return request.replaced(query=query, target=f"{path}?{query}")


def mint(text: str) -> Mapping[str, str]:
    return {
        "key": text,
        "secret_id": text[:24],
        "public_key": sample_key.PUBLIC,
        "private_key": sample_key.PRIVATE,
    }


def _malformed(key: str) -> str:
    if len(key) > 128:
        return f"the key has {len(key)} characters, more than 128"
    return "the key holds blanks or characters that are not ASCII; copied with a line end, perhaps"


def _masked(key: str) -> str:
    """Enough to recognize a key by: the journal is no place for a stranger's whole secret."""
    return f"{key[:4]}… of {len(key)} characters"
