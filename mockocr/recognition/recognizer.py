"""Reads the image of one line with PP-OCR's recognition model, and tells which way up it is."""

from __future__ import annotations

from typing import Any

import cv2
import numpy
from numpy.typing import NDArray

from mockocr.recognition.line_images import LineImage
from mockocr.recognition.line_text import LineText, of_columns
from mockocr.recognition.models import Models
from mockocr.recognition.pixels import Pixels

HEIGHT = 48
"""Pixels of height of the lines that the model was trained on."""
_NARROWEST, _WIDEST = 16, 4800
_DIRECTION_WIDTH, _TURNED = 192, 0.9
"""Pixels of width that the direction model sees, and how sure of a half turn it has to be."""


def width_of(line: LineImage, squeeze: float = 1.0) -> int:
    """Pixels of width that a line has for the model; its time is proportional to them (0.1 ms a
    pixel).
    """
    return min(max(round(HEIGHT * line.aspect * squeeze), _NARROWEST), _WIDEST)


def read(models: Models, line: LineImage, squeeze: float = 1.0) -> LineText:
    """The text of a line. `squeeze` makes it narrower than it is, which takes less time.

    One line at a time: lines of a batch are made equally long, which takes a fifth more time with
    one thread, and a reading depends on which lines stand beside it.
    """
    batch = _batch(line.pixels, width_of(line, squeeze))
    found = models.run(models.recognition, batch)[0]
    best = found.argmax(axis=1)
    changes = numpy.concatenate([[True], best[1:] != best[:-1]])
    columns = numpy.flatnonzero(changes & (best != 0))
    text = [models.characters[best[column]] for column in columns]
    middles = [(float(column) + 0.5) / len(best) for column in columns]
    confidences = [min(max(float(found[c, best[c]]), 0.0), 1.0) for c in columns]
    # a few entries of the list stand for more than one character
    spread = [(c, m, p) for t, m, p in zip(text, middles, confidences, strict=True) for c in t]
    return of_columns(
        "".join(c for c, _, _ in spread), [m for _, m, _ in spread], [p for _, _, p in spread]
    )


def is_upside_down(models: Models, line: LineImage) -> bool:
    """True if the direction model is sure that the line stands on its head."""
    width = min(_DIRECTION_WIDTH, max(1, round(HEIGHT * line.aspect)))
    batch = numpy.zeros((1, 3, HEIGHT, _DIRECTION_WIDTH), numpy.float32)
    batch[:, :, :, :width] = _batch(line.pixels, width)
    return float(models.run(models.direction, batch)[0, 1]) > _TURNED


def _batch(pixels: Pixels, width: int) -> NDArray[Any]:
    sized = cv2.resize(pixels, (width, HEIGHT), interpolation=cv2.INTER_LINEAR)
    scaled = sized.astype(numpy.float32) / 127.5 - 1
    return numpy.ascontiguousarray(scaled.transpose(2, 0, 1)[None])
