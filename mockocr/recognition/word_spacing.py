"""Puts back the blanks between words that Tesseract's models swallow, by the gaps in the ink."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from PIL import Image as Pillow

from mockocr.recognition.conversion import Glyph, Row, is_wide
from mockocr.recognition.preprocess import columns, inked

_ALONE = 0.22
"""A gap of this many ems between letters is a blank on a line that has no other to compare with;
of 4000 gaps inside words none was wider.
"""
_ALIKE, _LEAST = 0.72, 0.19
"""A gap of this share of the line's other blanks is one as well, but not below so many ems."""


def restore(picture: Pillow.Image, row: Row, em: float) -> None:
    """Mark the glyphs of a row before which the picture shows a blank; never between
    digits, or a digit and Chinese: a 1 stands in white of its own, and Tesseract loses none there.
    """
    if not any(_may_part(a, b) and not b.spaced for a, b in pairwise(row.glyphs)):
        return
    gaps = _gaps(picture, row, em)
    known = [width for index, width in gaps if row.glyphs[index].spaced]
    least = max(_LEAST * em, _ALIKE * median(known)) if known else _ALONE * em
    for index, width in gaps:
        if width >= least and _may_part(row.glyphs[index - 1], row.glyphs[index]):
            row.glyphs[index].spaced = True


def _may_part(before: Glyph, after: Glyph) -> bool:
    """Whether a blank can stand between two glyphs that have none."""
    if is_wide(before.text) and is_wide(after.text):
        return False
    pair = before.text + after.text
    if is_wide(pair[0]) or is_wide(pair[-1]):
        return pair.isalpha()
    return pair.isalnum() and not pair.isdecimal()


def _gaps(picture: Pillow.Image, row: Row, em: float) -> list[tuple[int, int]]:
    """Every gap in the ink of the row: the glyph behind it, and its width in pixels."""
    left, top, right, bottom = (round(v) for v in row.edges)
    if right <= left or bottom <= top or len(row.glyphs) < 2:
        return []
    middles = [(a.edges[2] + b.edges[0]) / 2 for a, b in pairwise(row.glyphs)]
    ink = columns(inked(picture.crop((left, top, right, bottom))))
    found = []
    for (_, start), (end, _) in pairwise(ink):
        middle = left + (start + end) / 2
        near = min(range(len(middles)), key=lambda i: abs(middles[i] - middle))
        if abs(middles[near] - middle) < 0.3 * em:
            found.append((near + 1, end - start))
    return found
