"""Splits lines at wide gaps, and puts the pieces of a page in reading order: columns where there
are columns, rows from left to right everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.engines.conversion import Row
from mockocr.engines.preparation import profile, runs

_GAP = 2.0
"""A gap of this many line heights ends a line; no blank between words is that wide."""
_FULL = 0.6
"""A column's lines fill this share of its width, the cells of a form or receipt do not."""


def split(picture: Pillow.Image, row: Row) -> list[Row]:
    """The row cut at gaps without ink, each piece with the edges of its own ink."""
    left, top, right, bottom = (round(v) for v in row.edges)
    box = max(0, left - 1), max(0, top), min(picture.width, right + 1), min(picture.height, bottom)
    if len(row.glyphs) < 2 or box[2] <= box[0] or box[3] <= box[1]:
        return [row]
    strip = profile(picture.crop(box), box[2] - box[0], 1)
    ink = [(box[0] + start, box[0] + end) for start, end in runs(strip, 0.0)]
    gaps = [
        (a[1], b[0]) for a, b in zip(ink, ink[1:], strict=False) if b[0] - a[1] > _GAP * row.height
    ]
    pieces = []
    rest = row.glyphs
    start = row.edges[0]
    for gap_left, gap_right in gaps:
        middle = (gap_left + gap_right) / 2
        head = [g for g in rest if (g.edges[0] + g.edges[2]) / 2 < middle]
        tail = [g for g in rest if (g.edges[0] + g.edges[2]) / 2 >= middle]
        if head and tail:
            pieces.append(Row((start, row.edges[1], gap_left, row.edges[3]), row.slope, head))
            rest, start = tail, gap_right
            rest[0].spaced = False
    pieces.append(Row((start, row.edges[1], row.edges[2], row.edges[3]), row.slope, rest))
    return pieces


def order(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """The rows in reading order, each with the number of its block."""
    numbered: list[tuple[int, Row]] = []
    block = 0
    for group in _blocks(_sorted(rows)):
        numbered += [(block, row) for row in group]
        block += 1
    return numbered


def _sorted(rows: Sequence[Row]) -> list[Row]:
    """Top to bottom; rows side by side from left to right."""
    waiting = sorted(rows, key=lambda row: (row.edges[1] + row.edges[3]) / 2)
    ordered: list[Row] = []
    while waiting:
        first = waiting[0]
        level = [row for row in waiting if _beside(first, row)]
        waiting = [row for row in waiting if row not in level]
        ordered += sorted(level, key=lambda row: row.edges[0])
    return ordered


def _beside(a: Row, b: Row) -> bool:
    shared = min(a.edges[3], b.edges[3]) - max(a.edges[1], b.edges[1])
    return a is b or shared > 0.5 * min(a.height, b.height)


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    gutter = _gutter(rows)
    if gutter is None:
        return _paragraphs(rows)
    left = [row for row in rows if row.edges[2] <= gutter]
    right = [row for row in rows if row.edges[0] >= gutter]
    over = [row for row in rows if row not in left and row not in right]
    first = min(row.edges[1] for row in left + right)
    above = [row for row in over if row.edges[1] < first]
    below = [row for row in over if row not in above]
    return [group for part in (above, left, right, below) for group in _paragraphs(part)]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the page falls into two columns of running text; None for forms and plain pages."""
    for edge in sorted({row.edges[0] for row in rows}):
        left = [row for row in rows if row.edges[2] < edge]
        right = [row for row in rows if row.edges[0] >= edge - 1]
        if min(len(left), len(right)) < 3 or len(left) + len(right) < len(rows) - 2:
            continue
        paired = sum(any(_beside(a, b) for b in right) for a in left)
        if paired >= 2 and _is_full(left) and _is_full(right):
            return edge - 1
    return None


def _is_full(rows: Sequence[Row]) -> bool:
    width = max(row.edges[2] for row in rows) - min(row.edges[0] for row in rows)
    full = [row for row in rows if row.edges[2] - row.edges[0] >= _FULL * width]
    return len(full) >= 0.7 * len(rows)


def _paragraphs(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in order, cut where the space between lines is wider than the lines are high."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and row.edges[1] - groups[-1][-1].edges[3] < 1.2 * row.height:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups
