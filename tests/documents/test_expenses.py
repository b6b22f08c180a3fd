"""Fields and line items of drawn-up invoices and receipts."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.expenses import Expense, Field, ItemField, find_expense, label_kind
from mockocr.documents.pairs import find_pairs
from mockocr.documents.tables import find_tables


def expense(*rows: tuple[tuple[int, str], ...]) -> Expense:
    """What is found in rows of texts, each with its left end."""
    lines = tuple(
        line_of_text(text, Quad.upright(x, 50 * y, x + 12 * len(text), 50 * y + 24), 0.9)
        for y, row in enumerate(rows)
        for x, text in row
    )
    recognition = Recognition(lines)
    tables = find_tables(recognition)
    return find_expense(recognition, tables, find_pairs(recognition, tables))


def found(expense: Expense) -> dict[Field, str]:
    return {field.kind: field.value.text for field in expense.fields}


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("TOTAL", Field.TOTAL),
        ("Total Due:", Field.AMOUNT_DUE),
        ("Sub Total", Field.SUBTOTAL),
        ("Sales tax 8.5%", Field.TAX),
        ("Invoice #", Field.INVOICE_ID),
        ("Invoice Date", Field.INVOICE_DATE),
        ("Due Date", Field.DUE_DATE),
        ("Bill To:", Field.RECEIVER_NAME),
        ("TEND", Field.AMOUNT_PAID),
        ("Order Number", None),
    ],
)
def test_labels_name_fields(label: str, kind: Field | None) -> None:
    assert label_kind(label) is kind


def test_an_invoice_has_its_labelled_fields_and_the_name_at_the_top() -> None:
    got = found(
        expense(
            ((10, "ACME Trading Ltd"),),
            ((10, "Invoice Number: INV-7"),),
            ((10, "Invoice Date: 01/25/2016"),),
            ((10, "Total: $93.50"),),
        )
    )
    assert got == {
        Field.INVOICE_ID: "INV-7",
        Field.INVOICE_DATE: "01/25/2016",
        Field.TOTAL: "$93.50",
        Field.VENDOR_NAME: "ACME Trading Ltd",
    }


def test_a_date_and_a_telephone_number_are_known_by_their_form() -> None:
    got = found(expense(((10, "MEGA MARKET"),), ((10, "800-532-2918"),), ((10, "12/07/2019"),)))
    assert got[Field.VENDOR_PHONE] == "800-532-2918"
    assert got[Field.INVOICE_DATE] == "12/07/2019"


def test_rows_below_known_headings_are_line_items() -> None:
    got = expense(
        ((10, "Qty"), (200, "Description"), (600, "Unit Price"), (900, "Amount")),
        ((10, "2"), (200, "Green tea"), (600, "1.50"), (900, "3.00")),
        ((10, "1"), (200, "Coffee"), (600, "4.20"), (900, "4.20")),
    )
    ((first, second),) = got.items
    assert [(kind, value.text) for kind, value, _ in first.fields] == [
        (ItemField.QUANTITY, "2"),
        (ItemField.ITEM, "Green tea"),
        (ItemField.UNIT_PRICE, "1.50"),
        (ItemField.PRICE, "3.00"),
    ]
    assert second.row.text == "1 Coffee 4.20 4.20"


def test_names_with_amounts_before_the_sums_of_a_receipt_are_line_items() -> None:
    got = expense(
        ((10, "LG FLATSCREEN"), (600, "$899.99")),
        ((10, "HDMI CABLE"), (600, "$19.99")),
        ((10, "TOTAL"), (600, "$919.98")),
    )
    ((first, second),) = got.items
    assert (first.row.text, second.row.text) == ("LG FLATSCREEN $899.99", "HDMI CABLE $19.99")
    assert found(got)[Field.TOTAL] == "$919.98"


def test_nothing_is_invented_on_an_empty_page() -> None:
    assert expense() == Expense((), ())
