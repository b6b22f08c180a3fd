"""Tables that are drawn with level rules only: below each row, or around and under the header."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from mockocr.documents.pieces import Piece, rows_of
from mockocr.documents.tables import columns as column_finding
from mockocr.documents.tables.bands import alternates, row_edges
from mockocr.documents.tables.grid import Grid
from mockocr.documents.tables.rulings import Rule, clusters

_ENDS = 1.0
"""Text heights by which the ends of the rules of one table differ."""
_FILLED = 0.5
"""The share of the cells of a table that hold something."""
_EMPTY = 1.2
"""Text heights of an empty band that is between two tables."""
_TITLE = 2.4
"""Text heights of a band that may hold a single text: the title of a section."""
_WHITE = 1.8
"""Heights of the text above, of white between two rows of one table."""
_ROWS = 0.6
"""The share of the rows of text that stand in several columns."""


def grids(level: Sequence[Rule], pieces: Sequence[Piece], height: float) -> list[Grid]:
    """The tables between rules that start and end alike."""
    found = []
    for group in _alike(level, height):
        left = min(rule.start for rule in group) - height
        right = max(rule.end for rule in group) + height
        within = [p for p in pieces if left < p.left and p.right < right]
        for rules in _stacks(clusters(group, height), within, height):
            grid = _grid(rules, left, right, within, height)
            if grid is not None:
                found.append(grid)
    return found


def _alike(level: Sequence[Rule], height: float) -> list[list[Rule]]:
    """The rules by their ends, at least two that agree."""
    groups: list[list[Rule]] = []
    for rule in level:
        for group in groups:
            first = group[0]
            if (
                abs(first.start - rule.start) <= _ENDS * height
                and abs(first.end - rule.end) <= _ENDS * height
            ):
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 2]


def _stacks(rules: Sequence[float], pieces: Sequence[Piece], height: float) -> list[list[float]]:
    """The rules of each table: cut where a band has no columns."""
    found: list[list[float]] = [[rules[0]]]
    for top, bottom in itertools.pairwise(rules):
        lines = rows_of(p for p in pieces if top < p.middle < bottom)
        several = sum(1 for line in lines if len(line) >= 2)
        if lines:
            single = len(lines) == 1 and bottom - top < _TITLE * height
            is_even = several >= _ROWS * len(lines) or (several > 0 and len(lines) <= 4)
            is_band = single or (is_even and _is_tight(lines))
        else:
            is_band = bottom - top < _EMPTY * height
        if is_band:
            found[-1].append(bottom)
        else:
            found.append([bottom])
    return [rules for rules in found if len(rules) >= 2]


def _is_tight(lines: Sequence[Sequence[Piece]]) -> bool:
    """True if no white divides the lines into two tables or paragraphs."""
    return all(
        min(p.top for p in below) - max(p.bottom for p in above) < _WHITE * above[0].height
        for above, below in itertools.pairwise(lines)
    )


def _grid(
    rules: Sequence[float], left: float, right: float, pieces: Sequence[Piece], height: float
) -> Grid | None:
    inside = [p for p in pieces if rules[0] < p.middle < rules[-1]]
    lines = rows_of(inside)
    if alternates(lines):
        return None
    columns = column_finding.edges(lines, height)
    if len(columns) < 3 or sum(1 for line in lines if len(line) >= 2) < 2:
        return None
    columns = [min(columns[0], left + height), *columns[1:-1], max(columns[-1], right - height)]
    rows = row_edges(rules, columns, inside)
    if len(rows) < 3:
        return None
    places = {Grid(rows, columns, inside).place(p) for p in inside}
    if len(places) < _FILLED * (len(rows) - 1) * (len(columns) - 1):
        return None
    grid = Grid(rows, columns, inside, is_ruled=False)
    grid.spans = [(row, first, 1, last - first + 1) for row, first, last in _wide(grid)]
    return grid


def _wide(grid: Grid) -> list[tuple[int, int, int]]:
    """Row, first and last column of the texts that stand in several columns, if nothing else
    stands in these.
    """
    places = [grid.place(piece) for piece in grid.pieces]
    held = Counter(places)
    found = []
    for piece, (row, column) in zip(grid.pieces, places, strict=True):
        first, last = column_finding.reach(grid.columns, piece)
        others = sum(held[row, c] for c in range(first, last + 1)) - (first <= column <= last)
        if last > first and not others:
            found.append((row, first, last))
    return found
