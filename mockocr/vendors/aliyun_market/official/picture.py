"""Which pictures Aliyun's own services accept, and the check of a picture's proportions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.operation import ImageResult
from mockocr.core.recognition import Recognition
from mockocr.vendors.aliyun_market.official.errors import EMPTY_IMAGE, WRONG_IMAGE

LIMITS = Limits(
    max_bytes=8 * 1024 * 1024,
    min_side=15,
    max_side=8192,
    formats=frozenset({"JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP"}),
)
"""doc: market OCR error codes, 15 to 8192 px. guess: the size in bytes is that of the gateway's
body; the formats are those that the sibling RecognizeGeneral takes, since the market page's list
was not found.
"""
MAX_RATIO = 50
"""doc: the longer side is at most 50 times the shorter one."""
_EMPTY_BASE64 = " \t\r\n="


def text_of(body: Mapping[str, Any], name: str) -> str:
    """A field of a JSON body that holds a picture or its URL; `ApiError` if it is not text."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ApiError(WRONG_IMAGE, f"{name} is a {type(value).__name__} and not text")
    return value


def inline_picture(text: str, location: str) -> Inline:
    """The picture in base64 text; `ApiError` if that decodes to no bytes."""
    if not text.strip(_EMPTY_BASE64):
        raise ApiError(EMPTY_IMAGE, f"{location} is base64 of no bytes")
    return Inline(base64=text, location=location)


def read_pictures(results: Sequence[ImageResult]) -> list[tuple[Image, Recognition]]:
    """Every picture with its text; raises the first picture's error."""
    read = []
    for result in results:
        if result.error is not None:
            raise result.error
        image, recognition = result.image, result.recognition
        assert image is not None
        assert recognition is not None
        if max(image.width, image.height) > MAX_RATIO * min(image.width, image.height):
            detail = f"{image.width}x{image.height} px: one side is over 50 times the other"
            raise ApiError(ErrorKind.IMAGE_SIZE, detail)
        read.append((image, recognition))
    return read
