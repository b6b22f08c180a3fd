"""general-table: tables and text of a picture as regions, and as an Excel file on demand."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line, Quad, Word
from mockocr.documents.tables import Cell, Table, find_tables
from mockocr.documents.tables.workbook import workbook_of
from mockocr.vendors.huawei.ocr.documents import Asked, Json, Rules, operation
from mockocr.vendors.huawei.ocr.rendering import corners, picture_of, rounded, success

RULES = Rules(
    (
        "return_text_location",
        "return_char_location",
        "return_confidence",
        "return_excel",
        "return_rectification_matrix",
        "with_borders",
    ),
    options=ReadOptions(turn=True, rules=True),
)
"""`return_rectification_matrix` changes nothing: pictures are not rectified here."""


def render(request: Request, parsed: OcrRequest[Asked], results: Sequence[ImageResult]) -> Response:
    """Regions from the top: each table, and the text before, between and after them.

    doc: with `with_borders`, only drawn tables are tables.
    """
    asked = parsed.extra
    _, recognition = picture_of(results, in_obs=asked.in_obs)
    tables = find_tables(recognition)
    if "with_borders" in asked.on:
        tables = tuple(table for table in tables if table.is_ruled)
    regions = [(table.quad.extent[1], _table(table, asked)) for table in tables]
    regions += _texts([line for line in recognition.lines if line.text], tables, asked)
    regions.sort(key=lambda region: region[0])
    result: Json = {
        "words_region_count": len(regions),
        "words_region_list": [region for _, region in regions],
    }
    if "return_excel" in asked.on:
        result["excel"] = base64.b64encode(workbook_of(tables)).decode()
    return success(request, result)


def _table(table: Table, asked: Asked) -> Json:
    blocks = [_cell(cell, asked) for cell in table.cells]
    return {"type": "table", "words_block_count": len(blocks), "words_block_list": blocks}


def _cell(cell: Cell, asked: Asked) -> Json:
    body = _block(cell.text, cell.confidence, asked)
    body["rows"] = list(range(cell.row, cell.row + cell.row_span))
    body["columns"] = list(range(cell.column, cell.column + cell.column_span))
    if "return_text_location" in asked.on:
        body["location"] = corners(_around(cell.words)) if cell.words else corners(cell.quad)
        body["cell_location"] = corners(cell.quad)
        body["words_list"] = [_word(word, asked) for word in cell.words]
    return body


def _word(word: Word, asked: Asked) -> Json:
    body: Json = {"words": word.text, "location": corners(word.quad)}
    if "return_confidence" in asked.on:
        body["confidence"] = rounded(word.confidence)
    if "return_char_location" in asked.on:
        body["char_location"] = [corners(c.quad) for c in word.characters]
    return body


def _texts(
    lines: Sequence[Line], tables: Sequence[Table], asked: Asked
) -> list[tuple[float, Json]]:
    """Text regions: lines outside of the tables, a region for each gap between tables."""
    edges = sorted(table.quad.extent[1] for table in tables)
    groups: dict[int, list[Line]] = {}
    for line in lines:
        if not any(_holds(table, line) for table in tables):
            gap = sum(edge < line.quad.center.y for edge in edges)
            groups.setdefault(gap, []).append(line)
    regions: list[tuple[float, Json]] = []
    for group in groups.values():
        blocks = []
        for line in group:
            block = _block(line.text, line.confidence, asked)
            if "return_text_location" in asked.on:
                block["location"] = corners(line.quad)
            blocks.append(block)
        body = {"type": "text", "words_block_count": len(blocks), "words_block_list": blocks}
        regions.append((min(line.quad.extent[1] for line in group), body))
    return regions


def _holds(table: Table, line: Line) -> bool:
    left, top, right, bottom = table.quad.extent
    x, y = line.quad.center
    return left <= x <= right and top <= y <= bottom


def _block(text: str, confidence: float, asked: Asked) -> Json:
    body: Json = {"words": text}
    if "return_confidence" in asked.on:
        body["confidence"] = rounded(confidence)
    return body


def _around(words: Sequence[Word]) -> Quad:
    lefts, tops, rights, bottoms = zip(*(word.quad.extent for word in words), strict=True)
    return Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))


OPERATION = operation("general-table", "doc: table page (ocr_03_0031, 通用表格识别)", RULES, render)
