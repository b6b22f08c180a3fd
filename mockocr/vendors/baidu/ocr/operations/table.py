"""表格文字识别V2: the tables of a picture with their cells, and as an Excel file on demand."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import Quad, Word
from mockocr.documents.tables import Cell, Table, find_tables
from mockocr.documents.tables.workbook import workbook_of
from mockocr.vendors.baidu.headers import CONTENT_TYPE
from mockocr.vendors.baidu.ocr.errors import log_id
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import TICKET
from mockocr.vendors.baidu.ocr.rendering import Json, points

RULES = Rules(
    {"cell_contents": BOOLEAN, "return_excel": BOOLEAN}, max_side=8192, turned=True, rules=True
)


def render(
    request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
) -> Response:
    """No table is an empty list (guess)."""
    image, recognition = single_result(results)
    fields = parsed.extra
    tables = find_tables(recognition)
    body: Json = {
        "log_id": log_id(request),
        "table_num": len(tables),
        "tables_result": [_table(table, fields) for table in tables],
    }
    if fields.flag("return_excel"):
        body["excel_file"] = base64.b64encode(workbook_of(tables)).decode()
    if fields.page:
        body["pdf_file_size"] = str(image.pages or 1)
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def _table(table: Table, fields: Fields) -> Json:
    """`header` is the line above the table; `footer` is always empty."""
    title = table.title
    return {
        "table_location": points(table.quad),
        "header": [{"location": points(title.quad), "words": title.text}] if title else [],
        "body": [_cell(cell, fields) for cell in table.cells],
        "footer": [],
    }


def _cell(cell: Cell, fields: Fields) -> Json:
    """doc: the sample; the numbers of the ends are one higher than the last row or column."""
    body: Json = {
        "cell_location": points(cell.quad),
        "row_start": cell.row,
        "row_end": cell.row + cell.row_span,
        "col_start": cell.column,
        "col_end": cell.column + cell.column_span,
        "words": cell.text,
    }
    if fields.flag("cell_contents"):
        body["contents"] = _contents(cell)
    return body


def _contents(cell: Cell) -> list[Json]:
    """The lines of a cell: a line feed in its text ends each."""
    rest, contents = list(cell.words), []
    for line in cell.text.split("\n") if cell.text else ():
        length, taken = len(line.replace(" ", "")), list[Word]()
        while rest and length > 0:
            taken.append(rest.pop(0))
            length -= len(taken[-1].text.replace(" ", ""))
        if taken:
            quads = [word.quad.extent for word in taken]
            lefts, tops, rights, bottoms = zip(*quads, strict=True)
            around = Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))
            contents.append({"poly_location": points(around), "word": line})
    return contents


OPERATION = operation("table", "Al1zvpylt", RULES.parse, render, price=TICKET)
