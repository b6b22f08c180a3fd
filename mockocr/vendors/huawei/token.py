"""Tokens that need no store: each carries its user, project and expiry, signed with a key derived
from the user's password.

A token is base64 of a DER sequence header (so it begins with `MII`, as real tokens do), a checksum,
a signature, and JSON. The checksum tells a damaged token from one that was issued before a change
of password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import msgspec

from mockocr.core.http import Request

LIFETIME = timedelta(hours=24)
"""doc: IAM, a token is valid for 24 hours."""

_SEQUENCE = b"\x30\x82"
_CHECKSUM_BYTES, _SIGNATURE_BYTES = 8, 32
_MAX_BYTES = 0x3FFF
"""Length after the header up to which base64 still begins with `MII`."""
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Claims(msgspec.Struct, frozen=True):
    """What a token states. `project_id` is empty for a token of domain scope; `issued` and
    `expires` are written by `format_time`; `nonce` makes two tokens of one moment differ.
    """

    domain: str
    user: str
    project_id: str
    issued: str
    expires: str
    nonce: str


class Token(msgspec.Struct, frozen=True):
    """A well-formed token; its signature is not verified yet."""

    claims: Claims
    payload: bytes
    signature: bytes

    def is_signed_with(self, password: str) -> bool:
        return hmac.compare_digest(_sign(self.payload, password), self.signature)

    def seconds_expired(self, at: datetime) -> float | None:
        """How long ago the token expired, None if it is still valid at `at`."""
        over = (at - parse_time(self.claims.expires)).total_seconds()
        return over if over >= 0 else None


def format_time(at: datetime) -> str:
    """The time as IAM prints it: microseconds and `Z`."""
    return at.astimezone(UTC).strftime(_TIME_FORMAT)


def parse_time(text: str) -> datetime:
    """The time that `format_time` wrote; ValueError for anything else."""
    return datetime.strptime(text, _TIME_FORMAT).replace(tzinfo=UTC)


def encode(claims: Claims, password: str) -> str:
    """The token's text: ASCII, well below 2 KB."""
    payload = msgspec.json.encode(claims)
    signed = _sign(payload, password) + payload
    data = _checksum(signed) + signed
    return base64.b64encode(_header(data) + data, b"+-").decode("ascii")


def decode(text: str) -> Token | None:
    """The token, or None if it is cut off, altered or not one of ours."""
    try:
        raw = base64.b64decode(text, b"+-", validate=True)
        data = raw[len(_SEQUENCE) + 2 :]
        if base64.b64encode(raw, b"+-").decode("ascii") != text or len(data) > _MAX_BYTES:
            return None
        signed = data[_CHECKSUM_BYTES:]
        if raw != _header(data) + data or _checksum(signed) != data[:_CHECKSUM_BYTES]:
            return None
        payload = signed[_SIGNATURE_BYTES:]
        claims = msgspec.json.decode(payload, type=Claims)
        parse_time(claims.expires)
    except (ValueError, RecursionError):  # the errors of base64 and msgspec are ValueErrors
        return None
    return Token(claims, payload, signed[:_SIGNATURE_BYTES])


def token_text(request: Request) -> str:
    """The X-Auth-Token header, empty if there is none."""
    return request.header("x-auth-token").strip()


def sent_token(request: Request) -> Token | None:
    """The decoded X-Auth-Token; None if there is none, or none of ours. Use `request.cached`."""
    text = token_text(request)
    return decode(text) if text else None


def _header(data: bytes) -> bytes:
    return _SEQUENCE + len(data).to_bytes(2, "big")


def _sign(payload: bytes, password: str) -> bytes:
    key = hashlib.sha256(b"mockocr huawei token " + password.encode("utf-8", "replace")).digest()
    return hmac.digest(key, payload, "sha256")


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_CHECKSUM_BYTES]
