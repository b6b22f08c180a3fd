"""The older RPC signature, HMAC-SHA1 over all parameters.

Source: doc, signature-method of the OCR product; sdk: aliyun-python-sdk-core 2.16.1.
"""

from __future__ import annotations

import base64
import hmac
from urllib.parse import quote

from mockocr.core.urlencoded import Pairs

METHOD = "HMAC-SHA1"
VERSION = "1.0"


def canonical_query(pairs: Pairs) -> str:
    """The decoded pairs without `Signature`, sorted by name and encoded by RFC 3986."""
    encoded = sorted((_encoded(name), _encoded(value)) for name, value in _signed(pairs))
    return "&".join(f"{name}={value}" for name, value in encoded)


def string_to_sign(method: str, pairs: Pairs) -> str:
    """Method, path and pairs; a body that is no form is not signed."""
    return f"{method}&%2F&{_encoded(canonical_query(pairs))}"


def digest(secret: str, text: str) -> bytes:
    """The raw HMAC: the key is the secret and an ampersand."""
    return hmac.digest(f"{secret}&".encode(), text.encode("utf-8", "replace"), "sha1")


def signature(secret: str, text: str) -> str:
    """Base64 of the HMAC."""
    return base64.b64encode(digest(secret, text)).decode()


def _signed(pairs: Pairs) -> Pairs:
    return tuple(pair for pair in pairs if pair[0] != "Signature")


def _encoded(text: str) -> str:
    return quote(text, safe="")
