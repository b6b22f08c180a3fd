"""Reads a column of upright characters that stand below each other, as in vertical Chinese."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy

from mockocr.recognition import recognizer
from mockocr.recognition.line_images import LineImage, plain
from mockocr.recognition.line_text import LineText
from mockocr.recognition.models import Models
from mockocr.recognition.pixels import Pixels

_LEAST, _FEWEST = 1.3, 3
"""A column is so many times higher than wide, and has so many characters."""
_HIGHEST = 1.15
"""A character is so many widths of the column high at most."""


def runs_down(line: LineImage) -> bool:
    """True if the line was cut out of a region that is higher than wide, from the top down."""
    quad = line.quad
    across, down = abs(quad.tr.x - quad.tl.x), abs(quad.tr.y - quad.tl.y)
    return down > across and line.aspect >= _LEAST


def read(models: Models, line: LineImage) -> LineText:
    """The characters from the top down, laid side by side for the recogniser; `line` is the image
    of the column lying on its side.
    """
    upright = line.upright().pixels
    cells = _cells(upright)
    if len(cells) < _FEWEST:
        return LineText()
    side = upright.shape[1]
    row = cv2.hconcat([_square(upright[top:bottom], side) for top, bottom in cells])
    found = recognizer.read(models, LineImage(row, line.quad))
    if len(found.places) != len(cells):
        return LineText()
    height = upright.shape[0]
    places = tuple((top / height, bottom / height) for top, bottom in cells)
    return LineText(found.text.replace(" ", ""), places, found.confidences)


def _square(cell: Pixels, side: int) -> Pixels:
    """The cell in the middle of a square of its ground."""
    height = cell.shape[0]
    if height > side:
        return cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA)
    above = (side - height) // 2
    return cv2.copyMakeBorder(cell, above, side - height - above, 0, 0, cv2.BORDER_REPLICATE)


def _cells(upright: Pixels) -> list[tuple[int, int]]:
    """First and last row of each character: stretches of ink, joined while they are no higher than
    the column is wide.
    """
    inked = (plain(upright) < 128).any(axis=1)
    changes = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], inked, [False]])))
    stretches = [(int(a), int(b)) for a, b in zip(changes[::2], changes[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    columns = numpy.flatnonzero((plain(upright) < 128).any(axis=0))
    em = float(columns[-1] - columns[0] + 1) if len(columns) else 0.0
    for top, bottom in stretches:
        if joined and bottom - joined[-1][0] <= _HIGHEST * em and bottom - top < 0.75 * em:
            joined[-1] = joined[-1][0], bottom
        else:
            joined.append((top, bottom))
    whole = [(a, b) for a, b in joined if b - a >= 0.1 * em]
    return [] if any(b[0] < a[1] for a, b in pairwise(whole)) else whole
