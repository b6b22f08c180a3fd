"""Decides which lines that Tesseract read are text: photos are full of strokes that it takes for
letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from mockocr.core.recognition import mean
from mockocr.recognition.conversion import is_wide
from mockocr.recognition.line_text import LineText

LEAST = 0.45
"""A line less confident than this is not text."""
TRUSTED = 0.55
"""Chinese read with this confidence is not taken for Latin later."""
_SHORT = {1: 0.88, 2: 0.8, 3: 0.78, 4: 0.65, 5: 0.6}
"""Short lines must be surer than that: one letter in a photo is found easily."""
_STROKES = frozenset("1iIl|!-—–_一丨~=/\\.,:;'`\"*^·<>[]()")
_STROKE = 0.88
"""A line of mere strokes must be as sure as that."""


_LINES, _NOISE = 3, 0.5
_LONG, _SIGN = 4, 0.85


class _Read(Protocol):
    @property
    def text(self) -> LineText: ...


T = TypeVar("T", bound=_Read)


def believed(found: Sequence[T]) -> list[T]:
    """The lines that are text, in the order they came.

    In three and more lines that are unsure together, as in noise, only a long and sure one is.
    """
    noise = len(found) >= _LINES and mean(c for f in found for c in f.text.confidences) < _NOISE
    return [one for one in found if _is_text(one.text) and not (noise and not _is_sign(one.text))]


def _is_sign(read: LineText) -> bool:
    return sum(c.isalnum() for c in read.text) >= _LONG and read.confidence >= _SIGN


def _is_text(read: LineText) -> bool:
    length = sum(c.isalnum() for c in read.text)
    if not length:
        return False
    # two Chinese characters say as much as four letters
    weight = length + sum(is_wide(c) for c in read.text) if length > 1 else length
    least = _SHORT.get(weight, LEAST)
    strokes = all(c in _STROKES or c == " " for c in read.text)
    return read.confidence >= (max(least, _STROKE) if strokes else least)
