"""Columns and rows of a table that are not drawn: pieces of text that stand one below the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mockocr.documents.pieces import Piece

Row = Sequence[Piece]

_NARROWEST = 0.5
"""Text heights of white between two columns."""
_CROSSING = 0.12
"""The share of the rows that may stand in the white between two columns, as a title does."""


def edges(rows: Sequence[Row], height: float) -> list[float]:
    """The edges of the columns of these rows: the left end, the middle of each white between two
    columns, and the right end; only the ends if there is one column.
    """
    several = [row for row in rows if len(row) >= 2]
    counted = several or rows
    pieces = [piece for row in counted for piece in row]
    if not pieces:
        return []
    allowed = int(_CROSSING * len(counted))
    points = sorted({p.left for p in pieces} | {p.right for p in pieces})
    found, white = [points[0]], 0.0
    started = False
    for left, right in itertools.pairwise(points):
        middle = (left + right) / 2
        crossing = sum(1 for row in counted if any(p.left < middle < p.right for p in row))
        if crossing <= allowed:
            white = white or left
            if right - white >= _NARROWEST * height:
                started = True
        else:
            if started and white > points[0]:
                found.append((white + left) / 2)
            white, started = 0.0, False
    found.append(points[-1])
    return found


def reach(columns: Sequence[float], piece: Piece) -> tuple[int, int]:
    """The first and last column that the piece stands in."""
    touched = [
        index
        for index, (left, right) in enumerate(itertools.pairwise(columns))
        if min(right, piece.right) - max(left, piece.left) > 0.5 * piece.height
    ]
    return (touched[0], touched[-1]) if touched else (0, 0)
