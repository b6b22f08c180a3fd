"""Tables as Excel workbooks, opened by openpyxl."""

from __future__ import annotations

import io
import sys
from typing import Any

import openpyxl
import pytest

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.recognition import Quad
from mockocr.documents.tables import Cell, Table
from mockocr.documents.tables.workbook import workbook_of

PLACE = Quad.upright(0, 0, 10, 10)


def table(*cells: tuple[Any, ...], rows: int = 2, columns: int = 2) -> Table:
    """Cells are row, column, text, and the spans if they are not 1."""
    made = tuple(Cell(c[0], c[1], PLACE, text=c[2], **dict(c[3:])) for c in cells)
    return Table(PLACE, rows, columns, made)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_each_table_is_a_sheet_of_texts() -> None:
    first = table((0, 0, "品名"), (0, 1, "金额"), (1, 0, "茶"), (1, 1, "3.50"))
    book = opened(workbook_of([first, table((0, 0, "a\nb"), (1, 1, ""))]))
    assert book.sheetnames == ["Sheet1", "Sheet2"]
    assert [[cell.value for cell in row] for row in book["Sheet1"].rows] == [
        ["品名", "金额"],
        ["茶", "3.50"],
    ]
    assert book["Sheet2"]["A1"].value == "a\nb"


def test_a_cell_with_spans_is_merged() -> None:
    spanned = table((0, 0, "标题", ("column_span", 2)), (1, 0, "a"), (1, 1, "b"))
    sheet = opened(workbook_of([spanned]))["Sheet1"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet["A1"].value == "标题"


def test_no_text_becomes_a_formula_or_breaks_the_file() -> None:
    sheet = opened(workbook_of([table((0, 0, "=1+1"), (0, 1, "a\x0bb\x00"))]))["Sheet1"]
    assert (sheet["A1"].data_type, sheet["A1"].value) == ("s", "=1+1")
    assert sheet["B1"].value == "ab"


def test_no_table_makes_an_empty_sheet() -> None:
    assert opened(workbook_of([]))["Sheet1"].dimensions == "A1:A1"


def test_the_same_tables_make_the_same_bytes() -> None:
    same = [table((0, 0, "a"))]
    assert workbook_of(same) == workbook_of(same)


def test_without_openpyxl_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ApiError) as refused:
        workbook_of([])
    assert refused.value.kind is ErrorKind.ENGINE_FAILED
    assert refused.value.detail == (
        "making Excel workbooks needs openpyxl: pip install 'mockocr[xlsx]'"
    )
