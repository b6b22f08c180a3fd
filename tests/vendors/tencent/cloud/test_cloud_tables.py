"""What the actions for tables answer: cells, text outside of tables, and a workbook that opens."""

from __future__ import annotations

import base64
import io
import sys
from typing import Any

import openpyxl
import pytest
from PIL import Image as Pillow

from mockocr.core.recognition import Point, Quad, Recognition, Segment, line_of_text
from tests.vendors.tencent.cloud.caller import HELLO as PICTURE
from tests.vendors.tencent.cloud.caller import Server, code, posted, server


def _line(text: str, x: float, y: float) -> Any:
    return line_of_text(text, Quad.upright(x, y, x + 20 * len(text), y + 30), 0.9)


def _segment(x1: float, y1: float, x2: float, y2: float) -> Segment:
    return Segment(Point(x1, y1), Point(x2, y2))


RULED = Recognition(
    (
        _line("表1", 10, 10),
        _line("ABCDEFGHIJ", 130, 110),
        _line("CD", 120, 160),
        _line("34", 320, 160),
    ),
    engine="scripted",
    rules=(
        *(_segment(100, y, 500, y) for y in (100, 150, 200, 250)),
        *(_segment(x, 100, x, 250) for x in (100, 500)),
        _segment(300, 150, 300, 250),
    ),
)
"""A title over a table: a cell across both columns, two cells with text, and two empty ones."""


def reading(recognition: Recognition) -> Server:
    to = server()
    to.engine.recognition = recognition
    return to


def said(action: str, recognition: Recognition = RULED, **fields: Any) -> dict[str, Any]:
    answer = posted({**PICTURE, **fields}, action, to=reading(recognition))
    assert code(answer) == "", answer.body
    response: dict[str, Any] = answer.json["Response"]
    return response


def places(table: dict[str, Any]) -> list[tuple[int, int, int, int, str]]:
    return [(c["ColTl"], c["RowTl"], c["ColBr"], c["RowBr"], c["Text"]) for c in table["Cells"]]


CELLS = [
    (0, 0, 2, 1, "ABCDEFGHIJ"),
    (0, 1, 1, 2, "CD"),
    (1, 1, 2, 2, "34"),
    (0, 2, 1, 3, ""),
    (1, 2, 2, 3, ""),
]


@pytest.mark.parametrize("action", ["RecognizeTableOCR", "RecognizeTableAccurateOCR"])
def test_a_drawn_table_has_its_cells_and_the_title_stands_alone(action: str) -> None:
    title, table = said(action)["TableDetections"]
    assert (title["Type"], places(title)) == (0, [(-1, -1, -1, -1, "表1")])
    assert (table["Type"], places(table)) == (1, CELLS)
    assert table["TableCoordPoint"] == [
        {"X": 100, "Y": 100},
        {"X": 500, "Y": 100},
        {"X": 500, "Y": 250},
        {"X": 100, "Y": 250},
    ]


def test_the_members_of_tables_and_cells_are_those_of_each_page() -> None:
    older = said("RecognizeTableOCR")["TableDetections"][1]
    assert list(older) == ["Titles", "Cells", "Type", "TableCoordPoint"]
    assert older["Titles"] is None
    cell = dict(older["Cells"][1])
    assert cell.pop("Polygon") == [
        {"X": 100, "Y": 150},
        {"X": 300, "Y": 150},
        {"X": 300, "Y": 200},
        {"X": 100, "Y": 200},
    ]
    assert cell == {
        "ColTl": 0,
        "RowTl": 1,
        "ColBr": 1,
        "RowBr": 2,
        "Text": "CD",
        "Type": "body",
        "Confidence": 90.0,
        "Contents": [{"ParagNo": 0, "WordSize": 30}],
        "AdvancedInfo": "",
    }
    newer = said("RecognizeTableAccurateOCR")["TableDetections"][1]
    assert list(newer) == ["Cells", "Type", "TableCoordPoint"]
    assert list(newer["Cells"][0]) == [
        *("ColTl", "RowTl", "ColBr", "RowBr", "Text", "Type", "Confidence", "Polygon"),
    ]
    assert [cell["Confidence"] for cell in newer["Cells"]] == [90, 90, 90, 0, 0]
    assert all(isinstance(cell["Confidence"], int) for cell in newer["Cells"])


@pytest.mark.parametrize("action", ["RecognizeTableOCR", "RecognizeTableAccurateOCR"])
def test_data_is_a_workbook_that_opens(action: str) -> None:
    data = base64.b64decode(said(action)["Data"])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Sheet1"]
    assert sheet["A1"].value == "ABCDEFGHIJ"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert [sheet["A2"].value, sheet["B2"].value, sheet["A3"].value] == ["CD", "34", None]


def test_text_without_a_table_is_listed_and_the_workbook_is_empty() -> None:
    found = said("RecognizeTableOCR", Recognition((_line("没有表格", 10, 10),)))
    (text,) = found["TableDetections"]
    assert (text["Type"], places(text)) == (0, [(-1, -1, -1, -1, "没有表格")])
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(found["Data"])))
    assert book.active is not None
    assert book.active.dimensions == "A1:A1"


def test_a_picture_without_text_is_refused() -> None:
    to = reading(Recognition())
    assert code(posted(PICTURE, "RecognizeTableOCR", to=to)) == "FailedOperation.OcrFailed"
    assert to.audits[-1].why == "the picture holds no readable text"


def test_a_long_picture_is_refused_by_the_accurate_action_alone() -> None:
    made = io.BytesIO()
    Pillow.new("L", (301, 100), 255).save(made, "PNG")
    long = {"ImageBase64": base64.b64encode(made.getvalue()).decode()}
    to = server()
    refused = posted(long, "RecognizeTableAccurateOCR", to=to)
    assert code(refused) == "FailedOperation.ImageSizeTooLarge"
    assert to.audits[-1].why == "the picture has 301 x 100 pixels; 3:1 is the longest"
    assert code(posted(long, "RecognizeTableOCR")) == ""


def test_the_angle_of_the_older_action_is_counterclockwise() -> None:
    for turned, expected in ((0.0, 0.0), (10.0, -350.0), (-90.0, -90.0), (180.0, -180.0)):
        found = said("RecognizeTableOCR", Recognition((_line("a", 10, 10),), angle=turned))
        assert found["Angle"] == expected
        assert str(found["Angle"]) == str(expected)


def test_the_reader_is_asked_for_drawn_lines() -> None:
    to = server()
    posted(PICTURE, "RecognizeTableAccurateOCR", to=to)
    assert to.engine.asked[-1].rules


def test_without_openpyxl_data_is_empty_and_the_journal_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    to = reading(RULED)
    answer = posted(PICTURE, "RecognizeTableOCR", to=to)
    assert answer.json["Response"]["Data"] == ""
    assert to.audits[-1].why == (
        "Data is empty: making Excel workbooks needs openpyxl: pip install 'mockocr[xlsx]'"
    )
