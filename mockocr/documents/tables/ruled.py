"""Tables whose cells are drawn, all or in part."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from mockocr.documents.pieces import Piece, rows_of
from mockocr.documents.tables import columns as column_finding
from mockocr.documents.tables.bands import row_edges
from mockocr.documents.tables.grid import Grid, Span
from mockocr.documents.tables.headers import is_value
from mockocr.documents.tables.rulings import Frame, Rule, clusters, covered
from mockocr.documents.tables.sections import sections

_BORDER = 0.5
"""Two places are one cell if less than this share of the edge between them is drawn."""
_NARROWEST, _LOWEST = 0.9, 0.8
"""Text heights: smaller columns and rows without text are the space between double rules."""
_OPEN = 1.0
"""Text heights that rules must reach beyond the last crossing for an open side to be a column."""
_FRAGMENT = 0.12
"""The share of the width of a frame below which a level rule is no border of it."""


def grids(frame: Frame, pieces: Sequence[Piece], height: float) -> list[Grid]:
    """The tables that touching rules draw."""
    whole = _whole(frame, pieces, height)
    return sections(whole) if whole is not None else []


def _whole(frame: Frame, pieces: Sequence[Piece], height: float) -> Grid | None:
    """All that touching rules frame, None if they draw no columns or rows."""
    if not frame.level or not frame.upright:
        return None
    left, right = min(r.start for r in frame.level), max(r.end for r in frame.level)
    top, bottom = min(r.start for r in frame.upright), max(r.end for r in frame.upright)
    columns = _with_open_sides(clusters(frame.upright, height), left, right, height)
    rows = [
        place
        for place in clusters(frame.level, height)
        if covered(frame.level, place, left, right, height) >= _FRAGMENT
    ]
    rows = _with_open_sides(rows, top, bottom, height)
    if len(columns) < 2 or len(rows) < 2:
        return None
    inside = [
        p for p in pieces if columns[0] < p.center < columns[-1] and rows[0] < p.middle < rows[-1]
    ]
    if not inside:
        return None
    columns = _thinned(columns, [p.center for p in inside], _NARROWEST * height)
    rows = _thinned(rows, [p.middle for p in inside], _LOWEST * height)
    drawn_columns, drawn_rows = set(columns), set(rows)
    columns = _with_text_columns(columns, inside, height)
    rows = row_edges(rows, columns, inside)
    if len(columns) < 3 or len(rows) < 2:
        return None
    grid = Grid(rows, columns, inside, is_ruled=True)
    grid.spans = _spans(grid, frame, drawn_rows, drawn_columns, height)
    return grid


def _thinned(edges: Sequence[float], texts: Sequence[float], least: float) -> list[float]:
    """The edges, of which two that are close with no text between them are one."""
    kept = [edges[0]]
    for edge in edges[1:]:
        is_empty = not any(kept[-1] < text < edge for text in texts)
        if edge - kept[-1] < least and is_empty:
            # the outer edges stay where they are
            if len(kept) > 1:
                kept[-1] = edge if edge == edges[-1] else (kept[-1] + edge) / 2
            continue
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


def _with_text_columns(
    columns: Sequence[float], pieces: Sequence[Piece], height: float
) -> list[float]:
    """The edges of columns, with more where texts stand in columns between two of them."""
    found = [columns[0]]
    for left, right in itertools.pairwise(columns):
        lines = rows_of(p for p in pieces if left < p.center < right)
        several = [line for line in lines if len(line) >= 2]
        if len(several) >= 2 and len(several) >= 0.5 * len(lines):
            inner = column_finding.edges(several, height)[1:-1]
            found += [edge for edge in inner if left < edge < right]
        found.append(right)
    return found


_Held = dict[tuple[int, int], list[Piece]]
"""The pieces of each place of a grid."""


def _crosses(held: _Held, edge: float, row: int, columns: int) -> bool:
    """True if a text of a row reaches across an edge."""
    return any(
        p.left < edge < p.right for column in range(columns) for p in held.get((row, column), ())
    )


def _spans(
    grid: Grid, frame: Frame, rows: set[float], columns: set[float], height: float
) -> list[Span]:
    """The cells that cover several places, because no edge is drawn between these; `rows` and
    `columns` are the edges that are drawn somewhere.
    """
    parent = {(r, c): (r, c) for r in range(grid.row_count) for c in range(grid.column_count)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            place = parent[place]
        return place

    held: _Held = {}
    for piece in grid.pieces:
        held.setdefault(grid.place(piece), []).append(piece)
    for row, column in parent:
        top, bottom = grid.rows[row], grid.rows[row + 1]
        left, right = grid.columns[column], grid.columns[column + 1]
        if column + 1 < grid.column_count:
            is_drawn = right in columns and _is_drawn(frame.upright, right, top, bottom, height)
            crossed = _crosses(held, right, row, grid.column_count)
            # text on both sides, none of which reaches across, is in two cells
            divides = not crossed and (row, column) in held and (row, column + 1) in held
            if (crossed if right not in columns else not is_drawn) and not divides:
                parent[root((row, column + 1))] = root((row, column))
        if (
            row + 1 < grid.row_count
            and bottom in rows
            and not _is_drawn(frame.level, bottom, left, right, height)
            and not _are_values(held, row, column)
        ):
            parent[root((row + 1, column))] = root((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    return list(_rectangles(groups.values()))


def _rectangles(groups: Iterable[Sequence[tuple[int, int]]]) -> Iterable[Span]:
    for places in groups:
        top, left = min(r for r, _ in places), min(c for _, c in places)
        down = max(r for r, _ in places) - top + 1
        across = max(c for _, c in places) - left + 1
        if len(places) > 1 and down * across == len(places):
            yield top, left, down, across


def _is_drawn(rules: Iterable[Rule], place: float, start: float, end: float, height: float) -> bool:
    return covered(rules, place, start, end, height) >= _BORDER


def _are_values(held: _Held, row: int, column: int) -> bool:
    """True if numbers stand above and below an edge: these are never one text."""
    both = [held.get((r, column), []) for r in (row, row + 1)]
    return all(pieces and all(is_value(p.text) for p in pieces) for pieces in both)
