"""Tables that are not drawn, or only with level rules: rows whose pieces stand in columns."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence

from mockocr.documents.pieces import Piece, rows_of
from mockocr.documents.tables import columns as column_finding
from mockocr.documents.tables.bands import alternates
from mockocr.documents.tables.grid import Grid
from mockocr.documents.tables.headers import is_value

Row = list[Piece]

_APART = 1.8
"""Heights of a row of white below which a table ends."""
_CONTINUED = 0.7
"""Heights of white above a row that goes on with the cell above."""
_FULL = 0.6
"""The share of the rows of a table that have several pieces."""
_FILLED = 0.5
"""The share of the cells of a table that hold something."""
_KEYED = re.compile(r"[:：]\s*$|[:：]\s+\S|\w#\s*\d")
"""A key, perhaps with its value."""
_PROSE = 22
"""Characters a piece, on average, above which columns are prose."""


def grids(pieces: Sequence[Piece], height: float) -> list[Grid]:
    """The tables among pieces that stand in no drawn table, from top to bottom."""
    rows = rows_of(pieces)
    found: list[Grid] = []
    index = 0
    while index < len(rows):
        end = _end(rows, index, height)
        grid = _grid(rows[index:end], height) if end - index >= 2 else None
        if grid is not None:
            found.append(grid)
            index = end
        else:
            index += 1
    return found


def _end(rows: Sequence[Row], start: int, height: float) -> int:
    """The index after the last row of the table that begins at `start`; `start` if none does."""
    if len(rows[start]) < 2 or _is_keyed(rows[start]):
        return start
    taken, end = [rows[start]], start + 1
    columns = len(column_finding.edges(taken, height))
    for index in range(start + 1, len(rows)):
        above, row = rows[index - 1], rows[index]
        white = _top(row) - _bottom(above)
        if white > _APART * max(height, _row_height(above)):
            break
        if _is_keyed(row):
            break
        if len(row) < 2:
            if white > _CONTINUED * height and not _goes_on(rows, index):
                break
            taken.append(row)
            continue
        now = len(column_finding.edges([*taken, row], height))
        if now < columns and not (end - start == 1 and now > 2):
            break
        taken.append(row)
        columns, end = now, index + 1
    # rows of one piece directly below the last belong to it
    while end < len(rows) and len(rows[end]) == 1 and _is_below(rows[end][0], rows[end - 1]):
        end += 1
    return end


def _is_keyed(row: Row) -> bool:
    """True for a key with its value, or several of them, which are no row of a table."""
    keyed = sum(1 for piece in row if _KEYED.search(piece.text))
    ends = len(row) == 2 and row[0].text.rstrip().endswith("#")
    return ends or 2 * keyed >= len(row) > 0


def _goes_on(rows: Sequence[Row], index: int) -> bool:
    return index + 1 < len(rows) and len(rows[index + 1]) >= 2


def _is_below(piece: Piece, row: Row) -> bool:
    near = piece.top - _bottom(row) <= 0.35 * piece.height
    return near and any(abs(piece.left - p.left) < 0.5 * p.height for p in row)


def _grid(rows: Sequence[Row], height: float) -> Grid | None:
    columns = column_finding.edges(rows, height)
    full = [row for row in rows if len(row) >= 2]
    if len(columns) < 3 or len(full) < 2:
        return None
    texts = [piece.text for row in full for piece in row]
    values = sum(1 for text in texts if is_value(text))
    if statistics.mean(map(len, texts)) > _PROSE and values < 0.2 * len(texts):
        return None
    if len(rows) == 2 and (len(columns) < 4 or len(rows[0]) != len(rows[1])):
        return None
    if len(full) < _FULL * len(rows):
        return None
    if alternates(rows):
        return None
    merged = _merged(rows, columns)
    filled = {(i, column_finding.reach(columns, p)[0]) for i, row in enumerate(merged) for p in row}
    if len(filled) < _FILLED * len(merged) * (len(columns) - 1):
        return None
    lines = [min(p.top for p in merged[0])]
    for above, below in itertools.pairwise(merged):
        lines.append((max(p.bottom for p in above) + min(p.top for p in below)) / 2)
    lines.append(max(p.bottom for p in merged[-1]))
    pieces = [piece for row in merged for piece in row]
    grid = Grid(lines, columns, pieces)
    for index, row in enumerate(merged):
        for piece in row:
            first, last = column_finding.reach(columns, piece)
            if last > first:
                grid.spans.append((index, first, 1, last - first + 1))
    return grid


def _merged(rows: Sequence[Row], columns: Sequence[float]) -> list[Row]:
    """The rows, of which those that go on with the row above are joined with it."""
    found: list[Row] = []
    for row in rows:
        if found and len(row) == 1 and _is_below(row[0], found[-1]):
            found[-1] = [*found[-1], *row]
        else:
            found.append(list(row))
    return found


def _top(row: Row) -> float:
    return min(piece.top for piece in row)


def _bottom(row: Row) -> float:
    return max(piece.bottom for piece in row)


def _row_height(row: Row) -> float:
    return statistics.median(piece.height for piece in row)
