"""The result of RecognizeAllText: a picture with its sub-images, in the metadata's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.documents.quarter_turns import turned_quad
from mockocr.documents.row_grouping import rows
from mockocr.documents.tables import Table, find_tables
from mockocr.vendors.aliyun.ocr_api.all_text import AllTextFields, Coordinates
from mockocr.vendors.aliyun.ocr_api.prism import (
    Page,
    cell_at,
    cell_places,
    content,
    grouped_by_block,
    percent,
    upright_page,
)

Json = dict[str, Any]


def text_data(
    image: Image, recognition: Recognition, fields: AllTextFields, options: Mapping[str, str]
) -> Json:
    """`Data` of a picture of text or tables: one sub-image, which is the whole picture."""
    page = upright_page(image, recognition, rotate=not fields.original, sort=False)
    whole = Quad.upright(0, 0, page.width, page.height)
    sub_image: Json = {
        "SubImageId": 0,
        "Type": fields.type,
        "Angle": round(recognition.angle) % 360,
        **place("SubImage", whole, fields.coordinates),
    }
    if fields.type != "Table":
        sub_image["BlockInfo"] = _blocks(page.lines, fields)
    if fields.table:
        sub_image["TableInfo"] = _tables(image, recognition, page, fields.coordinates)
    if fields.row:
        grouped = rows(page.lines, page.tilt)
        sub_image["RowInfo"] = _groups("Row", grouped, page.lines)
    if fields.paragraph:
        blocks = [lines for _, lines in grouped_by_block(page.lines)]
        sub_image["ParagraphInfo"] = _groups("Paragraph", blocks, page.lines)
    sub_image |= extras(fields)
    return picture_data(image, content(page.lines, options), [sub_image])


def picture_data(image: Image, text: str, sub_images: Sequence[Json]) -> Json:
    """`Data` with these sub-images. A page of a document has its number."""
    data: Json = {
        "Height": image.height,
        "Width": image.width,
        "Content": text,
        "SubImageCount": len(sub_images),
        "SubImages": list(sub_images),
    }
    return data


def extras(fields: AllTextFields) -> Json:
    """What is asked for and never looked for: codes, figures and stamps."""
    data: Json = {}
    if fields.qr_code:
        data["QrCodeInfo"] = {"QrCodeCount": 0, "QrCodeDetails": []}
    if fields.bar_code:
        data["BarCodeInfo"] = {"BarCodeCount": 0, "BarCodeDetails": []}
    if fields.figure:
        data["FigureInfo"] = {}
    if fields.stamp:
        data["StampInfo"] = {"StampCount": 0, "StampDetails": []}
    return data


def place(name: str, quad: Quad, form: Coordinates) -> Json:
    """`<name>Points` or `<name>Rect`; neither unless coordinates are asked for."""
    if form == "points":
        return {f"{name}Points": [{"X": x, "Y": y} for x, y in quad.rounded]}
    if form == "rectangle":
        center = quad.center
        rectangle = {
            "CenterX": round(center.x),
            "CenterY": round(center.y),
            "Width": round(quad.width),
            "Height": round(quad.height),
        }
        return {f"{name}Rect": rectangle}
    return {}


def _blocks(lines: Sequence[Line], fields: AllTextFields) -> Json:
    details = []
    for number, line in enumerate(lines):
        block: Json = {
            "BlockId": number,
            "BlockAngle": round(line.quad.angle) % 360,
            "BlockContent": line.text,
            "BlockConfidence": percent(line.confidence),
            **place("Block", line.quad, fields.coordinates),
        }
        if fields.characters:
            block["CharInfos"] = [
                {
                    "CharId": index,
                    "CharContent": character.text,
                    "CharConfidence": percent(character.confidence),
                    **place("Char", character.quad, fields.coordinates),
                }
                for index, character in enumerate(line.characters)
            ]
        details.append(block)
    return {"BlockCount": len(details), "BlockDetails": details}


def _groups(name: str, groups: Sequence[Sequence[Line]], lines: Sequence[Line]) -> Json:
    """`RowInfo` or `ParagraphInfo`, with the numbers of their blocks."""
    number_of = {id(line): number for number, line in enumerate(lines)}
    details = [
        {
            f"{name}Id": number,
            f"{name}Content": " ".join(line.text for line in group),
            "BlockList": [number_of[id(line)] for line in group],
        }
        for number, group in enumerate(groups)
    ]
    return {f"{name}Count": len(details), f"{name}Details": details}


def _tables(image: Image, recognition: Recognition, page: Page, form: Coordinates) -> Json:
    tables = find_tables(recognition)
    places = cell_places(tables, image, page.quarters)
    inside: dict[tuple[int, int], list[int]] = {}
    for number, line in enumerate(page.lines):
        found = cell_at(places, line.quad)
        if found is not None:
            inside.setdefault(found, []).append(number)
    return {
        "TableCount": len(tables),
        "TableDetails": [
            _table(number, table, inside, image, page.quarters, form)
            for number, table in enumerate(tables)
        ],
    }


def _table(
    number: int,
    table: Table,
    inside: Mapping[tuple[int, int], list[int]],
    image: Image,
    quarters: int,
    form: Coordinates,
) -> Json:
    """doc: rows and columns count from 0, and the last one is included."""
    title = [table.title.text] if table.title else []
    return {
        "TableId": number,
        "RowCount": table.row_count,
        "ColumnCount": table.column_count,
        "CellCount": len(table.cells),
        "Header": {"Contents": title},
        "Footer": {"Contents": []},
        "CellDetails": [
            {
                "CellId": index,
                "CellContent": cell.text.replace("\n", ""),
                "RowStart": cell.row,
                "RowEnd": cell.row + cell.row_span - 1,
                "ColumnStart": cell.column,
                "ColumnEnd": cell.column + cell.column_span - 1,
                "BlockList": inside.get((number, index), []),
                **place("Cell", turned_quad(cell.quad, image, quarters), form),
                "CellAngle": round(cell.quad.angle) % 360,
            }
            for index, cell in enumerate(table.cells)
        ],
        **place("Table", turned_quad(table.quad, image, quarters), form),
    }
