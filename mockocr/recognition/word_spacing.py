"""Puts back the blanks between words that the readers swallow, by the gaps in the ink."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from msgspec.structs import replace
from PIL import Image as Pillow

from mockocr.recognition.conversion import is_wide
from mockocr.recognition.line_text import LineText
from mockocr.recognition.preprocess import columns, inked

_ALONE = 0.22
"""A gap of this many ems between letters is a blank on a line that has no other to compare with;
of 4000 gaps inside words none was wider.
"""
_ALIKE, _LEAST = 0.72, 0.19
"""A gap of this share of the line's other blanks is one as well, but not below so many ems."""
_BESIDE_DIGIT = 0.42
"""The same between Chinese and a digit: a 1 stands in white of its own."""
_NEAR = 0.3
"""Ems that a gap may lie away from where two characters meet."""


def restored(read: LineText, line: Pillow.Image, em: float, margin: int = 0) -> LineText:
    """The text with a blank wherever the line (dark on white, with so many white pixels on both
    sides) shows one; never between two digits or two Chinese characters. `em` is the height of
    the text in pixels.
    """
    letters = read.text.replace(" ", "")
    spaced = _spaced(read.text)
    if len(letters) != len(read.places) or not any(
        index not in spaced and _may_part(a, b) for index, (a, b) in enumerate(pairwise(letters), 1)
    ):
        return read
    gaps = _gaps(read, line, em, margin)
    known = [width for index, width in gaps.items() if index in spaced]
    least = max(_LEAST * em, _ALIKE * median(known)) if known else _ALONE * em
    for index, width in gaps.items():
        before, after = letters[index - 1], letters[index]
        wanted = max(least, _BESIDE_DIGIT * em) if _is_digit_beside(before, after) else least
        if width >= wanted and _may_part(before, after):
            spaced.add(index)
    text = "".join((" " if i in spaced else "") + letter for i, letter in enumerate(letters))
    return replace(read, text=text)


def _spaced(text: str) -> set[int]:
    """The numbers of the characters before which a blank stands."""
    found, index, blank = set(), 0, False
    for c in text:
        if c.isspace():
            blank = True
            continue
        if blank and index:
            found.add(index)
        index, blank = index + 1, False
    return found


def _may_part(before: str, after: str) -> bool:
    """True if a blank can stand between two characters that have none."""
    pair = before + after
    if is_wide(before) and is_wide(after):
        return False
    if is_wide(before) or is_wide(after):
        return pair.isalnum()
    return pair.isalnum() and not pair.isdecimal()


def _is_digit_beside(before: str, after: str) -> bool:
    """True if one of the two is Chinese and the other a digit."""
    if is_wide(before):
        return after.isdecimal()
    return is_wide(after) and before.isdecimal()


def _gaps(read: LineText, line: Pillow.Image, em: float, margin: int) -> dict[int, int]:
    """The widest gap in the ink before a character, in pixels, by the character's number."""
    width = line.width - 2 * margin
    meetings = [margin + width * (a[1] + b[0]) / 2 for a, b in pairwise(read.places)]
    found: dict[int, int] = {}
    for (_, start), (end, _) in pairwise(columns(inked(line))):
        middle = (start + end) / 2
        near = min(range(len(meetings)), key=lambda i: abs(meetings[i] - middle))
        if abs(meetings[near] - middle) < _NEAR * em:
            found[near + 1] = max(found.get(near + 1, 0), end - start)
    return found
