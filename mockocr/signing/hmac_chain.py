"""HMAC-SHA256, alone and as the chain that derives a signing key from a secret key."""

from __future__ import annotations

import hashlib
import hmac


def hmac_sha256(key: bytes, text: str) -> bytes:
    """32 bytes; text that is not UTF-8 on the wire holds surrogate escapes."""
    return hmac.digest(key, text.encode("utf-8", "surrogateescape"), "sha256")


def derive_key(secret: bytes, *parts: str) -> bytes:
    """The key after one HMAC per part, each made with the key before: AWS, Tencent and others sign
    with a key derived from date, region, service and a terminator.
    """
    key = secret
    for part in parts:
        key = hmac_sha256(key, part)
    return key


def sha256_hex(data: bytes) -> str:
    """64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()
