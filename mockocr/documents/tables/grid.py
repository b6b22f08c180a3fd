"""A grid of row and column edges on the straight page, and the cells with their words in it."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from mockocr.core.recognition import Line
from mockocr.documents.page_frame import PageFrame
from mockocr.documents.pieces import Piece, confidence_of, joined, rows_of
from mockocr.documents.tables.headers import header_rows
from mockocr.documents.tables.values import Cell, Table

Span = tuple[int, int, int, int]
"""row, column, row span, column span."""


class Grid(msgspec.Struct):
    """Edges from top to bottom and from left to right; `spans` are the cells that cover more than
    one place, and `pieces` what stands in the grid.
    """

    rows: list[float]
    columns: list[float]
    pieces: list[Piece]
    spans: list[Span] = msgspec.field(default_factory=list)
    is_ruled: bool = False

    @property
    def row_count(self) -> int:
        return len(self.rows) - 1

    @property
    def column_count(self) -> int:
        return len(self.columns) - 1

    def place(self, piece: Piece) -> tuple[int, int]:
        """The row and column in which the middle of the piece stands."""
        row = bisect.bisect_right(self.rows, piece.middle) - 1
        column = bisect.bisect_right(self.columns, piece.center) - 1
        return (
            min(max(row, 0), self.row_count - 1),
            min(max(column, 0), self.column_count - 1),
        )

    def without_empty_edges(self) -> Grid:
        """The grid without columns and rows at its ends in which nothing stands."""
        return self


def table_of(grid: Grid, frame: PageFrame, title: Line | None = None) -> Table:
    """The table of a grid."""
    spans = _all_spans(grid)
    owner = {
        (row, column): span
        for span in spans
        for row in range(span[0], span[0] + span[2])
        for column in range(span[1], span[1] + span[3])
    }
    held: dict[Span, list[Piece]] = {span: [] for span in spans}
    for piece in grid.pieces:
        held[owner[grid.place(piece)]].append(piece)
    cells = [_cell(grid, span, held[span], frame) for span in sorted(spans)]
    headers = header_rows(cells, grid.row_count, grid.column_count)
    cells = [replace(cell, is_header=cell.row < headers) for cell in cells]
    quad = frame.quad(grid.columns[0], grid.rows[0], grid.columns[-1], grid.rows[-1])
    count = grid.row_count, grid.column_count
    return Table(quad, *count, tuple(cells), grid.is_ruled, title)


def _all_spans(grid: Grid) -> list[Span]:
    taken = {
        (row, column)
        for top, left, down, across in grid.spans
        for row in range(top, top + down)
        for column in range(left, left + across)
    }
    single = [
        (row, column, 1, 1)
        for row in range(grid.row_count)
        for column in range(grid.column_count)
        if (row, column) not in taken
    ]
    return [*grid.spans, *single]


def _cell(grid: Grid, span: Span, pieces: Sequence[Piece], frame: PageFrame) -> Cell:
    row, column, down, across = span
    quad = frame.quad(
        grid.columns[column], grid.rows[row], grid.columns[column + across], grid.rows[row + down]
    )
    lines = rows_of(pieces)
    words = tuple(word for line in lines for piece in line for word in piece.words)
    text = "\n".join(_text(line) for line in lines)
    confidence = confidence_of(words) if words else 1.0
    return Cell(row, column, quad, words, text, down, across, confidence)


def _text(pieces: Iterable[Piece]) -> str:
    return " ".join(joined(piece.words) for piece in pieces)
