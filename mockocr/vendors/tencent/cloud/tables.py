"""What both actions for tables answer: cells, the text outside of tables, and the workbook."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.documents.tables import Cell, Table, find_tables
from mockocr.documents.tables.workbook import workbook_of
from mockocr.vendors.tencent.cloud.rendering import Json, corners

TEXT, LINED, LINELESS = 0, 1, 2
"""`Type`: a text outside of tables, a table with drawn lines, one without."""
RenderCell = Callable[[Cell], Json]


def detections(recognition: Recognition, tables: Sequence[Table], render: RenderCell) -> list[Json]:
    """`TableDetections`: the tables with `Cells`, `Type` and `TableCoordPoint`, and each line of
    text outside of them, with the index -1, as a detection of its own (guess: the page tells only
    the index). From top to bottom.

    Raises `ApiError(NOTHING_FOUND)` for a picture without text.
    """
    if not any(line.words for line in recognition.lines):
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no readable text")
    inside = {id(word) for table in tables for cell in table.cells for word in cell.words}
    cut = [cell.quad for table in tables for cell in table.cells if cell.words]
    outside = [
        line
        for line in recognition.lines
        if line.words
        and not any(id(word) in inside for word in line.words)
        and not any(_holds(quad, line) for quad in cut)
    ]
    found = [(t.quad, _detection(t, render)) for t in tables]
    found += [(line.quad, _text(line, render)) for line in outside]
    found.sort(key=lambda pair: (pair[0].extent[1], pair[0].extent[0]))
    return [detection for _, detection in found]


def tables_of(recognition: Recognition) -> tuple[Table, ...]:
    """The tables of the picture, found once for each recognition."""
    return recognition.cached(_tables, None)


def workbook_data(tables: Sequence[Table]) -> tuple[str, str]:
    """`Data`, and why it is empty: the workbook needs the extra `xlsx`."""
    try:
        return base64.b64encode(workbook_of(tables)).decode(), ""
    except ApiError as error:
        return "", f"Data is empty: {error.detail}"


def cell_members(cell: Cell, confidence: float) -> Json:
    """The members that a cell has in the answers of both actions."""
    return {
        "ColTl": cell.column,
        "RowTl": cell.row,
        "ColBr": cell.column + cell.column_span,
        "RowBr": cell.row + cell.row_span,
        "Text": cell.text,
        "Type": "body",
        "Confidence": confidence,
        "Polygon": corners(cell.quad),
    }


def counterclockwise(recognition: Recognition) -> float:
    """`Angle` of RecognizeTableOCR: degrees in (-360, 0], counterclockwise negative."""
    degrees = -recognition.angle % 360
    return -degrees if degrees else 0.0


def _tables(recognition: Recognition, _: None) -> tuple[Table, ...]:
    return find_tables(recognition)


def _detection(table: Table, render: RenderCell) -> Json:
    return {
        "Cells": [render(cell) for cell in table.cells],
        "Type": LINED if table.is_ruled else LINELESS,
        "TableCoordPoint": corners(table.quad),
    }


def _text(line: Line, render: RenderCell) -> Json:
    cell = Cell(-1, -1, line.quad, line.words, line.text, 0, 0, line.confidence)
    return {"Cells": [render(cell)], "Type": TEXT, "TableCoordPoint": corners(line.quad)}


def _holds(quad: Quad, line: Line) -> bool:
    """Whether a line stands in a cell: its words were cut at the borders of cells."""
    left, top, right, bottom = quad.extent
    center = line.quad.center
    return left <= center.x <= right and top <= center.y <= bottom
