"""The older signatures HmacSHA1 and HmacSHA256, over all parameters sorted by their names.

Source: 签名方法 v1 (cloud.tencent.com/document/api/213/30655).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator, Mapping

from mockocr.core.http import Request
from mockocr.vendors.tencent.cloud.tc3 import signed_hosts

METHODS: Mapping[str, str] = {"HmacSHA1": "sha1", "HmacSHA256": "sha256"}
DEFAULT_METHOD = "HmacSHA1"
REQUIRED = ("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature")


def text_to_sign(method: str, host: str, path: str, fields: Mapping[str, str]) -> str:
    """The text that is signed: values are not encoded, `_` in names becomes `.`, `Signature` is
    left out.
    """
    named = {name.replace("_", "."): value for name, value in fields.items() if name != "Signature"}
    joined = "&".join(f"{name}={named[name]}" for name in sorted(named))
    return f"{method}{host}{path}?{joined}"


def signature(secret_key: str, text: str, method: str = DEFAULT_METHOD) -> str:
    """Base64 of the HMAC."""
    return base64.b64encode(digest(secret_key, text, method)).decode()


def digest(secret_key: str, text: str, method: str) -> bytes:
    """The raw HMAC."""
    return hmac.digest(secret_key.encode(), text.encode("utf-8", "replace"), METHODS[method])


def candidates(request: Request, fields: Mapping[str, str]) -> Iterator[str]:
    """The texts that a correct client may have signed, likeliest first."""
    for path in dict.fromkeys(("/", request.prefix + request.path)):
        for host in signed_hosts(request):
            yield text_to_sign(request.method, host, path, fields)
