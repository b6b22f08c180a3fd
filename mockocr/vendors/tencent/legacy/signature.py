"""The legacy Authorization value: base64 of HMAC-SHA1 over a line of text, followed by that line.

Source: 智能图像服务, 鉴权签名. The official SDKs order the fields differently, so the signed
bytes are kept as they came and never rebuilt.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping

import msgspec

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request

_MAC_BYTES = 20
_REQUIRED = ("a", "k", "e", "t")
_SECONDS = re.compile(r"-?\d{1,18}(\.\d*)?", re.ASCII)


class Authorization(msgspec.Struct, frozen=True):
    """A parsed Authorization value.

    `mac` is 20 raw bytes, `signed` the text after it as it was signed. `fields` are those of the
    text: a appid, b bucket, k SecretId, e expiry and t start in epoch seconds, r random, u user,
    f file.
    """

    mac: bytes
    signed: bytes
    fields: Mapping[str, str]

    @property
    def expiry(self) -> float:
        """Epoch seconds; 0 marks a signature for a single use."""
        return float(self.fields["e"])

    @property
    def text(self) -> str:
        """The signed text; undecodable bytes are replaced."""
        return self.signed.decode("utf-8", "replace")


def text_to_sign(fields: Mapping[str, str]) -> str:
    """The text that is signed: `name=value` joined with `&` in the given order, not escaped."""
    return "&".join(f"{name}={value}" for name, value in fields.items())


def signature(secret_key: str, signed: bytes) -> bytes:
    """HMAC-SHA1, 20 raw bytes."""
    return hmac.digest(secret_key.encode(), signed, "sha1")


def authorization_value(secret_key: str, text: str) -> str:
    """The value of the header; it has no scheme word."""
    raw = text.encode()
    return base64.b64encode(signature(secret_key, raw) + raw).decode()


def parse_authorization(request: Request) -> Authorization:
    """The parsed Authorization header; use it through `request.cached`.

    Raises `ApiError` NO_CREDENTIALS if the header is missing or empty, BAD_CREDENTIALS if it is
    malformed.
    """
    value = request.header("authorization").strip()
    if not value:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the Authorization header is missing or empty")
    try:
        # Some clients lose the padding.
        bare = value.rstrip("=")
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except ValueError:
        raise _malformed(
            "Authorization is not base64 (standard alphabet, no scheme word)"
        ) from None
    mac, signed = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    if not signed:
        detail = f"Authorization holds {len(raw)} bytes instead of a 20-byte HMAC and a text"
        raise _malformed(detail)
    pairs = (part.partition("=") for part in signed.decode("utf-8", "replace").split("&"))
    fields = {name: value for name, equals, value in pairs if equals}
    missing = [name for name in _REQUIRED if not fields.get(name)]
    if missing:
        raise _malformed(f"the signed text has no {', '.join(missing)}{_mac_hint(raw)}")
    for name in ("e", "t"):
        if not _SECONDS.fullmatch(fields[name]):
            detail = f"{name}={fields[name]!r} in the signed text is not a time in seconds"
            raise _malformed(detail)
    return Authorization(mac, signed, fields)


def _malformed(detail: str) -> ApiError:
    return ApiError(ErrorKind.BAD_CREDENTIALS, detail)


def _mac_hint(raw: bytes) -> str:
    """A clause about the HMAC if the text begins at the wrong place, else empty."""
    if re.match(rb"[0-9a-fA-F]{40}", raw):
        return "; the HMAC is 40 hex digits instead of 20 raw bytes"
    if re.match(rb"[abk]=", raw[32:]):
        return "; the HMAC is 32 bytes long (SHA-256?) instead of the 20 of SHA-1"
    if re.match(rb"[abk]=", raw):
        return "; the text stands before the HMAC instead of after it"
    return ""
