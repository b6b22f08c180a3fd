"""Estimates from a file's header what decoding it costs, before anything is decoded."""

from __future__ import annotations

from typing import Any

import msgspec
from PIL.Image import Image as Picture

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Limits
from mockocr.images import webp
from mockocr.images.opening import (
    accepted_format,
    icon_size,
    open_picture,
    refusing_damage,
    without_pillow_warnings,
)
from mockocr.images.pdf import MAX_PIXELS, is_pdf

MEGABYTE = 1024 * 1024
MAX_PICTURE = 300 * MEGABYTE
"""Memory that decoding one picture may take, beside its pixels in 8 bits."""
LIGHT_PIXELS = 8 * 1024 * 1024
_LIGHT_FORMATS = frozenset({"JPEG", "PNG", "GIF", "BMP"})
_LIGHT_SCANS = 12
"""libjpeg writes ten scans; each more takes a pass over all pixels."""
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
"""Bytes of a pixel in Pillow's memory; 4 in every other mode."""
_GREY = frozenset({"1", "L", "LA", "I", "F", *_BYTES} - {"P"})


class Cost(msgspec.Struct, frozen=True):
    """What decoding takes. `decoding` are the bytes of the decoder, `pixels` those of the result.

    The time of a `light` picture is bounded by its pixels: it may be decoded in this process.
    """

    format: str
    decoding: int
    pixels: int
    light: bool

    @property
    def bytes(self) -> int:
        return self.decoding + self.pixels


def estimate(data: bytes, limits: Limits) -> Cost:
    """The cost of decoding `data`. Raises `ApiError` as `decode` does for a header that breaks the
    limits, and IMAGE_SIZE for a picture that takes more than `MAX_PICTURE`.
    """
    if limits.page is not None and is_pdf(data):
        # PDFium draws 4 bytes a pixel; fonts and pictures of the page come on top
        return Cost("PDF", MAX_PICTURE, 3 * min(limits.max_pixels, MAX_PIXELS), light=False)
    name = accepted_format(data, limits)
    with without_pillow_warnings(), refusing_damage(name):
        if name == "ICO":
            width, height = icon_size(data, limits)
            return _checked(Cost(name, 12 * width * height, 3 * width * height, light=False))
        with open_picture(data, name, limits) as picture:
            return _checked(_of(picture, name, data))


def _of(picture: Picture, name: str, data: bytes) -> Cost:
    count = picture.width * picture.height
    each = _BYTES.get(picture.mode, 4)
    scans = 1
    if name == "WEBP":
        each = webp.decoding_bytes(picture)
    elif name == "TIFF":
        each *= 2  # libtiff may hold the whole picture as one strip
    elif name == "JPEG":
        scans = data.count(b"\xff\xda")
        # libjpeg keeps the coefficients of a picture in several scans, which are a few even if it
        # is not progressive
        if scans > 1 or "progressive" in picture.info:
            each += _coefficients(picture)
    light = name in _LIGHT_FORMATS and count <= LIGHT_PIXELS and scans <= _LIGHT_SCANS
    channels = 1 if picture.mode in _GREY else 3
    return Cost(name, each * count, channels * count, light)


def _coefficients(picture: Any) -> int:
    """Bytes that libjpeg holds for a pixel of a progressive picture: 2 for each sample."""
    samples: list[int] = [across * down for _, across, down, _ in picture.layer]
    return -(-2 * sum(samples) // max(samples, default=1))


def _checked(cost: Cost) -> Cost:
    if cost.decoding > MAX_PICTURE:
        needed = f"decoding this {cost.format} picture takes {cost.decoding // MEGABYTE} MB"
        limit = MAX_PICTURE // MEGABYTE
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{needed} of memory; the limit is {limit} MB")
    return cost
