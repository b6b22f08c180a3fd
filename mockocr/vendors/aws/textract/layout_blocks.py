"""LAYOUT blocks: the lines of the page in its parts, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mockocr.core.recognition import Line
from mockocr.documents.layout import Block, Role
from mockocr.vendors.aws.textract.blocks import Ids, Json, PageBlocks, percent, relationship

_TYPES: Mapping[Role, str] = {
    Role.TITLE: "LAYOUT_TITLE",
    Role.SECTION_HEADER: "LAYOUT_SECTION_HEADER",
    Role.TEXT: "LAYOUT_TEXT",
    Role.LIST: "LAYOUT_LIST",
    Role.TABLE: "LAYOUT_TABLE",
    Role.KEY_VALUE: "LAYOUT_KEY_VALUE",
    Role.HEADER: "LAYOUT_HEADER",
    Role.FOOTER: "LAYOUT_FOOTER",
    Role.PAGE_NUMBER: "LAYOUT_PAGE_NUMBER",
}


def layout_blocks(blocks: PageBlocks, ids: Ids, parts: Iterable[Block]) -> None:
    """Add the parts; a list is followed by its items, which are its children."""
    for part in parts:
        block = _block(blocks, ids, _TYPES[part.role], part)
        if part.role is not Role.LIST:
            block["Relationships"] = [relationship("CHILD", _line_ids(blocks, part.lines))]
            blocks.add([block])
            continue
        items = [_item(blocks, ids, line) for line in part.lines]
        block["Relationships"] = [relationship("CHILD", [item["Id"] for item in items])]
        blocks.add([block, *items])


def _block(blocks: PageBlocks, ids: Ids, kind: str, part: Block) -> Json:
    return {
        "BlockType": kind,
        "Confidence": percent(part.confidence),
        "Geometry": blocks.geometry(part.quad),
        "Id": ids.next(),
    }


def _item(blocks: PageBlocks, ids: Ids, line: Line) -> Json:
    part = Block(Role.TEXT, (line,), line.quad)
    block = _block(blocks, ids, "LAYOUT_TEXT", part)
    block["Relationships"] = [relationship("CHILD", _line_ids(blocks, part.lines))]
    return block


def _line_ids(blocks: PageBlocks, lines: Sequence[Line]) -> list[str]:
    known = {id(line.line): line.id for line in blocks.lines}
    return [known[id(line)] for line in lines if id(line) in known]
