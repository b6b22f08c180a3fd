"""The result of the text actions, in the vendor's prism format.

doc: nine complete samples of the metadata, for the members, `content` and the rectangles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.image import Image
from mockocr.core.recognition import Character, Line, Quad, Recognition
from mockocr.documents.quarter_turns import turned_back, turned_quad
from mockocr.documents.row_grouping import rows
from mockocr.documents.tables import Table, find_tables

Json = dict[str, Any]

VERSION = "1.0.9"
_HALF_WIDTH = str.maketrans("，：；", ",:;")


class TextFlags(msgspec.Struct, frozen=True):
    """What a text action is asked for. `rotate` turns the picture upright, and `angle` states by
    how much.
    """

    rotate: bool = False
    angle: bool = False
    characters: bool = False
    table: bool = False
    sort: bool = False
    figure: bool = False
    paragraph: bool = False
    row: bool = False


class Page(msgspec.Struct, frozen=True):
    """The lines of a picture turned upright by `quarters`, and its size after that."""

    lines: tuple[Line, ...]
    quarters: int
    tilt: float
    width: int
    height: int


def upright_page(image: Image, recognition: Recognition, *, rotate: bool, sort: bool) -> Page:
    """The page as the response describes it. `sort` orders the lines by columns: each from top to
    bottom, the columns from left to right.
    """
    quarters = round(recognition.angle / 90) % 4 if rotate else 0
    lines = [turned_back(line, image, quarters) for line in recognition.lines if line.text]
    tilt = recognition.angle - 90 * quarters
    if sort:  # rows of the page lying on its side, each from the bottom up
        lines = [line for column in rows(lines, tilt - 90) for line in reversed(column)]
    width, height = image.width, image.height
    if quarters % 2:
        width, height = height, width
    return Page(tuple(lines), quarters, tilt, width, height)


def text_result(
    image: Image, recognition: Recognition, flags: TextFlags, options: Mapping[str, str]
) -> Json:
    """`Data` of a text action."""
    page = upright_page(image, recognition, rotate=flags.rotate, sort=flags.sort)
    words = [_word(line, flags, options) for line in page.lines]
    data: Json = {
        "content": content(page.lines, options),
        "height": page.height,
        "orgHeight": image.height,
        "orgWidth": image.width,
        "prism_version": VERSION,
        "prism_wnum": len(words),
        "prism_wordsInfo": words,
        "width": page.width,
    }
    if flags.angle:
        data["angle"] = 90 * page.quarters
    if flags.figure:
        data["figure"] = []  # no figure is looked for
    if flags.paragraph:
        for word, line in zip(words, page.lines, strict=True):
            word["paragraphId"] = line.block
        data["prism_paragraphsInfo"] = [
            {"paragraphId": number, "word": " ".join(line.text for line in lines)}
            for number, lines in grouped_by_block(page.lines)
        ]
    if flags.row:
        grouped = rows(page.lines, page.tilt)
        row_of = {id(line): number for number, row in enumerate(grouped) for line in row}
        for word, line in zip(words, page.lines, strict=True):
            word["rowId"] = row_of[id(line)]
        data["prism_rowsInfo"] = [
            {"rowId": number, "word": " ".join(line.text for line in row)}
            for number, row in enumerate(grouped)
        ]
    if flags.table:
        tables = find_tables(recognition)
        data["prism_tablesInfo"] = [
            _table(number, table, image, page.quarters) for number, table in enumerate(tables)
        ]
        places = cell_places(tables, image, page.quarters)
        for word, line in zip(words, page.lines, strict=True):
            word |= _place_in(places, line)
    return data


def content(lines: Iterable[Line], options: Mapping[str, str]) -> str:
    """doc: a blank behind each line; samples: some punctuation is half-width."""
    text = "".join(f"{line.text} " for line in lines)
    return text.translate(_HALF_WIDTH) if options["punctuation"] == "half" else text


def grouped_by_block(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """The lines of each block, in the order of its first line."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    return list(blocks.items())


def corners(quad: Quad) -> list[Json]:
    return [{"x": x, "y": y} for x, y in quad.rounded]


def percent(confidence: float) -> int:
    return round(100 * min(max(confidence, 0.0), 1.0))


def cell_places(
    tables: Sequence[Table], image: Image, quarters: int
) -> list[tuple[tuple[float, float, float, float], int, int]]:
    """The extent of each cell in the turned picture, with the numbers of its table and cell."""
    return [
        (turned_quad(cell.quad, image, quarters).extent, number, cell_number)
        for number, table in enumerate(tables)
        for cell_number, cell in enumerate(table.cells)
    ]


def cell_at(
    places: Sequence[tuple[tuple[float, float, float, float], int, int]], quad: Quad
) -> tuple[int, int] | None:
    """The numbers of the table and the cell in which the middle of `quad` is, None outside."""
    x, y = quad.center
    for (left, top, right, bottom), table, cell in places:
        if left <= x <= right and top <= y <= bottom:
            return table, cell
    return None


def _word(line: Line, flags: TextFlags, options: Mapping[str, str]) -> Json:
    word: Json = {
        "direction": 0,
        "pos": corners(line.quad),
        "prob": percent(line.confidence),
        "word": line.text,
        **_rectangle(line.quad, options["rectangles"]),
    }
    if flags.characters:
        word["charInfo"] = [_character(character) for character in line.characters]
    return word


def _rectangle(quad: Quad, form: str) -> Json:
    """The upright box, or the turned rectangle whose angle is in (-90, 0] as OpenCV states it."""
    if form == "plain":
        box = quad.bounds
        return {"angle": 0, "height": box.height, "width": box.width, "x": box.x, "y": box.y}
    turns = -(-quad.angle // 90)
    width, height = quad.width, quad.height
    if turns % 2:
        width, height = height, width
    x, y = quad.center.x - width / 2, quad.center.y - height / 2
    return {
        "angle": round(quad.angle - 90 * turns),
        "height": round(height),
        "width": round(width),
        "x": round(x),
        "y": round(y),
    }


def _character(character: Character) -> Json:
    box = character.quad.bounds
    return {
        "h": box.height,
        "prob": percent(character.confidence),
        "w": box.width,
        "word": character.text,
        "x": box.x,
        "y": box.y,
    }


def _place_in(
    places: Sequence[tuple[tuple[float, float, float, float], int, int]], line: Line
) -> Json:
    found = cell_at(places, line.quad)
    return {} if found is None else {"tableCellId": found[1], "tableId": found[0]}


def _table(number: int, table: Table, image: Image, quarters: int) -> Json:
    """doc: the numbers of rows (y) and columns (x) count from 0, and the last one is included."""
    return {
        "cellInfos": [
            {
                "pos": corners(turned_quad(cell.quad, image, quarters)),
                "tableCellId": cell_number,
                "word": cell.text.replace("\n", ""),
                "xec": cell.column + cell.column_span - 1,
                "xsc": cell.column,
                "yec": cell.row + cell.row_span - 1,
                "ysc": cell.row,
            }
            for cell_number, cell in enumerate(table.cells)
        ],
        "tableId": number,
        "xCellSize": table.column_count,
        "yCellSize": table.row_count,
    }
