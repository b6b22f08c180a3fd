"""The hosted API's credential: one AccessKey in the query."""

from __future__ import annotations

import hmac
import re

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.urlencoded import with_field
from mockocr.vendors.tupu.credentials import require_active
from mockocr.vendors.tupu.hosted.errors import NOT_SUBSCRIBED

_LONGEST = 128
_WELL_FORMED = re.compile(rf"[!-~]{{1,{_LONGEST}}}")
"""guess: visible ASCII; the page shows no example of a key."""


def claimed(request: Request) -> tuple[str, str] | None:
    key = request.query_value("key")
    return ("key", key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the query's first `key`; a key in the body or in a header does not count."""
    key = request.query_value("key")
    if not key:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the query has no key, or an empty one")
    if _WELL_FORMED.fullmatch(key) is None:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, _malformed(key))
    principal = await context.find_credential("key", key)
    if principal is None or not hmac.compare_digest(principal.values["key"], key):
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown key {_masked(key)}")
    return require_active(principal, request.at, NOT_SUBSCRIBED)


def sign(request: Request, credential: Credential) -> Request:
    """The request with the credential's `key` first in its query, in place of any other key."""
    return request.with_query(with_field(request.query, "key", credential.values["key"]))


def _malformed(key: str) -> str:
    if len(key) > _LONGEST:
        return f"the key has {len(key)} characters; {_LONGEST} are allowed"
    return "the key holds a blank, a line end or a non-ASCII character"


def _masked(key: str) -> str:
    """Enough to recognise a key by: the journal must not hold a whole secret."""
    return f"{key[:4]}… of {len(key)} characters"
