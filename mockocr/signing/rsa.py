"""RSA signatures as several vendors use them: PKCS #1 v1.5 over SHA-256, in base64.

The library `cryptography` comes with the extra `tls` and is imported only when it is needed.
"""

from __future__ import annotations

import base64
import binascii
import importlib.util
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

BITS = 2048
MISSING = "RSA signatures need the extra tls; run: pip install 'mockocr[tls]'"


class InvalidKeyError(Exception):
    """The text is not an RSA key; the message is one sentence."""


def is_available() -> bool:
    """True if `cryptography` is installed."""
    return importlib.util.find_spec("cryptography") is not None


def verify(public: str, text: str, signature: str, digest: str = "SHA256") -> bool:
    """True if the base64 signature is valid; `InvalidKeyError` for an unreadable key.

    `public` is PEM, or the base64 inside one. `digest` names a class of `cryptography`'s hashes.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    key = _load_public(public)
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text.encode("utf-8", "replace"), *_scheme(digest))
    except (binascii.Error, ValueError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def sign(private: str, text: str) -> str:
    """The base64 signature by a key in PEM (PKCS #1 or #8); `InvalidKeyError`."""
    raw = _load_private(private).sign(text.encode("utf-8", "replace"), *_scheme())
    return base64.b64encode(raw).decode()


def generate_key() -> bytes:
    """A fresh private key in PEM; takes about a quarter of a second."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, BITS)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def is_private_key(private: bytes) -> bool:
    """True if the bytes are an RSA private key in PEM."""
    try:
        _load_private(private.decode("ascii", "replace"))
    except InvalidKeyError:
        return False
    return True


def public_key(private: bytes) -> bytes:
    """The public key in PEM, as `openssl rsa -pubout` prints it."""
    from cryptography.hazmat.primitives import serialization

    return (
        _load_private(private.decode())
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def _scheme(digest: str = "SHA256") -> tuple[Any, Any]:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    return padding.PKCS1v15(), getattr(hashes, digest)()


@lru_cache(maxsize=64)
def _load_public(text: str) -> RSAPublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    try:
        if "--BEGIN " in text:
            key = serialization.load_pem_public_key(text.strip().encode("ascii", "replace"))
        else:
            raw = base64.b64decode("".join(text.split()), validate=True)
            key = serialization.load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidKeyError(f"the public key cannot be read: {error}") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidKeyError(f"the public key is not an RSA key but a {type(key).__name__}")
    return key


@lru_cache(maxsize=64)
def _load_private(text: str) -> RSAPrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    try:
        key = serialization.load_pem_private_key(text.strip().encode("ascii", "replace"), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidKeyError(f"the private key cannot be read: {error}") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise InvalidKeyError(f"the private key is not an RSA key but a {type(key).__name__}")
    return key
