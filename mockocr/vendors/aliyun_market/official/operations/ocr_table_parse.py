"""ocr_table_parse, 表格识别: the tables of a picture as HTML, JSON or an Excel file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.documents.tables import Cell, Table, find_tables
from mockocr.documents.tables.workbook import workbook_of
from mockocr.vendors.aliyun_market.official.documents import Configure, Form, Json, parse_configure
from mockocr.vendors.aliyun_market.official.errors import WRONG_CONFIGURE
from mockocr.vendors.aliyun_market.official.forms import parse_inputs, request_id, respond
from mockocr.vendors.aliyun_market.official.picture import LIMITS, read_pictures

_FORMATS = ("html", "json", "xlsx")


def parse(request: Request) -> OcrRequest[Form]:
    """`ApiError` for an unknown `format`; `finance`, `line_less` and `skip_detection` change
    nothing.
    """
    inputs = parse_inputs(request)
    configures = tuple(parse_configure(given) for given in inputs.configures)
    for configure in configures:
        if _format(configure) not in _FORMATS:
            detail = f"format is {str(_format(configure))[:40]!r}, not one of {', '.join(_FORMATS)}"
            raise ApiError(WRONG_CONFIGURE, detail)
    upright = all(c.values.get("dir_assure") in (True, "true") for c in configures)
    options = ReadOptions(turn=not upright, rules=True)
    return OcrRequest(inputs.sources, LIMITS, Form(configures, inputs.older), options)


def render(request: Request, parsed: OcrRequest[Form], results: Sequence[ImageResult]) -> Response:
    """observed: `tables` is the base64 of an Excel file, or rows of cells whose text is a list."""
    read = zip(read_pictures(results), parsed.extra.configures, strict=True)
    documents = [
        {
            "request_id": request_id(request),
            "success": True,
            "tables": _tables(find_tables(recognition), _format(configure)),
        }
        for (_, recognition), configure in read
    ]
    return respond(documents, "ocr_table_parse", older=parsed.extra.older)


def _format(configure: Configure) -> Any:
    return configure.values.get("format", "html")


def _tables(tables: Sequence[Table], form: str) -> Any:
    if form == "xlsx":
        return base64.b64encode(workbook_of(tables)).decode()
    if form == "json":
        return [[[_cell(cell) for cell in row] for row in _rows(table)] for table in tables]
    return "".join(f"<table border='1'>{_html_rows(table)}</table>" for table in tables)


def _rows(table: Table) -> list[list[Cell]]:
    return [
        [cell for cell in table.cells if cell.row == number] for number in range(table.row_count)
    ]


def _cell(cell: Cell) -> Json:
    """observed: `text` is a list of lines, null for an empty cell. guess: the corners."""
    left, top, right, bottom = (round(edge) for edge in cell.quad.extent)
    return {
        "ex": right,
        "ey": bottom,
        "sx": left,
        "sy": top,
        "text": cell.text.split("\n") if cell.text else None,
    }


def _html_rows(table: Table) -> str:
    return "".join(f"<tr>{''.join(map(_html, row))}</tr>" for row in _rows(table))


def _html(cell: Cell) -> str:
    spans = "".join(
        f" {name}='{span}'"
        for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if span > 1
    )
    return f"<td{spans}>{escape(cell.text).replace(chr(10), '<br/>')}</td>"


OPERATION = Operation(
    name="ocr_table_parse",
    methods=("POST",),
    path="/api/predict/ocr_table_parse",
    source="observed: requests and answers in public clients of form.market.alicloudapi.com",
    parse=parse,
    render=render,
)
