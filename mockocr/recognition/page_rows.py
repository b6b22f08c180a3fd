"""Rows of Tesseract's layout analysis as lines of the page: torn pieces joined, slopes kept."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.recognition import Point, Quad
from mockocr.recognition import line_filter
from mockocr.recognition.conversion import Row
from mockocr.recognition.line_text import LineText, of_rows

_STEEP, _ENOUGH = 0.2, 4
"""A baseline slopes when it rises by this share of the line's height, over so many characters."""
_ALIKE, _LEVEL, _GAP = 1.5, 0.7, 0.5
"""Pieces of one line differ so little in height, share so much of it, and lie so near."""


class Found(msgspec.Struct, frozen=True):
    """A line: its corners in pixels of the page, and its text."""

    quad: Quad
    text: LineText

    @property
    def strength(self) -> float:
        """How much was read how surely; half a line is weaker than the whole."""
        return sum(c - line_filter.LEAST for c in self.text.confidences)


def join_pieces(rows: Sequence[Row]) -> list[Row]:
    """The rows, with pieces of one line put together that Tesseract tore apart."""
    joined: list[Row] = []
    for row in sorted(rows, key=lambda row: row.edges[0]):
        for index, old in enumerate(joined):
            low = min(old.height, row.height)
            level = min(old.edges[3], row.edges[3]) - max(old.edges[1], row.edges[1])
            gap = row.edges[0] - old.edges[2]
            alike = max(old.height, row.height) < _ALIKE * low
            if alike and level > _LEVEL * low and -low < gap < _GAP * low:
                joined[index] = _put_together(old, row)
                break
        else:
            joined.append(row)
    return joined


def _put_together(left: Row, right: Row) -> Row:
    edges = [*zip(left.edges, right.edges, strict=True)]
    around = min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])
    return Row(around, left.slope, [*left.glyphs, *right.glyphs])


def line_of_row(row: Row, factor: float) -> Found:
    left, _, right, _ = row.edges
    text = of_rows([row], right - left, left)
    quad = _tilted(row)
    return Found(Quad(*(Point(p.x / factor, p.y / factor) for p in quad)), text)


def _tilted(row: Row) -> Quad:
    """The quad that sloping text fills inside its upright box."""
    left, top, right, bottom = row.edges
    rise = min(abs(row.slope) * (right - left), 0.6 * (bottom - top))
    if rise <= _STEEP * row.height or len(row.glyphs) < _ENOUGH:
        rise = 0.0
    down, up = (rise, 0.0) if row.slope > 0 else (0.0, rise)
    return Quad(
        Point(left, top + up),
        Point(right, top + down),
        Point(right, bottom - up),
        Point(left, bottom - down),
    )
