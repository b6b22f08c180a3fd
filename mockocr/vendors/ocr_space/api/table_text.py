"""The text of a page with `isTable`: rows from the top, a tab after each cell."""

from __future__ import annotations

from collections.abc import Iterator

from mockocr.core.recognition import Line, Recognition

_SAME_ROW = 0.5
"""Share of the lower line's height by which two lines of one row overlap at least."""


def table_text(recognition: Recognition, end: str) -> str:
    """doc: rows are read from left to right, line by line. observed: each row ends with a tab."""
    return "".join("".join(line.text + "\t" for line in row) + end for row in _rows(recognition))


def _rows(recognition: Recognition) -> Iterator[list[Line]]:
    rest = sorted(
        (line for line in recognition.lines if line.words), key=lambda line: line.quad.center.y
    )
    while rest:
        first = rest[0]
        row = [line for line in rest if line is first or _overlap(first, line) >= _SAME_ROW]
        rest = [line for line in rest if line not in row]
        yield sorted(row, key=lambda line: line.quad.extent[0])


def _overlap(one: Line, other: Line) -> float:
    _, top, _, bottom = one.quad.extent
    _, other_top, _, other_bottom = other.quad.extent
    shared = min(bottom, other_bottom) - max(top, other_top)
    return shared / max(min(bottom - top, other_bottom - other_top), 1.0)
