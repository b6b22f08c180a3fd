"""Finds the straight lines that are drawn in a picture, as around the cells of a table."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import cv2
import numpy

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Point, Segment
from mockocr.recognition import pixels
from mockocr.recognition.pixels import Pixels

_LONGEST_SIDE = 2400
"""Pixels; a larger picture is made smaller."""
_LEVEL, _UPRIGHT = 1.6, 1.15
"""A rule is at least this many times as long as the text is high: level ones are longer than the
strokes of letters that blur joins, upright ones as high as the lowest row of a table.
"""
_THICKEST = 0.5
"""And at most this share of the height of the text thick."""
_CONTRAST = 0.06
"""The share of the light of its ground by which a rule is darker or lighter."""
_FAINTEST = 7
"""Grey levels of contrast below which everything is grain."""
_SLIMNESS = 6
"""A rule is at least this many times as long as it is thick."""


def find(image: Image, lines: Sequence[Line]) -> tuple[Segment, ...]:
    """The horizontal and vertical rules, in pixels of the picture as sent; horizontal ones run
    rightwards in the frame of the text, vertical ones downwards.

    `lines` tell how high the text is and how far it is turned.
    """
    picture = pixels.picture_of(image)
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _LONGEST_SIDE / max(grey.shape))
    if scale < 1.0:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    across = image.width / grey.shape[1]
    down = image.height / grey.shape[0]
    long = [line for line in lines if line.quad.width > 2 * line.quad.height] or list(lines)
    text = statistics.median(line.quad.height for line in lines) / max(across, down)
    angle = statistics.median(line.quad.angle for line in long)
    level, back = _leveled(grey, angle)
    found = []
    for horizontal in (True, False):
        for start, end in _segments(level, max(text, 6.0), horizontal=horizontal):
            ends = [back @ numpy.array([x, y, 1.0]) for x, y in (start, end)]
            found.append(Segment(*(Point(float(x) * across, float(y) * down) for x, y in ends)))
    return tuple(found)


def _leveled(grey: Pixels, angle: float) -> tuple[Pixels, Pixels]:
    """The picture turned so that its text is level, and the matrix from there back."""
    height, width = grey.shape
    if abs(angle) < 0.2:
        return grey, numpy.array([[1.0, 0, 0], [0, 1, 0]])
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    wide, high = math.ceil(width * cos + height * sin), math.ceil(width * sin + height * cos)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    level = cv2.warpAffine(grey, turn, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    return level, cv2.invertAffineTransform(turn)


def _segments(
    grey: Pixels, text: float, *, horizontal: bool
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The ends of the rules in one direction."""
    thick = max(3, round(text * _THICKEST))
    length = max(12, round(text * (_LEVEL if horizontal else _UPRIGHT)))
    across = numpy.ones((2 * thick + 1, 1) if horizontal else (1, 2 * thick + 1), numpy.uint8)
    # a rule is darker, or lighter, than both of its sides
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, across)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, across)
    # in a shadow both the paper and the contrast are darker
    least = numpy.maximum(_CONTRAST * cv2.add(grey, dark), _FAINTEST)
    along = numpy.ones((1, length) if horizontal else (length, 1), numpy.uint8)
    wider = numpy.ones((3, 1) if horizontal else (1, 3), numpy.uint8)
    reach = max(7, round(0.2 * text) | 1)
    gap = numpy.ones((1, reach) if horizontal else (reach, 1), numpy.uint8)
    found = []
    for edges in (dark, light):
        # made wider, because a rule that is not quite level leaves its row of pixels
        ink: Pixels = cv2.dilate((edges >= least).astype(numpy.uint8), wider)
        ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, along)
        ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, gap)
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink)
        for index in range(1, count):
            x, y, w, h, area = (int(v) for v in boxes[index])
            long, drift = (w, h) if horizontal else (h, w)
            if long < length or area > long * (thick + 3) or long < _SLIMNESS * (area / long - 2):
                continue
            if drift > max(thick + 3, 0.2 * long):
                continue
            part = labels[y : y + h, x : x + w] == index
            rows, columns = numpy.nonzero(part)
            along_, over = (columns, rows) if horizontal else (rows, columns)
            slope, start = numpy.polyfit(along_, over, 1) if long > 1 else (0.0, float(over.mean()))
            low, high = float(along_.min()), float(along_.max())
            ends = [(a, slope * a + start) for a in (low, high)]
            if not horizontal:
                ends = [(b, a) for a, b in ends]
            (ax, ay), (bx, by) = ends
            found.append(((x + ax, y + ay), (x + bx, y + by)))
    return found
