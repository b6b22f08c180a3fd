"""Puts the lines of a page in reading order: columns where there are columns, rows from left to
right everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import mean
from mockocr.recognition.conversion import Row

_WIDE = 7.0
"""A column of running text is this many line heights wide at least."""
_FULL = 0.6
"""A column's lines fill this share of its width, the cells of a form or receipt do not."""
_LINES, _PAIRED = 3, 2
"""A column has so many lines, and beside so many of them stands one of another column."""
_OVER = 0.15
"""The share of lines, two in any case, that may run over several columns: headings."""


def order(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """The rows in reading order, each with the number of its block."""
    blocks = _blocks(_sorted(rows))
    return [(number, row) for number, block in enumerate(blocks) for row in block]


def _sorted(rows: Sequence[Row]) -> list[Row]:
    """Top to bottom; rows side by side from left to right."""
    waiting = sorted(rows, key=lambda row: (row.edges[1] + row.edges[3]) / 2)
    ordered: list[Row] = []
    while waiting:
        first = waiting[0]
        level = [row for row in waiting if beside(first, row)]
        taken = {id(row) for row in level}
        waiting = [row for row in waiting if id(row) not in taken]
        ordered += sorted(level, key=lambda row: row.edges[0])
    return ordered


def beside(a: Row, b: Row) -> bool:
    """True if two pieces stand in one row of the page."""
    shared = min(a.edges[3], b.edges[3]) - max(a.edges[1], b.edges[1])
    return a is b or shared > 0.5 * min(a.height, b.height)


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    gutter = _gutter(rows)
    if gutter is None:
        return _paragraphs(rows)
    left = [row for row in rows if row.edges[2] <= gutter]
    right = [row for row in rows if row.edges[0] >= gutter]
    over = [row for row in rows if row.edges[0] < gutter < row.edges[2]]
    first = min(row.edges[1] for row in left + right)
    above = [row for row in over if row.edges[1] < first]
    below = [row for row in over if row.edges[1] >= first]
    # the first gutter parts the leftmost column from the others, which may be several
    return [*_paragraphs(above), *_paragraphs(left), *_blocks(right), *_paragraphs(below)]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the leftmost column of running text ends; None for forms and plain pages."""
    for edge in sorted({row.edges[0] for row in rows}):
        left = [row for row in rows if row.edges[2] < edge]
        right = [row for row in rows if row.edges[0] >= edge - 1]
        over = len(rows) - len(left) - len(right)
        if min(len(left), len(right)) < _LINES or over > max(2, _OVER * len(rows)):
            continue
        if not _is_full(left) or not (_is_full(right) or _gutter(right) is not None):
            continue
        if sum(any(beside(a, b) for b in right) for a in left) >= _PAIRED:
            return edge - 1
    return None


def _is_full(rows: Sequence[Row]) -> bool:
    """True if the rows are running text; labels of a form are short or end in a colon."""
    width = max(row.edges[2] for row in rows) - min(row.edges[0] for row in rows)
    labels = [row for row in rows if row.text.endswith((":", "："))]
    if width < _WIDE * mean(row.height for row in rows) or len(labels) * 2 > len(rows):
        return False
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
