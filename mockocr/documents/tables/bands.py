"""Splits the bands between two level rules into rows where several rows of text stand in one."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from mockocr.documents.pieces import Piece, rows_of
from mockocr.documents.tables.headers import is_value

_FULL = 0.6
"""The share of the columns in which a row of text has something if it is a row of the table."""


def row_edges(
    rules: Sequence[float], columns: Sequence[float], pieces: Sequence[Piece]
) -> list[float]:
    """The edges of the rows of a table: its rules, and more where a band holds several rows."""
    found = [rules[0]]
    for top, bottom in itertools.pairwise(rules):
        lines = rows_of(p for p in pieces if top < p.middle < bottom)
        if is_several(lines, columns):
            for above, below in itertools.pairwise(lines):
                found.append((max(p.bottom for p in above) + min(p.top for p in below)) / 2)
        found.append(bottom)
    return found


def is_several(lines: Sequence[Sequence[Piece]], columns: Sequence[float]) -> bool:
    """True if these rows of text are rows of a table, and not the lines of wrapped cells: a column
    has a number in each of them, or most of them stand in most columns.
    """
    if len(lines) < 2:
        return False
    count = len(columns) - 1
    numbers = [{_column(columns, p) for p in line if is_value(p.text)} for line in lines]
    if set.intersection(*numbers) and (count > 1):
        return True
    full = [line for line in lines if len(line) >= max(2, _FULL * count)]
    return len(lines) >= 3 and len(full) >= 0.7 * len(lines)


def _column(columns: Sequence[float], piece: Piece) -> int:
    return bisect.bisect_right(columns, piece.center)


def alternates(rows: Sequence[Sequence[Piece]]) -> bool:
    """True if rows of names and rows of values take turns, as on a card or a form: the names stand
    above their values and not beside them.
    """
    if len(rows) < 4 or any(len(row) < 2 for row in rows[:4]):
        return False
    values = [any(is_value(piece.text) for piece in row) for row in rows[:4]]
    return values in ([False, True, False, True], [True, False, True, False])
