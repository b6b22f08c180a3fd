"""Decides which lines are text: photos are full of strokes that a reader takes for letters.

Measured on pages and on photos without text: Tesseract's first pass over a page of text has a mean
confidence of 0.75 and more, noise and blur included, over a photo of 0.1 to 0.4; only regular
patterns such as bricks come out surer, as long rows of ones and bars.
"""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import mean
from mockocr.recognition import conversion, reading_order
from mockocr.recognition.conversion import Row

LEAST = 0.45
"""A line less confident than this is not text."""
_SHORT = {1: 0.88, 2: 0.8, 3: 0.78, 4: 0.65, 5: 0.6}
"""Short lines must be surer than that: one letter in a photo is found easily."""
_STROKES = frozenset("1iIl|!-—–_一丨~=/\\.,:;'`\"*^·<>[]()")
_STROKE, _MANY = 0.88, 5
"""A line of mere strokes must be as sure; so many of them and little else are a pattern, as of
bricks or fences.
"""
_CELL = 0.6
"""The least for a short text beside text: the quantities on a receipt."""
_PAGE, _PIECES = 0.5, 3
"""A page of so many pieces whose first reading is less confident is a photo; what text it may
hold has to be long and sure.
"""
_SIGN = 0.85


def is_photo(first: Sequence[float], pieces: int) -> bool:
    """Whether a page is no page, by the confidence of each glyph that the first pass gave."""
    return pieces >= _PIECES and sum(first) < _PAGE * max(len(first), pieces)


def believed(found: Sequence[Row], photo: bool) -> list[Row]:
    """The rows that are text, in the order they came."""
    strokes = [row for row in found if _is_strokes(row)]
    photo = photo or (len(strokes) >= _MANY and len(strokes) * 2 > len(found))
    sure = [row for row in found if _is_text(row, photo)]
    if photo:
        return sure
    return [row for row in found if row in sure or _is_cell(row, sure)]


def _is_text(row: Row, photo: bool) -> bool:
    weight = _weight(row)
    if weight == 0:
        return False
    if photo:
        return weight >= 4 and row.confidence >= _SIGN and not _is_strokes(row)
    least = _SHORT.get(weight, LEAST)
    return row.confidence >= (max(least, _STROKE) if _is_strokes(row) else least)


def _weight(row: Row) -> int:
    """How much the row says: two Chinese characters say as much as four letters."""
    length = sum(c.isalnum() for c in row.text)
    return length + sum(conversion.is_wide(c) for c in row.text) if length > 1 else length


def _is_strokes(row: Row) -> bool:
    return all(c in _STROKES for c in row.text.replace(" ", ""))


def _is_cell(row: Row, sure: Sequence[Row]) -> bool:
    """Whether a short text, too weak to be believed alone, stands in a row with others."""
    return row.confidence >= _CELL and any(reading_order.beside(row, other) for other in sure)


def confidence(rows: Sequence[Row]) -> float:
    """The mean over all glyphs."""
    return mean(g.confidence for row in rows for g in row.glyphs)
