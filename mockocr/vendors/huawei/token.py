"""Tokens that need no store: each carries its user, project and end, sealed with a key made from
the user's own password.

A token is base64 of a DER sequence header (which is why it begins with `MII`, as the real ones do),
a checksum, a seal and the JSON of its content. The checksum tells a damaged token from one whose
password has changed since.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

LIFETIME = timedelta(hours=24)
"""doc: IAM, a token is valid for 24 hours."""

_SEQUENCE = b"\x30\x82"
_SUM, _SEAL = 8, 32
_LONGEST = 0x3FFF
"""Bytes behind the header up to which base64 still begins with `MII`."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a token says. `project_id` is empty for a token of domain scope; `issued` and `expires`
    are in the form of `stamp`; `nonce` keeps two tokens of one moment apart.
    """

    domain: str
    user: str
    project_id: str
    issued: str
    expires: str
    nonce: str

    def expired(self, at: datetime) -> bool:
        return at >= moment(self.expires)


def stamp(at: datetime) -> str:
    """The time as IAM prints it: microseconds and `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The time that `stamp` printed; ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def sealed(content: Content, password: str) -> str:
    """The token's text, ASCII, well below 2 KB."""
    text = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    inner = _seal(text, password) + text
    data = _sum(inner) + inner
    return base64.b64encode(_header(data) + data, b"+-").decode("ascii")


def opened(token: str) -> tuple[Content, bytes] | None:
    """The content and its seal, the seal not yet checked; None for anything that is not whole."""
    try:
        raw = base64.b64decode(token, b"+-", validate=True)
        data = raw[len(_SEQUENCE) + 2 :]
        if base64.b64encode(raw, b"+-").decode("ascii") != token or len(data) > _LONGEST:
            return None
        inner = data[_SUM:]
        if raw != _header(data) + data or _sum(inner) != data[:_SUM]:
            return None
        content = Content(**json.loads(inner[_SEAL:]))
        if not all(isinstance(value, str) for value in asdict(content).values()):
            return None
        moment(content.expires)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    return content, inner[:_SEAL]


def is_sealed_with(password: str, content: Content, seal: bytes) -> bool:
    text = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.compare_digest(_seal(text, password), seal)


def _header(data: bytes) -> bytes:
    return _SEQUENCE + len(data).to_bytes(2, "big")


def _seal(text: bytes, password: str) -> bytes:
    key = hashlib.sha256(b"mockocr huawei token " + password.encode("utf-8", "replace")).digest()
    return hmac.new(key, text, hashlib.sha256).digest()


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_SUM]
