"""Expense documents: the summary fields, line items and blocks of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockocr.documents.expenses import (
    AMOUNT,
    Expense,
    ExpenseField,
    Field,
    ItemField,
    LineItem,
    find_expense,
)
from mockocr.documents.pairs import Part, find_pairs
from mockocr.documents.tables import find_tables
from mockocr.vendors.aws.textract.blocks import Ids, Json, PageBlocks, page_blocks, percent
from mockocr.vendors.aws.textract.document import ReadPage

_TYPES: Mapping[Field, str] = {
    Field.VENDOR_NAME: "VENDOR_NAME",
    Field.VENDOR_PHONE: "VENDOR_PHONE",
    Field.RECEIVER_NAME: "RECEIVER_NAME",
    Field.INVOICE_ID: "INVOICE_RECEIPT_ID",
    Field.INVOICE_DATE: "INVOICE_RECEIPT_DATE",
    Field.DUE_DATE: "DUE_DATE",
    Field.PO_NUMBER: "PO_NUMBER",
    Field.PAYMENT_TERMS: "PAYMENT_TERMS",
    Field.SUBTOTAL: "SUBTOTAL",
    Field.DISCOUNT: "DISCOUNT",
    Field.SHIPPING: "SHIPPING_HANDLING_CHARGE",
    Field.TAX: "TAX",
    Field.GRATUITY: "GRATUITY",
    Field.TOTAL: "TOTAL",
    Field.AMOUNT_DUE: "AMOUNT_DUE",
    Field.AMOUNT_PAID: "AMOUNT_PAID",
    Field.OTHER: "OTHER",
}
"""doc: "Analyzing Invoices and Receipts", the standard fields."""
_ITEM_TYPES: Mapping[ItemField, str] = {
    ItemField.ITEM: "ITEM",
    ItemField.QUANTITY: "QUANTITY",
    ItemField.UNIT_PRICE: "UNIT_PRICE",
    ItemField.PRICE: "PRICE",
    ItemField.PRODUCT_CODE: "PRODUCT_CODE",
    ItemField.OTHER: "OTHER",
}
_AMOUNTS = frozenset(
    {
        Field.SUBTOTAL,
        Field.DISCOUNT,
        Field.SHIPPING,
        Field.TAX,
        Field.GRATUITY,
        Field.TOTAL,
        Field.AMOUNT_DUE,
        Field.AMOUNT_PAID,
    }
)
_CURRENCIES: Mapping[str, str] = {"$": "USD", "€": "EUR", "£": "GBP"}
"""Signs that stand for one currency; a yen sign stands for two."""


def expense_document(page: ReadPage, ids: Ids, index: int, *, numbered: bool = False) -> Json:
    """An item of `ExpenseDocuments`; its blocks name their page if they are `numbered`."""
    tables = find_tables(page.recognition)
    pairs = find_pairs(page.recognition, tables)
    found: Expense = find_expense(page.recognition, tables, pairs)
    blocks = page_blocks(page, ids)
    return {
        "ExpenseIndex": index,
        "SummaryFields": [_summary(blocks, field) for field in found.fields],
        "LineItemGroups": [
            {"LineItemGroupIndex": number, "LineItems": [_item(blocks, item) for item in items]}
            for number, items in enumerate(found.items, start=1)
        ],
        "Blocks": blocks.render(numbered=numbered),
    }


def _summary(blocks: PageBlocks, field: ExpenseField) -> Json:
    value = _field(blocks, _TYPES[field.kind], field.value, field.label)
    code = next((c for sign, c in _CURRENCIES.items() if sign in field.value.text), "")
    if field.kind in _AMOUNTS and code and AMOUNT.search(field.value.text):
        value["Currency"] = {"Code": code}
    return value


def _item(blocks: PageBlocks, item: LineItem) -> Json:
    fields: Sequence[tuple[ItemField, Part, Part | None]] = item.fields
    found = [_field(blocks, _ITEM_TYPES[kind], value, label) for kind, value, label in fields]
    return {"LineItemExpenseFields": [*found, _field(blocks, "EXPENSE_ROW", item.row, None)]}


def _field(blocks: PageBlocks, kind: str, value: Part, label: Part | None) -> Json:
    found: Json = {"Type": {"Text": kind, "Confidence": percent(value.confidence)}}
    if label is not None:
        found["LabelDetection"] = _detection(blocks, label)
    found["ValueDetection"] = _detection(blocks, value)
    found["PageNumber"] = blocks.page.number
    return found


def _detection(blocks: PageBlocks, part: Part) -> Json:
    return {
        "Text": part.text,
        "Geometry": blocks.geometry(part.quad),
        "Confidence": percent(part.confidence),
    }
