"""Tables whose cells are drawn, all or in part."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mockocr.documents.pieces import Piece, rows_of
from mockocr.documents.tables import columns as column_finding
from mockocr.documents.tables.grid import Grid, Span
from mockocr.documents.tables.rulings import Frame, clusters, covered

_BORDER = 0.5
"""Two places are one cell if less than this share of the edge between them is drawn."""
_SMALLEST = 0.5
"""Text heights: rows and columns that are smaller are double rules."""
_OPEN = 1.0
"""Text heights that rules must reach beyond the last crossing for an open side to be a column."""


def grid_of(frame: Frame, pieces: Sequence[Piece], height: float) -> Grid | None:
    """The grid that touching rules draw, None if they frame no table."""
    rows = _wide_enough(clusters(frame.level, height), height)
    columns = _wide_enough(clusters(frame.upright, height), height)
    if len(rows) < 2 or len(frame.upright) == 0:
        return None
    columns = _with_open_sides(
        columns, min(r.start for r in frame.level), max(r.end for r in frame.level), height
    )
    rows = _with_open_sides(
        rows, min(r.start for r in frame.upright), max(r.end for r in frame.upright), height
    )
    if len(columns) < 2:
        return None
    inside = [
        p for p in pieces if columns[0] < p.center < columns[-1] and rows[0] < p.middle < rows[-1]
    ]
    if not inside:
        return None
    if len(columns) == 2:
        inner = column_finding.edges(rows_of(inside), height)
        if len(inner) > 2:
            columns = [columns[0], *inner[1:-1], columns[-1]]
            is_open = True
        else:
            return None
    else:
        is_open = False
    rows = _with_text_rows(rows, columns, inside, height)
    if (len(rows) - 1) * (len(columns) - 1) < 4:
        return None
    drawn = Grid(rows, columns, inside, is_ruled=True)
    if not is_open:
        drawn.spans = _spans(drawn, frame, height)
    return drawn


def _wide_enough(edges: Sequence[float], height: float) -> list[float]:
    kept: list[float] = []
    for edge in edges:
        if not kept or edge - kept[-1] >= _SMALLEST * height:
            kept.append(edge)
    return kept


def _with_open_sides(edges: Sequence[float], low: float, high: float, height: float) -> list[float]:
    """The edges and those that are not drawn: where the rules that cross them end."""
    found = list(edges)
    if not found or found[0] - low > _OPEN * height:
        found.insert(0, low)
    if high - found[-1] > _OPEN * height:
        found.append(high)
    return found


def _with_text_rows(
    rows: Sequence[float], columns: Sequence[float], pieces: Sequence[Piece], height: float
) -> list[float]:
    """The edges of rows, with more where rows of text stand between two rules like a table's."""
    found = [rows[0]]
    for top, bottom in itertools.pairwise(rows):
        inside = [p for p in pieces if top < p.middle < bottom]
        lines = rows_of(inside)
        full = [line for line in lines if len(line) >= max(2, 0.6 * (len(columns) - 1))]
        if len(lines) >= 3 and len(full) >= 0.7 * len(lines):
            for above, below in itertools.pairwise(lines):
                found.append((max(p.bottom for p in above) + min(p.top for p in below)) / 2)
        found.append(bottom)
    return found


def _divides(grid: Grid, edge: float, row: int, column: int) -> bool:
    """True if text stands on both sides of an edge and none of it reaches across."""
    inside = [p for p in grid.pieces if grid.rows[row] < p.middle < grid.rows[row + 1]]
    if any(p.left < edge < p.right for p in inside):
        return False
    sides = {grid.place(p)[1] for p in inside}
    return column in sides and column + 1 in sides


def _spans(grid: Grid, frame: Frame, height: float) -> list[Span]:
    """The cells that cover several places, because no edge is drawn between these."""
    parent = {(r, c): (r, c) for r in range(grid.row_count) for c in range(grid.column_count)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            place = parent[place]
        return place

    drawn_rows = set(clusters(frame.level, height))
    for row, column in parent:
        top, bottom = grid.rows[row], grid.rows[row + 1]
        left, right = grid.columns[column], grid.columns[column + 1]
        if column + 1 < grid.column_count:
            shown = covered(frame.upright, right, top, bottom, height)
            if shown < _BORDER and not _divides(grid, right, row, column):
                parent[root((row, column + 1))] = root((row, column))
        if row + 1 < grid.row_count and bottom in drawn_rows:
            shown = covered(frame.level, bottom, left, right, height)
            if shown < _BORDER:
                parent[root((row + 1, column))] = root((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    found = []
    for places in groups.values():
        top, left = min(r for r, _ in places), min(c for _, c in places)
        down = max(r for r, _ in places) - top + 1
        across = max(c for _, c in places) - left + 1
        if len(places) > 1 and down * across == len(places):
            found.append((top, left, down, across))
    return found
