"""The older signatures HmacSHA1 and HmacSHA256, over all parameters in order of their names.

Source: 签名方法 v1 (cloud.tencent.com/document/api/213/30655).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator, Mapping

from mockocr.core.http import Request
from mockocr.vendors.tencent_cloud.tc3 import hosts

METHODS: Mapping[str, str] = {"HmacSHA1": "sha1", "HmacSHA256": "sha256"}
DEFAULT = "HmacSHA1"
REQUIRED = ("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature")


def source_text(method: str, host: str, path: str, fields: Mapping[str, str]) -> str:
    """The text that is signed: values are not encoded, `_` in names counts as `.`, `Signature` is
    left out.
    """
    named = {name.replace("_", "."): value for name, value in fields.items() if name != "Signature"}
    joined = "&".join(f"{name}={named[name]}" for name in sorted(named))
    return f"{method}{host}{path}?{joined}"


def signature(secret_key: str, text: str, method: str = DEFAULT) -> str:
    """Base64 of the HMAC."""
    digest = hmac.new(secret_key.encode(), text.encode("utf-8", "replace"), METHODS[method])
    return base64.b64encode(digest.digest()).decode()


def readings(request: Request, fields: Mapping[str, str]) -> Iterator[str]:
    """The texts that the call's signature may have been computed over, likeliest first."""
    for path in dict.fromkeys(("/", request.prefix + request.path)):
        for host in hosts(request):
            yield source_text(request.method, host, path, fields)
