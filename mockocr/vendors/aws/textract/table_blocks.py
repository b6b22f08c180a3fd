"""TABLE blocks with their cells: every place of the grid is a CELL, and those of a spanning cell
are joined by a MERGED_CELL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mockocr.core.recognition import Point, Quad
from mockocr.documents.tables import Cell, Table
from mockocr.vendors.aws.textract.blocks import (
    Ids,
    Json,
    PageBlocks,
    WordBlock,
    percent,
    relationship,
)

_SUMMARY = re.compile(
    r"(grand |sub-?)?total\b|amount due|balance due|合计|总计|小计", re.IGNORECASE
)


class _Place(msgspec.Struct, frozen=True):
    """A place of the grid, counted from 0, with its share of a cell's words."""

    row: int
    column: int
    quad: Quad
    words: Sequence[WordBlock]


def table_blocks(blocks: PageBlocks, ids: Ids, table: Table) -> None:
    """Add the table, its cells row by row, its merged cells, and its title."""
    table_id = ids.next()
    cells: dict[tuple[int, int], Json] = {}
    merged: list[Json] = []
    summary = _summary_rows(table)
    for cell in table.cells:
        entity = _entity(cell, summary)
        places = _places(blocks, table, cell)
        made = {(p.row, p.column): _cell(blocks, ids, p, cell.confidence, entity) for p in places}
        cells |= made
        if len(made) > 1:
            merged.append(_merged(blocks, ids, cell, list(made.values()), entity))
    ordered = [cells[place] for place in sorted(cells)]
    related = [relationship("CHILD", [cell["Id"] for cell in ordered])]
    if merged:
        related.append(relationship("MERGED_CELL", [cell["Id"] for cell in merged]))
    title = _title(blocks, ids, table)
    if title:
        related.append(relationship("TABLE_TITLE", [title["Id"]]))
    whole: Json = {
        "BlockType": "TABLE",
        "Confidence": percent(table.confidence),
        "Geometry": blocks.geometry(table.quad),
        "Id": table_id,
        "Relationships": related,
        "EntityTypes": [_kind(table)],
    }
    blocks.add([whole])
    blocks.others.extend([*ordered, *merged, *([title] if title else [])])


def _kind(table: Table) -> str:
    """Two columns without a header are names with values, which AWS calls semi-structured."""
    named = any(cell.is_header for cell in table.cells)
    return "STRUCTURED_TABLE" if named or table.column_count > 2 else "SEMI_STRUCTURED_TABLE"


def _summary_rows(table: Table) -> frozenset[int]:
    first: dict[int, Cell] = {}
    for cell in table.cells:
        if cell.text and not cell.is_header:
            first.setdefault(cell.row, cell)
    return frozenset(row for row, cell in first.items() if _SUMMARY.match(cell.text))


def _entity(cell: Cell, summary: frozenset[int]) -> str:
    if cell.is_header:
        return "COLUMN_HEADER"
    return "TABLE_SUMMARY" if cell.row in summary else ""


def _cell(blocks: PageBlocks, ids: Ids, place: _Place, confidence: float, entity: str) -> Json:
    block: Json = {
        "BlockType": "CELL",
        "Confidence": percent(confidence),
        "RowIndex": place.row + 1,
        "ColumnIndex": place.column + 1,
        "RowSpan": 1,
        "ColumnSpan": 1,
        "Geometry": blocks.geometry(place.quad),
        "Id": ids.next(),
    }
    if place.words:
        block["Relationships"] = [relationship("CHILD", [word.id for word in place.words])]
    if entity:
        block["EntityTypes"] = [entity]
    return block


def _merged(blocks: PageBlocks, ids: Ids, cell: Cell, places: Sequence[Json], entity: str) -> Json:
    block: Json = {
        "BlockType": "MERGED_CELL",
        "Confidence": percent(cell.confidence),
        "RowIndex": cell.row + 1,
        "ColumnIndex": cell.column + 1,
        "RowSpan": cell.row_span,
        "ColumnSpan": cell.column_span,
        "Geometry": blocks.geometry(cell.quad),
        "Id": ids.next(),
        "Relationships": [relationship("CHILD", [place["Id"] for place in places])],
    }
    if entity:
        block["EntityTypes"] = [entity]
    return block


def _title(blocks: PageBlocks, ids: Ids, table: Table) -> Json | None:
    if table.title is None:
        return None
    words = [word.id for word in blocks.words_of(table.title.words)]
    return {
        "BlockType": "TABLE_TITLE",
        "Confidence": percent(table.title.confidence),
        "Geometry": blocks.geometry(table.title.quad),
        "Id": ids.next(),
        "Relationships": [relationship("CHILD", words)],
    }


def _places(blocks: PageBlocks, table: Table, cell: Cell) -> list[_Place]:
    """The places that a cell covers. Each word of a spanning cell is where its middle stands, as in
    real answers.
    """
    words = blocks.words_of(cell.words)
    if cell.row_span == 1 and cell.column_span == 1:
        return [_Place(cell.row, cell.column, cell.quad, words)]
    across = [0.0, *(_share(table, cell, column=c) for c in _inner(cell.column, cell.column_span))]
    down = [0.0, *(_share(table, cell, row=r) for r in _inner(cell.row, cell.row_span))]
    held: dict[tuple[int, int], list[WordBlock]] = {}
    for word in words:
        x, y = _within(cell.quad, word.quad.center)
        column = max(i for i, edge in enumerate(across) if i == 0 or x >= edge)
        row = max(i for i, edge in enumerate(down) if i == 0 or y >= edge)
        held.setdefault((row, column), []).append(word)
    found = []
    for row, (top, bottom) in enumerate(zip(down, [*down[1:], 1.0], strict=True)):
        for column, (left, right) in enumerate(zip(across, [*across[1:], 1.0], strict=True)):
            quad = _part(cell.quad, left, top, right, bottom)
            place = held.get((row, column), [])
            found.append(_Place(cell.row + row, cell.column + column, quad, place))
    return found


def _inner(first: int, span: int) -> range:
    """The rows or columns of a spanning cell after its first."""
    return range(first + 1, first + span)


def _share(table: Table, cell: Cell, *, column: int = -1, row: int = -1) -> float:
    """How far into a spanning cell a column or row begins, 0..1, by the cells that begin there;
    evenly if none does.
    """
    for other in table.cells:
        if other is not cell and (other.column == column or other.row == row):
            x, y = _within(cell.quad, other.quad.tl)
            return min(max(x if column >= 0 else y, 0.0), 1.0)
    if column >= 0:
        return (column - cell.column) / cell.column_span
    return (row - cell.row) / cell.row_span


def _within(quad: Quad, point: Point) -> tuple[float, float]:
    """Where a point is in a quad: shares of its width and height from the first corner."""
    right = quad.tr.x - quad.tl.x, quad.tr.y - quad.tl.y
    down = quad.bl.x - quad.tl.x, quad.bl.y - quad.tl.y
    x, y = point.x - quad.tl.x, point.y - quad.tl.y
    area = right[0] * down[1] - right[1] * down[0]
    if not area:
        return 0.0, 0.0
    return (x * down[1] - y * down[0]) / area, (y * right[0] - x * right[1]) / area


def _part(quad: Quad, left: float, top: float, right: float, bottom: float) -> Quad:
    """A rectangle within a quad, by shares of its width and height."""
    upper = quad.share(left, right)

    def down(start: Point, end: Point, share: float) -> Point:
        return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)

    return Quad(
        down(upper.tl, upper.bl, top),
        down(upper.tr, upper.br, top),
        down(upper.tr, upper.br, bottom),
        down(upper.tl, upper.bl, bottom),
    )
