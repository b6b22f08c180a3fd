"""Writes the pages into the one text `content` of a result, and notes where everything is in it.

Places are counted in code points here; `result` turns them into the requested unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

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
)
from mockocr.vendors.azure.words import TextLine, TextWord

_COMMENTS = {HEADER: "PageHeader", FOOTER: "PageFooter", NUMBER: "PageNumber"}
_NUMBERED = re.compile(r"\d+(?=\.(\s|$))", re.ASCII)
"""The number before a dot that Markdown would take for a list. observed: results in logs."""


class Span(NamedTuple):
    """Code points of the content, the end excluded."""

    start: int
    end: int


class PlacedPage(msgspec.Struct):
    """A page with its words and lines, each with its place."""

    page: Page
    span: Span
    words: list[tuple[TextWord, Span]] = msgspec.field(default_factory=list)
    lines: list[tuple[TextLine, Span]] = msgspec.field(default_factory=list)


class PlacedParagraph(msgspec.Struct, frozen=True):
    paragraph: Paragraph
    page: Page
    span: Span


class PlacedCell(msgspec.Struct, frozen=True):
    """A cell; `paragraph` is the index of its paragraph, None for an empty cell."""

    cell: Cell
    span: Span
    paragraph: int | None


class PlacedTable(msgspec.Struct, frozen=True):
    table: Table
    page: Page
    span: Span
    cells: tuple[PlacedCell, ...]


class Content(msgspec.Struct):
    """The text and everything in it. `order` lists paragraphs and tables outside of tables, as JSON
    pointers with their roles, as they are read.
    """

    text: str = ""
    pages: list[PlacedPage] = msgspec.field(default_factory=list)
    paragraphs: list[PlacedParagraph] = msgspec.field(default_factory=list)
    tables: list[PlacedTable] = msgspec.field(default_factory=list)
    order: list[tuple[str, str, Span]] = msgspec.field(default_factory=list)


def write(pages: Sequence[Page], *, markdown: bool) -> Content:
    """The content of the pages: their lines, or Markdown.

    doc: Markdown elements of Document Intelligence; observed: Markdown results in public
    repositories for the blank lines.
    """
    writer = _MarkdownWriter() if markdown else _Writer()
    for page in pages:
        writer.write_page(page)
    return writer.finish()


class _Writer:
    """Lines, one below the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._made = Content()
        self._titled = False

    def finish(self) -> Content:
        self._made.text = "".join(self._parts)
        return self._made

    def write_page(self, page: Page) -> None:
        self._separate_pages()
        start = self._length
        placed = PlacedPage(page, Span(start, start))
        self._made.pages.append(placed)
        for number, block in enumerate(page.blocks):
            self._separate(block, first=number == 0)
            if isinstance(block, Table):
                self._write_table(page, block)
            else:
                self._write_paragraph(page, block)
        placed.span = Span(start, self._length)

    def _separate_pages(self) -> None:
        if self._made.pages and self._length:
            self._add("\n")

    def _separate(self, block: Paragraph | Table, *, first: bool) -> None:
        if not first:
            self._add("\n")

    def _write_paragraph(self, page: Page, paragraph: Paragraph) -> None:
        span = self._write_lines(paragraph.lines)
        self._note_paragraph(page, paragraph, span)

    def _note_paragraph(self, page: Page, paragraph: Paragraph, span: Span) -> None:
        index = len(self._made.paragraphs)
        self._made.paragraphs.append(PlacedParagraph(paragraph, page, span))
        self._made.order.append((f"/paragraphs/{index}", paragraph.role, span))

    def _write_table(self, page: Page, table: Table) -> None:
        start, cells = self._length, []
        for number, cell in enumerate(table.cells):
            if number and cell.lines and self._length > start:
                self._add("\n")
            cells.append(self._write_cell(page, cell))
        self._note_table(page, table, Span(start, self._length), cells)

    def _note_table(
        self, page: Page, table: Table, span: Span, cells: Sequence[PlacedCell]
    ) -> None:
        self._made.order.append((f"/tables/{len(self._made.tables)}", "", span))
        self._made.tables.append(PlacedTable(table, page, span, tuple(cells)))

    def _write_cell(self, page: Page, cell: Cell) -> PlacedCell:
        if not cell.lines:
            return PlacedCell(cell, Span(self._length, self._length), None)
        span = self._write_lines(cell.lines)
        index = len(self._made.paragraphs)
        self._made.paragraphs.append(PlacedParagraph(Paragraph(cell.lines), page, span))
        return PlacedCell(cell, span, index)

    def _write_lines(self, lines: Sequence[TextLine], escape: bool = False) -> Span:
        start, page = self._length, self._made.pages[-1]
        for number, line in enumerate(lines):
            if number:
                self._add("\n")
            found = _NUMBERED.match(line.text) if escape and not number else None
            at = found.end() if found else len(line.text)
            begin = self._length
            self._add(f"{line.text[:at]}\\{line.text[at:]}" if found else line.text)
            page.lines.append((line, Span(begin, self._length)))
            for word in line.words:
                end = word.start + len(word.text)
                span = Span(begin + word.start + (word.start > at), begin + end + (end > at))
                page.words.append((word, span))
        return Span(start, self._length)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


class _MarkdownWriter(_Writer):
    """Headings, HTML tables, and comments for what stands outside of the text."""

    def _separate_pages(self) -> None:
        if self._made.pages:
            self._add("\n<!-- PageBreak -->\n\n")

    def _separate(self, block: Paragraph | Table, *, first: bool) -> None:
        large = isinstance(block, Table) or block.role in (TITLE, HEADING)
        if not first:
            self._add("\n\n\n" if large else "\n\n")

    def _write_paragraph(self, page: Page, paragraph: Paragraph) -> None:
        start, end = self._frame(paragraph.role)
        begin = self._length
        self._add(start)
        self._write_lines(paragraph.lines, escape=not start)
        self._add(end)
        self._note_paragraph(page, paragraph, Span(begin, self._length))

    def _frame(self, role: str) -> tuple[str, str]:
        """What stands before and after the text of a paragraph."""
        if role in _COMMENTS:
            return f'<!-- {_COMMENTS[role]}="', '" -->'
        if role == TITLE:
            self._titled = True
            return "# ", ""
        if role == HEADING:
            return ("## " if self._titled else "# "), ""
        return "", ""

    def _write_table(self, page: Page, table: Table) -> None:
        start, cells = self._length, []
        self._add("<table>\n")
        for row in range(table.rows):
            self._add("<tr>\n")
            for cell in (c for c in table.cells if c.row == row):
                tag = "th" if cell.kind in ("columnHeader", "stubHead") else "td"
                self._add(f"<{tag}{_spanning(cell)}>")
                cells.append(self._write_cell(page, cell))
                self._add(f"</{tag}>\n")
            self._add("</tr>\n")
        self._add("</table>")
        self._note_table(page, table, Span(start, self._length), cells)


def _spanning(cell: Cell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return rows + columns
