"""Columns and rows of a table that are not drawn: pieces of text that stand one below the other."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from mockocr.documents.pieces import Piece

Row = Sequence[Piece]

_NARROWEST = 0.5
"""Text heights of white between two columns."""
_CROSSING = 0.2
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
    lefts, rights = sorted(p.left for p in pieces), sorted(p.right for p in pieces)
    found = [points[0]]
    white: list[tuple[int, float, float]] = []
    for left, right in itertools.pairwise(points):
        middle = (left + right) / 2
        # pieces of one row do not overlap, so that pieces over this place are rows over it
        crossing = bisect.bisect_left(lefts, middle) - bisect.bisect_left(rights, middle)
        if crossing <= allowed:
            white.append((crossing, left, right))
            continue
        found += _between(white, points[0], height)
        white = []
    found.append(points[-1])
    return found


def _between(white: Sequence[tuple[int, float, float]], start: float, height: float) -> list[float]:
    """The middle of the emptiest part of the white between two columns, if it is wide enough."""
    if not white or white[0][1] <= start or white[-1][2] - white[0][1] < _NARROWEST * height:
        return []
    least = min(crossing for crossing, _, _ in white)
    _, left, right = max(
        (part for part in white if part[0] == least), key=lambda part: part[2] - part[1]
    )
    return [(left + right) / 2]


def reach(columns: Sequence[float], piece: Piece) -> tuple[int, int]:
    """The first and last column that the piece stands in."""
    touched = [
        index
        for index, (left, right) in enumerate(itertools.pairwise(columns))
        if min(right, piece.right) - max(left, piece.left) > 0.5 * piece.height
    ]
    return (touched[0], touched[-1]) if touched else (0, 0)
