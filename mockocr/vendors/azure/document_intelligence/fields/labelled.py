"""Fields that stand beside a label, and items that stand in the rows of a table with a header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mockocr.vendors.azure.document_intelligence.fields.builder import Builder
from mockocr.vendors.azure.document_intelligence.page_text import Cell, Page, Table
from mockocr.vendors.azure.document_intelligence.pairs import characters_of

Json = dict[str, Any]


class Label(msgspec.Struct, frozen=True):
    """A field's name and type, and the pattern that its whole label matches, without case, blanks
    and colons.
    """

    name: str
    kind: str
    pattern: str

    def fits(self, text: str) -> bool:
        plain = re.sub(r"[\s:：.#]+", "", text).casefold()
        return re.fullmatch(self.pattern, plain) is not None


def labelled(builder: Builder, labels: Sequence[Label]) -> dict[str, Json]:
    """The fields whose labels are keys of the pages' pairs, in the order of `labels`."""
    found: dict[str, Json] = {}
    for page in builder.pages:
        for pair in page.pairs:
            for label in labels:
                if pair.value is None or label.name in found or not label.fits(pair.key.text):
                    continue
                characters = characters_of(pair.value)
                field = builder.field(label.kind, pair.value.text, characters, page)
                if field is not None:
                    found[label.name] = field
                    break
    return {label.name: found[label.name] for label in labels if label.name in found}


def items(builder: Builder, columns: Sequence[Label]) -> list[Mapping[str, Json]]:
    """An object for each row of the tables, with the columns whose headers are known."""
    rows: list[Mapping[str, Json]] = []
    for page in builder.pages:
        for table in (block for block in page.blocks if isinstance(block, Table)):
            rows += _rows(builder, page, table, columns)
    return rows


def _rows(
    builder: Builder, page: Page, table: Table, columns: Sequence[Label]
) -> list[Mapping[str, Json]]:
    known = {
        cell.column: label
        for cell in table.cells
        if cell.kind == "columnHeader"
        for label in columns
        if label.fits(cell.text)
    }
    rows: dict[int, dict[str, Json]] = {}
    for cell in table.cells:
        if cell.kind == "columnHeader" or cell.column not in known:
            continue
        label = known[cell.column]
        field = _field(builder, page, cell, label)
        if field is not None:
            rows.setdefault(cell.row, {})[label.name] = field
    return [rows[row] for row in sorted(rows)]


def _field(builder: Builder, page: Page, cell: Cell, label: Label) -> Json | None:
    characters = [c for line in cell.lines for word in line.words for c in word.characters]
    return builder.field(label.kind, cell.text, characters, page)
