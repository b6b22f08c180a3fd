"""Fields of invoices and receipts: who sells, when, what, and how much it costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from mockocr.core.recognition import Line, Quad, Recognition, Word
from mockocr.documents.pairs import Pair, Part
from mockocr.documents.tables import Cell, Table


class Field(StrEnum):
    """What a field of an invoice or receipt is."""

    VENDOR_NAME = "vendor name"
    VENDOR_PHONE = "vendor phone"
    RECEIVER_NAME = "receiver name"
    INVOICE_ID = "invoice id"
    INVOICE_DATE = "invoice date"
    DUE_DATE = "due date"
    PO_NUMBER = "po number"
    PAYMENT_TERMS = "payment terms"
    SUBTOTAL = "subtotal"
    DISCOUNT = "discount"
    SHIPPING = "shipping"
    TAX = "tax"
    GRATUITY = "gratuity"
    TOTAL = "total"
    AMOUNT_DUE = "amount due"
    AMOUNT_PAID = "amount paid"
    OTHER = "other"


class ItemField(StrEnum):
    """What a cell of a line item is."""

    ITEM = "item"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit price"
    PRICE = "price"
    PRODUCT_CODE = "product code"
    OTHER = "other"


class ExpenseField(msgspec.Struct, frozen=True):
    """One field; `label` is what names it in the picture, None if nothing does."""

    kind: Field
    value: Part
    label: Part | None = None


class LineItem(msgspec.Struct, frozen=True):
    """One row of what was sold: its fields, each with the heading of its column if there is one,
    and the whole row.
    """

    fields: tuple[tuple[ItemField, Part, Part | None], ...]
    row: Part


class Expense(msgspec.Struct, frozen=True):
    """What an invoice or receipt says. What is not seen is absent."""

    fields: tuple[ExpenseField, ...]
    items: tuple[tuple[LineItem, ...], ...]
    """The line items of each table that has any."""


AMOUNT = re.compile(r"-?[$€£¥￥]?\s?-?\d[\d,]*(?:[.,]\d{2})\b.{0,3}|[$€£¥￥]\s?\d[\d,.]*")
"""An amount of money, with a letter after it as receipts print them."""
_DATE = re.compile(r"\b(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})\b")
_PHONE = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_LABELS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Field.AMOUNT_DUE, r"(amount|balance|total) due|amount payable|please pay"),
        (Field.AMOUNT_PAID, r"tend(er(ed)?)?|(amount |total )?paid|cash( tendered)?|payment"),
        (Field.SUBTOTAL, r"sub ?total|net( amount| total)?|total before tax"),
        (Field.TAX, r"(sales |total |state |city )?(tax|vat|gst|hst|pst)\b.*"),
        (Field.DISCOUNT, r"(total )?(discount|savings|coupon).*"),
        (Field.SHIPPING, r"(shipping|delivery|freight|handling)\b.*"),
        (Field.GRATUITY, r"tip|gratuity|service charge"),
        (
            Field.TOTAL,
            r"(grand |invoice |order )?total( amount| price|s)?( usd)?|amount total",
        ),
        (Field.DUE_DATE, r"(payment )?due( date| by| on)|pay by"),
        (
            Field.INVOICE_DATE,
            r"(invoice |receipt |order |bill )?date( of issue)?|issued( on)?",
        ),
        (Field.PO_NUMBER, r"(po|p o|purchase order)( number| no| id)?"),
        (Field.INVOICE_ID, r"(invoice|receipt|bill|tr|transaction)( number| num| no| id| n)?"),
        (Field.PAYMENT_TERMS, r"(payment )?terms"),
        (Field.RECEIVER_NAME, r"(bill|sold|ship|invoice) to|customer( name)?|client"),
    )
)
_COLUMNS: tuple[tuple[ItemField, re.Pattern[str]], ...] = (
    (ItemField.QUANTITY, re.compile(r"\b(qty|quantity|hrs|hours|pcs)\b")),
    (ItemField.UNIT_PRICE, re.compile(r"\b(unit|rate|each|list)\b")),
    (ItemField.PRODUCT_CODE, re.compile(r"\b(code|sku|part|(item|product) (number|no|id))\b")),
    (ItemField.PRICE, re.compile(r"\b(total|subtotal|amount|price|cost)\b")),
    (ItemField.ITEM, re.compile(r"\b(description|items?|products?|services?|details)\b")),
)
_SUMS = frozenset({Field.SUBTOTAL, Field.TOTAL, Field.AMOUNT_DUE, Field.TAX})


def find_expense(
    recognition: Recognition, tables: Sequence[Table], pairs: Sequence[Pair]
) -> Expense:
    """The fields in the order of the page, and the line items, of an invoice or a receipt."""
    items = tuple(found for table in tables if (found := tuple(_items(table))))
    if not items and (sold := tuple(_sold(pairs))):
        items = (sold,)
    used = {id(word) for rows in items for item in rows for word in item.row.words}
    fields = [*_labelled(pairs, used), *_unlabelled(recognition)]
    dated = any(field.kind is Field.INVOICE_DATE and field.label for field in fields)
    kept = (f for f in fields if not (dated and f.kind is Field.INVOICE_DATE and not f.label))
    return Expense(tuple(kept), items)


def label_kind(text: str) -> Field | None:
    """What a label names; None for an unknown one."""
    plain = _plain(text)
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(plain)), None)


def _labelled(pairs: Iterable[Pair], used: set[int]) -> Iterator[ExpenseField]:
    for pair in pairs:
        if pair.value is not None and not any(id(word) in used for word in pair.value.words):
            kind = label_kind(pair.key.text) or Field.OTHER
            yield ExpenseField(kind, pair.value, pair.key)


def _unlabelled(recognition: Recognition) -> Iterator[ExpenseField]:
    """The seller's name at the top, and what its form alone tells: a date, a telephone number."""
    lines = [line for line in recognition.lines if line.words]
    for line in lines[:3]:
        letters = sum(character.isalpha() for character in line.text)
        if letters >= 3 and letters > 2 * sum(c.isdigit() for c in line.text):
            if label_kind(line.text) is None and ":" not in line.text:
                yield ExpenseField(Field.VENDOR_NAME, _part(line.words))
            break
    for line in lines:
        for kind, pattern in ((Field.INVOICE_DATE, _DATE), (Field.VENDOR_PHONE, _PHONE)):
            match = pattern.search(line.text)
            words = _words_at(line, *match.span()) if match else ()
            if words:
                yield ExpenseField(kind, _part(words))


def _items(table: Table) -> Iterator[LineItem]:
    """The rows that sell something: those below known headings, or a name before an amount."""
    rows = [[c for c in table.cells if c.row == row] for row in range(table.row_count)]
    heads = [cell for cell in table.cells if cell.is_header and cell.words]
    columns = {cell.column: (_column_kind(cell.text), _of_cell(cell)) for cell in heads}
    named = sum(kind is not ItemField.OTHER for kind, _ in columns.values()) >= 2
    for row in rows:
        cells = [cell for cell in row if cell.words and not cell.is_header]
        if len(cells) < 2 or label_kind(cells[0].text) is not None:
            continue
        if named:
            found = [(*_heading(columns, cell), cell) for cell in cells]
        elif not heads and len(cells) == 2 and AMOUNT.fullmatch(cells[1].text.strip()):
            found = [(ItemField.ITEM, None, cells[0]), (ItemField.PRICE, None, cells[1])]
        else:
            continue
        fields = tuple((kind, _of_cell(cell), head) for kind, head, cell in found)
        words = tuple(word for cell in cells for word in cell.words)
        text = " ".join(cell.text.replace("\n", " ") for cell in cells)
        yield LineItem(fields, Part(words, _around(cells), text))


def _sold(pairs: Iterable[Pair]) -> Iterator[LineItem]:
    """What a receipt lists before its sums: unknown names, each with an amount."""
    for pair in pairs:
        if label_kind(pair.key.text) in _SUMS:
            return
        key, value = pair.key, pair.value
        known = label_kind(key.text) is not None or key.text.rstrip().endswith((":", "#"))
        if value is None or known or not AMOUNT.fullmatch(value.text.strip()):
            continue
        words = (*key.words, *value.words)
        row = Part(words, around([word.quad for word in words]), f"{key.text} {value.text}")
        yield LineItem(((ItemField.ITEM, key, None), (ItemField.PRICE, value, None)), row)


def _heading(
    columns: dict[int, tuple[ItemField, Part]], cell: Cell
) -> tuple[ItemField, Part | None]:
    return columns.get(cell.column, (ItemField.OTHER, None))


def _column_kind(text: str) -> ItemField:
    plain = _plain(text)
    found = (kind for kind, pattern in _COLUMNS if pattern.search(plain))
    return next(found, ItemField.OTHER)


def _plain(text: str) -> str:
    """Lower-case words without punctuation; `#` counts as the word for a number."""
    spelled = text.replace("#", " no ").lower()
    return " ".join(re.findall(r"[^\W_]+", spelled))


def _of_cell(cell: Cell) -> Part:
    return Part(cell.words, _around([cell]), cell.text.replace("\n", " "))


def _part(words: Sequence[Word]) -> Part:
    text = "".join((" " if word.spaced and i else "") + word.text for i, word in enumerate(words))
    first, last = words[0].quad, words[-1].quad
    return Part(tuple(words), Quad(first.tl, last.tr, last.br, first.bl), text)


def _around(cells: Sequence[Cell]) -> Quad:
    """The upright rectangle around the words of some cells."""
    return around([word.quad for cell in cells for word in cell.words])


def around(quads: Sequence[Quad]) -> Quad:
    """The upright rectangle around some quads, at least one."""
    lefts, tops, rights, bottoms = zip(*(quad.extent for quad in quads), strict=True)
    return Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))


def _words_at(line: Line, start: int, end: int) -> tuple[Word, ...]:
    """The words of a line whose characters stand from `start` to `end` in its text."""
    found, position = [], 0
    for index, word in enumerate(line.words):
        position += 1 if word.spaced and index else 0
        if position < end and position + len(word.text) > start:
            found.append(word)
        position += len(word.text)
    return tuple(found)
