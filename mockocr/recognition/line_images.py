"""Cuts lines out of a picture, level and of bounded height, and prepares them for Tesseract."""

from __future__ import annotations

import math

import cv2
import msgspec
import numpy
from PIL import Image as Pillow

from mockocr.core.recognition import Point, Quad
from mockocr.recognition import polarity
from mockocr.recognition.pixels import Pixels

TALLEST = 96
"""Pixels of height that a line keeps at most; its readers see 36 and 48."""
_TALL = 1.5
"""A region this much higher than wide is a line that runs down, or a column."""
_LONGEST = 8000
"""Pixels of width that a line image has at most."""
MARGIN, _RIM = 10, 6
"""White pixels that Tesseract needs beside and above a line."""
LINE_HEIGHT = 36
"""The height in pixels of a line with its rim, at which Tesseract's models read best."""
TEXT = 0.78
"""The height of the text of a line, as a share of the line with its rim."""


class LineImage(msgspec.Struct, frozen=True):
    """One line, level: blue, green, red. `quad` is the line in the text's own frame in the picture
    that it was cut from, so `quad.tl` is the image's top left pixel corner. A reading less
    confident than `least` is not text.
    """

    pixels: Pixels
    quad: Quad
    least: float = 0.0

    @property
    def aspect(self) -> float:
        """Width over height."""
        return float(self.pixels.shape[1] / self.pixels.shape[0])

    def upside_down(self) -> LineImage:
        """The same line turned by half a turn."""
        tl, tr, br, bl = self.quad
        return LineImage(cv2.rotate(self.pixels, cv2.ROTATE_180), Quad(br, bl, tl, tr))

    def upright(self) -> LineImage:
        """The line that runs down as it stands in the picture."""
        tl, tr, br, bl = self.quad
        turned = numpy.ascontiguousarray(numpy.rot90(self.pixels, -1))
        return LineImage(turned, Quad(bl, tl, tr, br))


def is_tall(quad: Quad) -> bool:
    """True if the region is so much higher than wide that its text runs down the picture."""
    width, height = _size(quad)
    return height >= _TALL * width


def running_down(quad: Quad) -> Quad:
    """The frame of text that lies on its side and is read from the top right corner down."""
    tl, tr, br, bl = quad
    return Quad(tr, br, bl, tl)


def cut(pixels: Pixels, quad: Quad) -> LineImage:
    """The region of a picture as a level image, `quad.tl` at its top left."""
    width, height = _size(quad)
    part, shift, factor = pixels, Point(0.0, 0.0), min(1.0, TALLEST / height, _LONGEST / width)
    if factor < 1:
        left, top, right, bottom = quad.extent
        x, y = max(0, math.floor(left) - 2), max(0, math.floor(top) - 2)
        part = pixels[y : math.ceil(bottom) + 3, x : math.ceil(right) + 3]
        size = max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor))
        part, shift = cv2.resize(part, size, interpolation=cv2.INTER_AREA), Point(x, y)
    corners = [((p.x - shift.x) * factor, (p.y - shift.y) * factor) for p in quad]
    size = max(1, int(width * factor)), max(1, int(height * factor))
    across, down = size
    target = numpy.array([[0, 0], [across, 0], [across, down], [0, down]], numpy.float32)
    matrix = cv2.getPerspectiveTransform(numpy.array(corners, numpy.float32), target)
    level = cv2.warpPerspective(
        part, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return LineImage(level, quad)


def plain(line: Pixels) -> Pixels:
    """The line in grey, dark on white; see `polarity`."""
    picture = Pillow.fromarray(cv2.cvtColor(line, cv2.COLOR_BGR2RGB))
    return numpy.asarray(polarity.plain(picture))


def for_tesseract(line: Pixels) -> tuple[Pixels, float]:
    """The plain line as Tesseract reads it best, with white around it, and the width of the line
    without that white.
    """
    grey = plain(line)
    scale = LINE_HEIGHT / grey.shape[0]
    size = max(8, round(grey.shape[1] * scale)), LINE_HEIGHT
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(grey, size, interpolation=how)
    framed = cv2.copyMakeBorder(
        sized, _RIM, _RIM, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=(255,)
    )
    return framed, float(sized.shape[1])


def _size(quad: Quad) -> tuple[float, float]:
    """Width and height, the longer ones of two sides, at least one pixel."""
    width = max(math.dist(quad.tl, quad.tr), math.dist(quad.bl, quad.br))
    height = max(math.dist(quad.tl, quad.bl), math.dist(quad.tr, quad.br))
    return max(1.0, width), max(1.0, height)
