"""Turns what was recognised on a page into paragraphs with roles, tables and key-value pairs, as
`documents` finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Recognition
from mockocr.documents import tables as found_tables
from mockocr.documents.layout import Block, Role, find_blocks
from mockocr.documents.pairs import find_pairs
from mockocr.vendors.azure.document_intelligence.page_text import (
    FOOTER,
    HEADER,
    HEADING,
    NUMBER,
    TITLE,
    Cell,
    Page,
    Paragraph,
    Table,
    around,
)
from mockocr.vendors.azure.words import TextLine, line_of_words, text_line

_ROLES = {
    Role.TITLE: TITLE,
    Role.SECTION_HEADER: HEADING,
    Role.HEADER: HEADER,
    Role.FOOTER: FOOTER,
    Role.PAGE_NUMBER: NUMBER,
}
_ONE_EACH = {Role.LIST, Role.KEY_VALUE}
"""Roles of blocks whose lines are paragraphs of their own."""


def plain_page(number: int, image: Image, recognition: Recognition) -> Page:
    """Paragraphs without roles, as the model `prebuilt-read` answers them."""
    blocks = find_blocks(recognition, (image.width, image.height), (), ())
    paragraphs = tuple(p for block in blocks for p in _paragraphs(block.lines, block.role))
    return _page(number, image, recognition, paragraphs)


def layout_page(number: int, image: Image, recognition: Recognition) -> Page:
    """Paragraphs with roles and tables in reading order, and the pairs."""
    tables = found_tables.find_tables(recognition)
    pairs = find_pairs(recognition, tables)
    blocks = find_blocks(recognition, (image.width, image.height), tables, pairs)
    in_cells = {
        id(character)
        for table in tables
        for cell in table.cells
        for word in cell.words
        for character in word.characters
    }
    made: list[Paragraph | Table] = []
    for block in blocks:
        if block.table is not None:
            made.append(_table(tables[block.table]))
        made += _paragraphs(_outside(block, in_cells), block.role)
    return replace(_page(number, image, recognition, tuple(made)), pairs=pairs)


def _page(
    number: int,
    image: Image,
    recognition: Recognition,
    blocks: tuple[Paragraph | Table, ...],
) -> Page:
    return Page(number, image.width, image.height, recognition.angle, image.dpi, blocks)


def _paragraphs(lines: Sequence[Line], role: Role) -> Iterator[Paragraph]:
    groups = [[line] for line in lines] if role in _ONE_EACH else [list(lines)] if lines else []
    for group in groups:
        yield Paragraph(tuple(text_line(line) for line in group), _ROLES.get(role, ""))


def _outside(block: Block, in_cells: set[int]) -> list[Line]:
    """The lines of a block without the words that stand in the cells of a table."""
    kept: list[Line] = []
    for line in block.lines:
        words = tuple(w for w in line.words if id(w.characters[0]) not in in_cells)
        if words == line.words:
            kept.append(line)
        elif words:
            kept.append(replace(line, words=words, quad=around(tuple(w.quad for w in words))))
    return kept


def _table(table: found_tables.Table) -> Table:
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            tuple(_lines(cell)),
            cell.quad,
            cell.row_span,
            cell.column_span,
            "columnHeader" if cell.is_header else "",
        )
        for cell in table.cells
    )
    return Table(table.row_count, table.column_count, cells, table.quad)


def _lines(cell: found_tables.Cell) -> Iterable[TextLine]:
    """The lines of a cell: its text has a line feed where one ends."""
    words = list(cell.words)
    for text in cell.text.split("\n") if cell.text else ():
        left, taken = len("".join(text.split())), []
        while words and left > 0:
            taken.append(words.pop(0))
            left -= len("".join(taken[-1].text.split()))
        if taken:
            yield line_of_words(text, taken, around(tuple(word.quad for word in taken)))
