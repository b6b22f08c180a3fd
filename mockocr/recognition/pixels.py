"""Gives a decoded picture to OpenCV: blue, green, red, and of bounded size."""

from __future__ import annotations

import math
from typing import Any

import cv2
import msgspec
import numpy
from numpy.typing import NDArray

from mockocr.core.image import Image
from mockocr.core.recognition import Quad
from mockocr.recognition.preprocess import MOST_PIXELS

Pixels = NDArray[Any]
"""Bytes: rows by columns, or rows by columns by blue, green, red. (OpenCV's stubs tell neither the
shape nor the type of what it returns.)
"""


class Picture(msgspec.Struct, frozen=True):
    """The picture as it is read, and how many pixels of the picture as sent one of its pixels is,
    across and down.
    """

    pixels: Pixels
    across: float = 1.0
    down: float = 1.0

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    def as_sent(self, quad: Quad) -> Quad:
        """The corners in pixels of the picture as sent."""
        return quad.scaled(self.across, self.down)

    def as_read(self, quad: Quad) -> Quad:
        """Corners of the picture as sent in pixels of this one."""
        return quad.scaled(1 / self.across, 1 / self.down)


def picture_of(image: Image) -> Picture:
    """The decoded picture with three channels, at most `MOST_PIXELS` large."""
    flat = numpy.frombuffer(image.pixels, numpy.uint8)
    shaped: Pixels = flat.reshape(image.height, image.width, image.channels)
    width, height = image.width, image.height
    if width * height > MOST_PIXELS:
        # shrunk before the channels are reordered: a large picture is never in memory twice
        factor = math.sqrt(MOST_PIXELS / (width * height))
        width, height = max(1, round(width * factor)), max(1, round(height * factor))
        shaped = cv2.resize(shaped, (width, height), interpolation=cv2.INTER_AREA)
    code = cv2.COLOR_GRAY2BGR if image.channels == 1 else cv2.COLOR_RGB2BGR
    pixels = cv2.cvtColor(shaped, code)
    return Picture(pixels, image.width / width, image.height / height)
