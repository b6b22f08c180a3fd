"""Finds the ink in the image of a line: a detector leaves a rim around the text."""

from __future__ import annotations

import numpy

from mockocr.recognition.pixels import Pixels

_RULE = 0.9
"""A row or column of pixels with this much ink is the rule of a table."""


def ink(image: Pixels) -> tuple[float, float, float, float]:
    """left, top, right, bottom of what differs from the border, as shares of the image."""
    grey = image.astype(numpy.float32).mean(axis=2)
    border = numpy.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    apart = numpy.abs(grey - numpy.median(border))
    inked = apart > 0.4 * apart.max()
    inked[inked.mean(axis=1) > _RULE] = False
    inked[:, inked.mean(axis=0) > _RULE] = False
    rows = numpy.flatnonzero(inked.any(axis=1))
    columns = numpy.flatnonzero(inked.any(axis=0))
    height, width = grey.shape
    if not len(rows) or apart.max() < 16:
        return 0.0, 0.0, 1.0, 1.0
    left, right = float(columns[0]) / width, float(columns[-1] + 1) / width
    top, bottom = float(rows[0]) / height, float(rows[-1] + 1) / height
    if right - left < 0.15 or bottom - top < 0.3:  # a speck, not the text
        return 0.0, 0.0, 1.0, 1.0
    return left, top, right, bottom
