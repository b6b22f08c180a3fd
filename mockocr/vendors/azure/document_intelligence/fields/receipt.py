"""The fields of a receipt. doc: receipt model, supported fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.fields.builder import Builder, Document
from mockocr.vendors.azure.document_intelligence.fields.labelled import Label, items, labelled
from mockocr.vendors.azure.document_intelligence.page_text import TITLE, Paragraph, Table

LABELS = (
    Label("TransactionDate", "date", r"date|日期"),
    Label("TransactionTime", "time", r"time|时间"),
    Label("MerchantPhoneNumber", "string", r"tel|phone|电话"),
    Label("Subtotal", "currency", r"sub-?total|小计"),
    Label("TotalTax", "currency", r"(sales|total)?(tax|vat)|税额"),
    Label("Tip", "currency", r"tip|gratuity"),
    Label("Total", "currency", r"(grand)?total|amountdue|合计|总计|应付"),
)
COLUMNS = (
    Label("Description", "string", r"(item)?description|items?|品名|名称"),
    Label("Quantity", "number", r"quantity|qty|数量"),
    Label("Price", "currency", r"(unit)?price|单价"),
    Label("TotalPrice", "currency", r"amount|total|金额"),
)
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}/\d{1,2}/\d{4}")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_NUMBER = re.compile(r"\d+")
_AMOUNT = re.compile(r"\D{0,3}\d+[.,]\d{2}")


def find(builder: Builder, readings: Sequence[Recognition]) -> Document | None:
    """The title as the merchant, the first date and time, the labelled amounts, and the rows of
    tables as `Items`: with a header by its names, else name, count and amount.
    """
    fields: dict[str, Any] = {}
    _note(fields, "MerchantName", _merchant(builder))
    fields |= labelled(builder, LABELS)
    for name, kind, pattern in (
        ("TransactionDate", "date", _DATE),
        ("TransactionTime", "time", _TIME),
    ):
        if name not in fields:
            _note(fields, name, _word(builder, kind, pattern))
    rows = items(builder, COLUMNS) or _plain_rows(builder)
    if rows:
        fields["Items"] = builder.items(rows)
    return Document("receipt", fields)


def _note(fields: dict[str, Any], name: str, field: dict[str, Any] | None) -> None:
    if field is not None:
        fields[name] = field


def _merchant(builder: Builder) -> dict[str, Any] | None:
    for page in builder.pages:
        for block in page.blocks:
            if isinstance(block, Paragraph) and block.role == TITLE:
                characters = [c for line in block.lines for w in line.words for c in w.characters]
                return builder.field("string", block.text, characters, page)
    return None


def _word(builder: Builder, kind: str, pattern: re.Pattern[str]) -> dict[str, Any] | None:
    for placed in builder.content.pages:
        for word, _ in placed.words:
            if pattern.fullmatch(word.text):
                return builder.field(kind, word.text, word.characters, placed.page)
    return None


def _plain_rows(builder: Builder) -> list[dict[str, Any]]:
    """Rows of three cells in tables without a header: name, count, amount."""
    found: list[dict[str, Any]] = []
    for page in builder.pages:
        for table in (block for block in page.blocks if isinstance(block, Table)):
            for row in range(table.rows):
                cells = [cell for cell in table.cells if cell.row == row and cell.text]
                if len(cells) != 3 or not (
                    _NUMBER.fullmatch(cells[1].text) and _AMOUNT.fullmatch(cells[2].text)
                ):
                    continue
                item: dict[str, Any] = {}
                for cell, (name, kind) in zip(cells, _PLAIN, strict=True):
                    characters = [c for x in cell.lines for w in x.words for c in w.characters]
                    _note(item, name, builder.field(kind, cell.text, characters, page))
                found.append(item)
    return found


_PLAIN = (("Description", "string"), ("Quantity", "number"), ("TotalPrice", "currency"))
