"""表格识别（V2） RecognizeTableOCR: the tables of a picture, with their workbook."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.tables import Cell
from mockocr.vendors.tencent.cloud.action import (
    JPEG_PNG_BMP,
    PDF,
    Action,
    Parameter,
    turn_option,
)
from mockocr.vendors.tencent.cloud.rendering import Json, render_in_order
from mockocr.vendors.tencent.cloud.tables import (
    cell_members,
    counterclockwise,
    detections,
    tables_of,
    workbook_data,
)

ACTION = Action(
    "RecognizeTableOCR",
    "表格识别（V2）",
    49525,
    JPEG_PNG_BMP,
    7,
    {**PDF, "TableLanguage": Parameter("string", frozenset({"zh", "jap"}))},
)


def parse(request: Request) -> OcrRequest[None]:
    """One picture or page of a PDF; the engine reads Chinese and English for both languages."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request), rules=True))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """Tables and other text; `ApiError(NOTHING_FOUND)` for a picture without text."""
    image, recognition = single_result(results)
    tables = tables_of(recognition)
    found = [{"Titles": None, **found} for found in detections(recognition, tables, _cell)]
    data, why = workbook_data(tables)
    members = {
        "TableDetections": found,
        "Data": data,
        "PdfPageSize": image.pages,
        "Angle": counterclockwise(recognition),
    }
    return render_in_order(request, members, why=why)


def _cell(cell: Cell) -> Json:
    heights = [word.quad.height for word in cell.words]
    size = round(sum(heights) / len(heights)) if heights else 0
    return {
        **cell_members(cell, cell.confidence * 100 if cell.words else 0.0),
        "Contents": [{"ParagNo": 0, "WordSize": size}] if cell.words else [],
        "AdvancedInfo": "",
    }


OPERATION = ACTION.operation("recognize_table", parse, render)
