"""The text of a page with `isTable`: rows from the top, a tab after each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockocr.core.recognition import Line, Recognition
from mockocr.documents.tables import Table, find_tables

_SAME_ROW = 0.5
"""Share of the lower line's height by which two lines of one row overlap at least."""
Row = tuple[float, list[str]]
"""The middle of a row in pixels from the top, and its cells from the left."""


def table_text(recognition: Recognition, end: str) -> str:
    """doc: rows are read from left to right, line by line. observed: each row ends with a tab.

    The cells are those of the tables on the page; other lines form rows where they are level.
    """
    tables = find_tables(recognition)
    free = [line for line in recognition.lines if line.words and not _is_within(line, tables)]
    rows = [row for table in tables for row in _table_rows(table)]
    rows += _level_rows(free)
    rows.sort(key=lambda row: row[0])
    return "".join("".join(cell + "\t" for cell in cells) + end for _, cells in rows)


def _table_rows(table: Table) -> Iterator[Row]:
    for number in range(table.row_count):
        cells = [cell for cell in table.cells if cell.row == number]
        filled = [cell for cell in cells if cell.text]
        if filled:
            middle = sum(cell.quad.center.y for cell in filled) / len(filled)
            yield middle, [cell.text.replace("\n", " ") for cell in cells]


def _is_within(line: Line, tables: Sequence[Table]) -> bool:
    center = line.quad.center
    for table in tables:
        left, top, right, bottom = table.quad.extent
        if left <= center.x <= right and top <= center.y <= bottom:
            return True
    return False


def _level_rows(lines: Sequence[Line]) -> Iterator[Row]:
    rest = sorted(lines, key=lambda line: line.quad.center.y)
    while rest:
        first = rest[0]
        row = [line for line in rest if line is first or _overlap(first, line) >= _SAME_ROW]
        rest = [line for line in rest if line not in row]
        row.sort(key=lambda line: line.quad.extent[0])
        yield first.quad.center.y, [line.text for line in row]


def _overlap(one: Line, other: Line) -> float:
    _, top, _, bottom = one.quad.extent
    _, other_top, _, other_bottom = other.quad.extent
    shared = min(bottom, other_bottom) - max(top, other_top)
    return shared / max(min(bottom - top, other_bottom - other_top), 1.0)
