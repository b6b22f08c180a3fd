"""Finds the tables of a page: first those that are drawn, then those that only stand in columns."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import Line, Recognition, Segment
from mockocr.documents.page_frame import frame_of
from mockocr.documents.pieces import Piece, pieces_of, text_height
from mockocr.documents.tables import aligned, lined, ruled
from mockocr.documents.tables.grid import Grid, table_of
from mockocr.documents.tables.rulings import frames, straightened
from mockocr.documents.tables.values import Table

_TITLE = 1.5
"""Text heights of white between a title and its table."""
_LONGEST = 60
"""Characters of a title."""
_ENDS = (".", "。", ";", "；", ":", "：", ",", "，")


def find_tables(
    recognition: Recognition, rules: Sequence[Segment] | None = None
) -> tuple[Table, ...]:
    """The tables from top to bottom; `rules` are those of the recognition unless given.

    Ask the reader for rules (`ReadOptions.rules`): without them only the places of words tell
    where cells are.
    """
    drawn = recognition.rules if rules is None else rules
    if not recognition.lines:
        return ()
    frame = frame_of(recognition, drawn)
    height = text_height(recognition.lines)
    level, upright = straightened(drawn, recognition.lines, frame, height)
    borders = [(rule.place, rule.start, rule.end) for rule in upright]
    pieces = pieces_of(recognition.lines, frame, borders)
    found: list[Grid] = []
    for group in frames(level, upright, height):
        drawn_grids = ruled.grids(group, pieces, height)
        for grid in drawn_grids:
            found.append(grid)
            pieces = _without(pieces, grid.pieces)
        if drawn_grids:
            level = [rule for rule in level if rule not in group.level]
    for grid in lined.grids(level, pieces, height):
        found.append(grid)
        pieces = _without(pieces, grid.pieces)
    found += aligned.grids(pieces, height)
    found.sort(key=lambda grid: (grid.rows[0], grid.columns[0]))
    return tuple(table_of(grid, frame, _title(grid, pieces, height)) for grid in found)


def _title(grid: Grid, pieces: Sequence[Piece], height: float) -> Line | None:
    """The line that stands alone right above a table, within its width, and is no sentence."""
    left, right, top = grid.columns[0] - height, grid.columns[-1] + height, grid.rows[0]
    above = [p for p in pieces if -0.3 * height < top - p.bottom < _TITLE * height]
    if len(above) != 1:
        return None
    (piece,) = above
    is_alone = len(piece.words) == len(piece.line.words)
    is_within = left < piece.left and piece.right < right
    is_short = len(piece.text) <= _LONGEST and not piece.text.endswith(_ENDS)
    return piece.line if is_alone and is_within and is_short else None


def _without(pieces: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    gone = {id(piece) for piece in taken}
    return [piece for piece in pieces if id(piece) not in gone]
