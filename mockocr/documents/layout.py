"""The blocks of a page in reading order, and the role of each: title, paragraph, table, footer."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.documents.page_frame import PageFrame, frame_of
from mockocr.documents.pairs import Pair, find_pairs
from mockocr.documents.tables import Table, find_tables

_MARGIN = 0.08
"""The share of the page's height at its top and bottom where running heads and feet stand."""
_PARAGRAPH = 0.9
"""Heights of white between two lines of one paragraph, at most."""
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—]?|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:[•●▪■□◦‣·*–—-]|\(?[0-9]{1,2}[.)、]|[a-z][.)]|[（(][一二三四五六七八九十][)）])\s*\S"
)
_SENTENCE_ENDS = (".", "。", ";", "；", ",", "，", "!", "?")


class Role(StrEnum):
    """What a block is for."""

    TITLE = "title"
    SECTION_HEADER = "section header"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    KEY_VALUE = "key value"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page number"


class Block(msgspec.Struct, frozen=True):
    """Lines that belong together. `table` is the index of a table for the role TABLE; a LIST holds
    one item for each of its lines or more.
    """

    role: Role
    lines: tuple[Line, ...]
    quad: Quad
    table: int | None = None

    @property
    def text(self) -> str:
        """The lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """0..1, the mean of the lines."""
        return statistics.mean(line.confidence for line in self.lines)


def find_blocks(
    recognition: Recognition,
    size: tuple[int, int],
    tables: Sequence[Table] | None = None,
    pairs: Sequence[Pair] | None = None,
) -> tuple[Block, ...]:
    """Every line of the recognition in exactly one block, in reading order.

    `size` is the picture's width and height in pixels, which tells where its margins are; tables
    and pairs are found unless given.
    """
    if tables is None:
        tables = find_tables(recognition)
    if pairs is None:
        pairs = find_pairs(recognition, tables)
    frame = frame_of(recognition)
    lines = [line for line in recognition.lines if line.words]
    if not lines:
        return ()
    height = statistics.median(line.quad.height for line in lines)
    table_of = {line: _table_of(line, tables, frame) for line in lines}
    groups = _grouped(lines, table_of, frame)
    keys = {id(word) for pair in pairs for word in pair.key.words}
    blocks = [
        Block(
            Role.TABLE if table is not None else _role(group, frame, height, size, keys),
            tuple(group),
            tables[table].quad if table is not None else _around(group, frame),
            table,
        )
        for group, table in groups
    ]
    return tuple(_with_one_title(blocks))


def _grouped(
    lines: Sequence[Line], table_of: dict[Line, int | None], frame: PageFrame
) -> list[tuple[list[Line], int | None]]:
    """Lines in reading order, those of one table or paragraph together."""
    groups: list[tuple[list[Line], int | None]] = []
    by_table: dict[int, list[Line]] = {}
    for line in lines:
        table = table_of[line]
        if table is not None:
            if table not in by_table:
                by_table[table] = []
                groups.append((by_table[table], table))
            by_table[table].append(line)
        elif groups and groups[-1][1] is None and _goes_on(groups[-1][0][-1], line, frame):
            groups[-1][0].append(line)
        else:
            groups.append(([line], None))
    return groups


def _goes_on(above: Line, below: Line, frame: PageFrame) -> bool:
    """True if a line belongs to the paragraph of the line above it."""
    left, top, right, bottom = frame.box(above.quad)
    left2, top2, right2, bottom2 = frame.box(below.quad)
    high, high2 = bottom - top, bottom2 - top2
    white = top2 - bottom
    alike = max(high, high2) <= 1.35 * min(high, high2)
    overlaps = min(right, right2) - max(left, left2) > 0.3 * min(right - left, right2 - left2)
    return alike and overlaps and -0.5 * high <= white <= _PARAGRAPH * min(high, high2)


def _role(
    lines: Sequence[Line],
    frame: PageFrame,
    height: float,
    size: tuple[int, int],
    keys: set[int],
) -> Role:
    text = "\n".join(line.text for line in lines)
    _, top, _, bottom = _around(lines, frame).extent
    at_top, at_bottom = bottom < _MARGIN * size[1], top > (1 - _MARGIN) * size[1]
    if (at_top or at_bottom) and _PAGE_NUMBER.fullmatch(text.strip()):
        return Role.PAGE_NUMBER
    high = statistics.mean(line.quad.height for line in lines)
    if at_bottom and high < 1.3 * height:
        return Role.FOOTER
    if high >= 1.6 * height and len(lines) <= 3:
        return Role.TITLE
    if at_top:
        return Role.HEADER
    if sum(1 for line in lines if any(id(w) in keys for w in line.words)) >= max(2, len(lines) / 2):
        return Role.KEY_VALUE
    if sum(1 for line in lines if _ITEM.match(line.text)) >= max(2, len(lines) / 2):
        return Role.LIST
    short = len(lines) == 1 and len(text) <= 60 and not text.endswith(_SENTENCE_ENDS)
    if short and (high >= 1.2 * height or text.rstrip().endswith((":", "："))):
        return Role.SECTION_HEADER
    return Role.TEXT


def _with_one_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; large text below the first title is a section header."""
    seen = False
    found = []
    for block in blocks:
        if block.role is Role.TITLE and seen:
            block = replace(block, role=Role.SECTION_HEADER)
        seen = seen or block.role is Role.TITLE
        found.append(block)
    return found


def _table_of(line: Line, tables: Sequence[Table], frame: PageFrame) -> int | None:
    """The index of the table in which the middle of the line stands."""
    x, y = frame.place(line.quad.center)
    for index, table in enumerate(tables):
        left, top, right, bottom = frame.box(table.quad)
        if left <= x <= right and top <= y <= bottom:
            return index
    return None


def _around(lines: Sequence[Line], frame: PageFrame) -> Quad:
    boxes = [frame.box(line.quad) for line in lines]
    return frame.quad(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
