"""Pictures of recorded requests: how one is told from a text, its digest, and a stand-in for it."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import io
import re

import msgspec

from mockocr.core.errors import ApiError
from mockocr.core.image import Inline, Limits

_SHORTEST = 64
"""Characters of the shortest text in base64 that is taken for a picture."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_\s-]+={0,2}\s*")
_DATA_URL = re.compile(r"data:[\w/+.;=-]*,", re.I)
_DRAWN = {"JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PDF"}
_UNKNOWN = "unknown"


class Picture(msgspec.Struct, frozen=True):
    """What a recording keeps of a picture. `digest` is that of the decoded picture, or of the file
    if it cannot be decoded; `name` is that of the file if it is kept.
    """

    digest: str
    sha256: str
    size: int
    width: int = 0
    height: int = 0
    format: str = _UNKNOWN

    @classmethod
    def parse(cls, text: str) -> Picture:
        """The picture of a line in a recording; ValueError for another text."""
        digest, sha256, size, sides, kind = text.split()
        width, _, height = sides.partition("x")
        return cls(digest, sha256, int(size), int(width), int(height), kind)

    def __str__(self) -> str:
        return f"{self.digest} {self.sha256} {self.size} {self.width}x{self.height} {self.format}"

    def stand_in(self) -> bytes:
        """A blank picture of the same format, sides and, if possible, bytes."""
        if self.format not in _DRAWN or not self.width:
            return (b"not a picture " * (self.size // 14 + 1))[: self.size]
        from PIL import Image as Pillow

        drawn = io.BytesIO()
        Pillow.new("L", (self.width, self.height), 255).save(drawn, self.format)
        data = drawn.getvalue()
        # decoders ignore what follows the end of a picture
        return data if self.format == "PDF" else data + bytes(max(0, self.size - len(data)))


def picture_of(data: bytes) -> Picture:
    """The picture in a file, decoded as the server decodes it."""
    from mockocr.images.decoding import decode

    sha256 = hashlib.sha256(data).hexdigest()
    limits = Limits(max_bytes=len(data) + 1, page=1 if data[:5] == b"%PDF-" else None)
    with contextlib.suppress(ApiError):
        image = decode(Inline(data), limits)
        return Picture(
            image.digest, sha256, len(data), image.width, image.height, image.format or _UNKNOWN
        )
    return Picture(sha256, sha256, len(data))


def from_base64(text: str) -> tuple[str, bytes] | None:
    """The start of a data URL, if there is one, and the bytes of a picture; None for a text."""
    start = _DATA_URL.match(text)
    prefix = start[0] if start else ""
    rest = text[len(prefix) :]
    if len(rest) < _SHORTEST or not _BASE64.fullmatch(rest.replace(" ", "+")):
        return None
    plain = (
        re.sub(r"\s", "", rest.replace(" ", "+")).replace("-", "+").replace("_", "/").rstrip("=")
    )
    try:
        return prefix, base64.b64decode(plain + "=" * (-len(plain) % 4))
    except binascii.Error:
        return None
