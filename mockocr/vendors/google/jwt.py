"""JSON Web Tokens of service accounts: signed with RS256, and why one is refused.

A library for them (PyJWT, google-auth) checks against the system's clock and words its own errors;
here the test clock decides, and the journal says which part of the token is wrong. RFC 7519.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from mockocr.signing import rsa
from mockocr.signing.clock_window import zone_hint

LIFETIME = 3600
"""Seconds. doc: OAuth 2.0 for server to server applications: at most one hour after iat."""
SKEW = 300
"""Seconds that a clock may be wrong (guess)."""


class Jwt(msgspec.Struct, frozen=True):
    """A well-formed token; its signature is not verified yet. `signed` is the signed text."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: str
    signature: str

    def claim(self, name: str) -> str:
        """A claim that must be text; empty if it is missing or of another type."""
        value = self.claims.get(name)
        return value if isinstance(value, str) else ""


def parse(text: str) -> Jwt | None:
    """The token in its compact form; None if it is not one."""
    parts = text.split(".")
    if len(parts) != 3:
        return None
    try:
        header, claims = (json.loads(_decode(part)) for part in parts[:2])
        signature = base64.b64encode(_decode(parts[2])).decode()
    except (ValueError, RecursionError):  # base64's and UTF-8's errors are ValueErrors
        return None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return None
    return Jwt(header, claims, f"{parts[0]}.{parts[1]}", signature)


def sign(claims: Mapping[str, Any], private_key: str, key_id: str) -> str:
    """The token in its compact form; `rsa.InvalidKeyError` for an unreadable key."""
    header = {"alg": "RS256", "kid": key_id, "typ": "JWT"}
    signed = ".".join(_encode(json.dumps(part).encode()) for part in (header, claims))
    raw = base64.b64decode(rsa.sign(private_key, signed))
    return f"{signed}.{_encode(raw)}"


def signature_mistake(token: Jwt, account: Mapping[str, str]) -> str:
    """Empty if the token is signed by the service account with these fields, else one sentence."""
    algorithm = token.header.get("alg")
    if algorithm != "RS256":
        return f"the algorithm of the JWT is {algorithm!r} and not RS256"
    key_id = token.header.get("kid", "")
    if key_id not in ("", account.get("private_key_id", "")):
        return f"the service account has no key with the id {str(key_id)[:80]!r}"
    if not rsa.is_available():
        return rsa.MISSING
    try:
        if rsa.verify(account.get("public_key", ""), token.signed, token.signature):
            return ""
    except rsa.InvalidKeyError as error:
        return str(error)
    return "the JWT is not signed with the private key of this service account"


def time_mistake(token: Jwt, now: float) -> str:
    """Empty if the token is valid at `now` (epoch seconds), else one sentence."""
    issued, expires = _seconds(token.claims.get("iat")), _seconds(token.claims.get("exp"))
    if issued is None or expires is None:
        return "iat and exp of the JWT must be numbers"
    if expires - issued > LIFETIME + SKEW:
        return f"the JWT is valid for {expires - issued:.0f} s; {LIFETIME} s are allowed"
    if now >= expires + SKEW:
        return f"the JWT expired {now - expires:.0f} s ago{zone_hint(now - issued)}"
    if issued > now + SKEW:
        return f"iat of the JWT is {issued - now:.0f} s in the future{zone_hint(issued - now)}"
    return ""


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
        return None
    return float(value)


def _decode(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
