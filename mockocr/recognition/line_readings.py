"""Reads lines of a page again with Tesseract alone: each cut out level, made plain by itself and
scaled, and of two readings the stronger kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.core.recognition import Quad, mean
from mockocr.recognition import line_filter, polarity, sheet, word_spacing
from mockocr.recognition.conversion import is_wide
from mockocr.recognition.line_text import LineText, of_rows
from mockocr.recognition.page_rows import Found
from mockocr.recognition.passes import BLOCK, BOTH, CHINESE, RAW, Tesseract
from mockocr.recognition.worker_pool import stop_if_abandoned

GOOD = 0.85
"""A line less sure than this is read again by another model."""
_WIDTH = 8_000
"""Pixels of width of the lines that each model reads again, so that no picture takes more than
seconds.
"""
_EM, _MARGIN = 36, 10
"""The height of a line with its rim for Tesseract, and the white around it, in pixels."""
_TEXT = 0.8
"""The height of the text of a line, as a share of the line with its rim."""
_RIM = 0.08
"""What is cut out above and below a line, as a share of its height."""
_SAME = 0.5
"""Two lines that share so much of the smaller one's box are the same."""


class Budget:
    """How many pixels of width of one picture each model may still read again."""

    def __init__(self) -> None:
        self._left = {CHINESE: float(_WIDTH), BOTH: float(_WIDTH)}

    def affordable(self, found: Sequence[Found], languages: str) -> list[int]:
        """The numbers of the weak lines, narrow ones first, as many as may be read again."""
        widths = {
            n: _EM
            * math.dist(one.quad.tl, one.quad.tr)
            / max(1.0, math.dist(one.quad.tl, one.quad.bl))
            for n, one in enumerate(found)
            if one.text.surety < GOOD
        }
        kept = []
        for n in sorted(widths, key=lambda n: (widths[n], n)):
            if widths[n] > self._left[languages]:
                break
            self._left[languages] -= widths[n]
            kept.append(n)
        return kept


def read_weak(
    picture: Pillow.Image, found: Sequence[Found], tesseract: Tesseract, budget: Budget
) -> list[Found]:
    """The lines, weak ones read again by each model as far as the budget goes."""
    lines = list(found)
    for languages in (CHINESE, BOTH):
        stop_if_abandoned()
        weak = budget.affordable(lines, languages)
        read = texts(picture, [lines[n].quad for n in weak], BLOCK, languages, tesseract)
        for n, text in zip(weak, read, strict=True):
            lines[n] = stronger(lines[n], Found(lines[n].quad, text))
    return lines


def sureness(found: Sequence[Found]) -> float:
    """How sure all lines are together, long ones counting more."""
    return mean(c for one in found for c in one.text.confidences)


def texts(
    picture: Pillow.Image, quads: Sequence[Quad], mode: int, languages: str, tesseract: Tesseract
) -> list[LineText]:
    """What one of Tesseract's models sees in each line, made plain by itself."""
    if not quads:
        return []
    made = [_line_image(picture, quad) for quad in quads]
    if mode == RAW:
        margin = _MARGIN
        framed = [_framed(image) for image in made]
        read = tesseract.rows(framed, mode, languages)
    else:
        margin = 0
        read = sheet.read(tesseract, made, languages)
    return [
        word_spacing.restored(of_rows(rows, image.width, margin), image, _TEXT * _EM)
        for rows, image in zip(read, made, strict=True)
    ]


def _line_image(picture: Pillow.Image, quad: Quad) -> Pillow.Image:
    """The line cut out level, plain, and scaled for Tesseract."""
    height = max(4.0, (quad.bl.y - quad.tl.y + quad.br.y - quad.tr.y) / 2)
    width = max(4.0, quad.tr.x - quad.tl.x)
    # beyond the edge of the picture all is black
    above = min(_RIM * height, max(0.0, min(quad.tl.y, quad.tr.y)))
    below = min(_RIM * height, max(0.0, picture.height - max(quad.bl.y, quad.br.y)))
    whole = height + above + below
    scale = _EM / whole
    size = max(8, round(width * scale)), _EM
    corners = (
        *(quad.tl.x, quad.tl.y - above),
        *(quad.bl.x, quad.bl.y + below),
        *(quad.br.x, quad.br.y + below),
        *(quad.tr.x, quad.tr.y - above),
    )
    level = picture.transform(
        (max(8, round(width)), max(4, round(whole))),
        Pillow.Transform.QUAD,
        corners,
        Pillow.Resampling.BICUBIC,
    )
    return polarity.plain(level.resize(size, Pillow.Resampling.LANCZOS))


def _framed(line: Pillow.Image) -> Pillow.Image:
    framed = Pillow.new("L", (line.width + 2 * _MARGIN, line.height + 2 * _MARGIN), 255)
    framed.paste(line, (_MARGIN, _MARGIN))
    return framed


def stronger(old: Found, new: Found) -> Found:
    """The stronger of two readings of one line; Latin does not replace Chinese that was read well,
    because the English model sees capitals in Chinese, and is sure of them.
    """
    wide = [sum(is_wide(c) for c in one.text.text) for one in (old, new)]
    if wide[1] < wide[0] > 1 and old.text.confidence >= line_filter.TRUSTED:
        return old
    return new if new.strength > old.strength else old


def merged(some: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """The lines of two readings of a page; of those that cover each other the stronger ones."""
    kept: list[Found] = []
    for one in sorted([*some, *others], key=lambda one: -one.strength):
        if not any(_shared(one.quad, other.quad) > _SAME for other in kept):
            kept.append(one)
    return kept


def _shared(a: Quad, b: Quad) -> float:
    """How much of the smaller box lies in the other one."""
    (l1, t1, r1, b1), (l2, t2, r2, b2) = a.extent, b.extent
    shared = max(0.0, min(r1, r2) - max(l1, l2)) * max(0.0, min(b1, b2) - max(t1, t2))
    return shared / max(1e-6, min((r1 - l1) * (b1 - t1), (r2 - l2) * (b2 - t2)))
