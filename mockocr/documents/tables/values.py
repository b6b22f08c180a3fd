"""A table as values: a grid of cells with the words that they hold."""

from __future__ import annotations

import msgspec

from mockocr.core.recognition import Line, Quad, Word


class Cell(msgspec.Struct, frozen=True):
    """One cell; `row` and `column` count from 0, and a span is at least 1.

    `words` are the words that stand in it, in reading order: those of the recognition, except
    that a word which crosses the border of two cells is cut. `text` has a line feed where a line
    of the cell ends; it is empty for an empty cell. `confidence` is 0..1, the mean of the words,
    and 1 for an empty cell.
    """

    row: int
    column: int
    quad: Quad
    words: tuple[Word, ...] = ()
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    confidence: float = 1.0
    is_header: bool = False


class Table(msgspec.Struct, frozen=True):
    """One table. `cells` are in the order of rows, then columns; every place of the grid belongs
    to exactly one of them.

    `is_ruled` tells whether its cells are drawn; `title` is the line above that names it.
    """

    quad: Quad
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    is_ruled: bool = False
    title: Line | None = None

    @property
    def confidence(self) -> float:
        """0..1, the mean of the cells that hold text."""
        filled = [cell.confidence for cell in self.cells if cell.words]
        return sum(filled) / len(filled) if filled else 0.0

    def cell(self, row: int, column: int) -> Cell:
        """The cell that covers this place of the grid; IndexError outside of it."""
        for cell in self.cells:
            down, across = row - cell.row, column - cell.column
            if 0 <= down < cell.row_span and 0 <= across < cell.column_span:
                return cell
        raise IndexError(f"no row {row}, column {column} in {self.row_count}x{self.column_count}")
