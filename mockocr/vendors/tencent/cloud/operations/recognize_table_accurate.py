"""表格识别（V3） RecognizeTableAccurateOCR: the tables of a picture, with their workbook."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.tables import Cell
from mockocr.vendors.tencent.cloud.action import (
    BOOLEAN,
    INTEGER,
    JPEG_PNG_BMP,
    Action,
    turn_option,
)
from mockocr.vendors.tencent.cloud.rendering import (
    Json,
    percent,
    render_in_order,
    rotation,
)
from mockocr.vendors.tencent.cloud.tables import cell_members, detections, tables_of, workbook_data

ASPECT = 3
"""doc: the longer side is less than three times the shorter one."""

ACTION = Action(
    "RecognizeTableAccurateOCR",
    "表格识别（V3）",
    86721,
    JPEG_PNG_BMP,
    own={"PdfPageNumber": INTEGER, "UseNewModel": BOOLEAN},
)


def parse(request: Request) -> OcrRequest[None]:
    """One picture or page of a PDF; both models are the same reader."""
    fields = ACTION.fields(request)
    options = ReadOptions(turn=turn_option(request), rules=True)
    return ACTION.ocr_request(fields, None, options, pdf=True)


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """Tables and other text; `ApiError(NOTHING_FOUND)` for a picture without text, `IMAGE_SIZE` for
    one that is too long.
    """
    image, recognition = single_result(results)
    _check_aspect(image)
    tables = tables_of(recognition)
    found = detections(recognition, tables, _cell)
    data, why = workbook_data(tables)
    members = {
        "TableDetections": found,
        "Data": data,
        "PdfPageSize": image.pages,
        "Angle": rotation(recognition),
    }
    return render_in_order(request, members, why=why)


def _check_aspect(image: Image) -> None:
    shorter, longer = sorted((image.width, image.height))
    if longer > ASPECT * shorter:
        detail = f"the picture has {image.width} x {image.height} pixels; 3:1 is the longest"
        raise ApiError(ErrorKind.IMAGE_SIZE, detail)


def _cell(cell: Cell) -> Json:
    return cell_members(cell, percent(cell.confidence) if cell.words else 0)


OPERATION = ACTION.operation("recognize_table_accurate", parse, render)
