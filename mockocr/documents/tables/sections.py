"""Divides what one frame of rules draws into tables: a form is one frame around several of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mockocr.documents.pieces import rows_of
from mockocr.documents.tables.grid import Grid, Span

_FULL = 0.7
"""The share of the boxes in which each line of a row stands."""
_SHORT = 60
"""Characters of a text across all columns that may be the title of a part of a table."""


def sections(grid: Grid) -> list[Grid]:
    """The tables of a grid, from top to bottom: rows that share edges of columns belong to one.

    Texts across all columns divide tables if they are long; a short one is a title in a table.
    """
    drawn = [_edges(grid, row) for row in range(grid.row_count)]
    groups: list[list[int]] = []
    waiting: list[int] = []
    for row, edges in enumerate(drawn):
        if not edges:
            # a long text takes the titles before it along
            waiting = [] if _is_long(grid, row) else [*waiting, row]
            if _is_long(grid, row) and groups and groups[-1]:
                groups.append([])
            continue
        shared = groups and any(edges & drawn[above] for above in groups[-1])
        if shared:
            groups[-1] += [*waiting, row]
        else:
            groups.append([*(w for w in waiting[-1:] if w == row - 1), row])
        waiting = []
    groups = [group for group in groups if group]
    if groups and waiting and waiting[0] == groups[-1][-1] + 1:
        groups[-1] += waiting
    found = [_part(grid, group) for group in groups]
    return [part for part in found if part.row_count * part.column_count >= 4]


def _edges(grid: Grid, row: int) -> set[int]:
    """The inner edges of columns that are drawn in a row."""
    edges = set(range(1, grid.column_count))
    for top, left, down, across in grid.spans:
        if top <= row < top + down:
            edges -= set(range(left + 1, left + across))
    return edges


def _is_long(grid: Grid, row: int) -> bool:
    pieces = [p for p in grid.pieces if grid.place(p)[0] == row]
    return len(pieces) > 2 or sum(len(p.text) for p in pieces) > _SHORT


def _part(grid: Grid, rows: Sequence[int]) -> Grid:
    """The grid of some rows that follow one another, with the columns that are drawn in these."""
    first, last = rows[0], rows[-1]
    kept = sorted({0, grid.column_count}.union(*(_edges(grid, row) for row in rows)))
    column = {old: new for new, old in enumerate(kept)}
    spans: list[Span] = []
    for top, left, down, across in grid.spans:
        if first <= top <= last:
            down = min(down, last + 1 - top)
            span = top - first, column[left], down, column[left + across] - column[left]
            if span[2] * span[3] > 1:
                spans.append(span)
    edges = grid.rows[first : last + 2]
    pieces = [p for p in grid.pieces if first <= grid.place(p)[0] <= last]
    lines = rows_of(pieces)
    if (
        first == last
        and len(lines) >= 2
        and all(len(line) >= _FULL * (len(kept) - 1) for line in lines)
    ):
        # one row of boxes, each with its name and what was filled in below it
        between = [
            (max(p.bottom for p in above) + min(p.top for p in below)) / 2
            for above, below in itertools.pairwise(lines)
        ]
        edges = [edges[0], *between, edges[-1]]
    return Grid(edges, [grid.columns[c] for c in kept], pieces, spans, is_ruled=True)
