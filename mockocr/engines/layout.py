"""How a page is read: which passes Tesseract makes, which of their lines are kept, in what order.

Measured on rendered pages of Chinese, Latin and digits: one page mode alone breaks lines or takes
Chinese for Latin capitals now and then, and the confidence of the line tells. So weak lines are
read again by the other model, and the more confident reading of each line stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image as Pillow

from mockocr.core.image import Image
from mockocr.core.text import Character, Line, Quad, Recognition, Word, mean
from mockocr.core.vendor import Options
from mockocr.engines import columns, conversion, direction, preparation
from mockocr.engines.conversion import Row

RESOLUTION = 96
"""Dots per inch that Tesseract is told; it complains when it has to guess."""

Rows = Callable[[Pillow.Image, int, str], list[Row]]
"""One pass of Tesseract over a grey picture, in a page mode (`--psm`), by models (`-l`)."""

BOTH, CHINESE = "chi_sim+eng", "chi_sim"
BLOCK, LINE, SPARSE = 6, 7, 11

_GOOD = 0.90
"""A line less confident than this is read again."""
_POOR = 0.45
"""A line less confident than this is not text."""
_SURE = 0.80
"""A turned page read with this confidence needs no other turn tried."""


def read(image: Image, options: Options, rows: Rows, engine: str) -> Recognition:
    """Read a picture with one of the engines; corners are those of the picture as sent."""
    grey = preparation.page(image)
    if preparation.is_blank(grey):
        return Recognition(engine=engine)
    if options.turn:
        return _turned(grey, options, rows, engine)
    return Recognition(tuple(_read(grey, 0.0, options, rows)), 0.0, engine)


def _turned(grey: Pillow.Image, options: Options, rows: Rows, engine: str) -> Recognition:
    """Try the likelier directions until one reads well; else the best of all four."""
    level, across = direction.skew(grey)
    best: tuple[float, float, list[Line]] = (0.0, 0.0, [])
    for angle in (level, level + 180, across, across + 180):
        angle = angle - 360 if angle > 180 else angle
        lines = _read(grey, angle, options, rows)
        characters = [c.confidence for line in lines for c in line.characters]
        score = sum(max(0.0, c - 0.5) for c in characters)
        if score > best[0]:
            best = score, angle, lines
        if mean(characters) >= _SURE and len(characters) >= 4:
            break
    return Recognition(tuple(best[2]), best[1], engine)


def _read(grey: Pillow.Image, angle: float, options: Options, rows: Rows) -> list[Line]:
    prepared = preparation.prepare(grey, angle)
    found = _passes(prepared.picture, options, rows)
    pieces = [piece for row in found for piece in columns.split(prepared.picture, row)]
    kept = [piece for piece in pieces if _is_text(piece)]
    ordered = columns.order(kept)
    return [_mapped(conversion.line(row, block), prepared) for block, row in ordered]


def _passes(picture: Pillow.Image, options: Options, rows: Rows) -> list[Row]:
    mode = LINE if options.layout == "line" else BLOCK
    found = rows(picture, mode, BOTH)
    if not any(_is_text(row) for row in found):
        mode = SPARSE
        found = rows(picture, mode, BOTH)
    if any(row.confidence < _GOOD for row in found):
        found = _better(found, rows(picture, mode, CHINESE))
    return found


def _better(first: Sequence[Row], second: Sequence[Row]) -> list[Row]:
    """Of two readings of one page: line by line the more confident one."""
    chosen = []
    taken: set[int] = set()
    for row in first:
        rivals = [i for i, other in enumerate(second) if _same_place(row, other)]
        if len(rivals) == 1 and rivals[0] not in taken:
            taken.add(rivals[0])
            rival = second[rivals[0]]
            chosen.append(rival if rival.confidence > row.confidence else row)
        else:
            taken.update(rivals)
            chosen.append(row)
    return chosen


def _same_place(a: Row, b: Row) -> bool:
    shared_y = min(a.edges[3], b.edges[3]) - max(a.edges[1], b.edges[1])
    shared_x = min(a.edges[2], b.edges[2]) - max(a.edges[0], b.edges[0])
    return shared_y > 0.5 * min(a.height, b.height) and shared_x > 0


def _is_text(row: Row) -> bool:
    """Whether the line is text, not the grain of a photo or a rule of a table."""
    if not any(c.isalnum() for c in row.text):
        return False
    return row.confidence >= _POOR


def _mapped(line: Line, prepared: preparation.Prepared) -> Line:
    def quad(q: Quad) -> Quad:
        return Quad(*(prepared.back(p) for p in q))

    def word(w: Word) -> Word:
        characters = tuple(Character(c.text, quad(c.quad), c.confidence) for c in w.characters)
        return replace(w, quad=quad(w.quad), characters=characters)

    return replace(line, quad=quad(line.quad), words=tuple(word(w) for w in line.words))
