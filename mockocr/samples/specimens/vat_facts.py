"""What a VAT invoice says, however it is laid out, and the table that every layout has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from mockocr.samples.invented import Company
from mockocr.samples.sheet import Sheet, wrapped
from mockocr.samples.specimens.invoice_amounts import Item, in_words


class VatFacts(msgspec.Struct, frozen=True):
    """The facts of one invoice. `people`: who receives the money, who checks, who draws up."""

    buyer: Company
    seller: Company
    rows: tuple[Item, ...]
    amount: Decimal
    tax: Decimal
    day: date
    people: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        return self.amount + self.tax

    @property
    def chinese_day(self) -> str:
        return f"{self.day:%Y年%m月%d日}"

    def fields(self) -> dict[str, str]:
        """The fields that every layout prints."""
        return {
            "date": self.day.isoformat(),
            "buyer_name": self.buyer.name,
            "buyer_tax_id": self.buyer.tax_id,
            "seller_name": self.seller.name,
            "seller_tax_id": self.seller.tax_id,
            "amount": str(self.amount),
            "tax": str(self.tax),
            "total": str(self.total),
            "total_in_words": in_words(self.total),
        }


class Ink(msgspec.Struct, frozen=True):
    """How a layout is drawn: the colours of form and print, their fonts and the size of letters."""

    form: str
    print: str
    form_font: str
    print_font: str
    pixels: int


def spread_upright(sheet: Sheet, text: str, x: float, top: float, bottom: float, ink: Ink) -> None:
    """Draw a label one character below the other, spread over the height."""
    step = (bottom - top) / len(text)
    for number, character in enumerate(text):
        y = top + step * (number + 0.5) - ink.pixels * 0.6
        sheet.write(character, x, y, ink.pixels, font=ink.form_font, ink=ink.form)


def draw_table(
    sheet: Sheet, facts: VatFacts, columns: Sequence[tuple[str, float, str]], top: float, ink: Ink
) -> None:
    """Draw the headings and the rows. `columns`: heading, place, and how the cells are aligned:
    `left` and `right` edge or `center`.
    """
    size = ink.pixels
    step = size * 1.45
    for heading, x, align in columns:
        _write(sheet, heading, x, top, align, ink.form_font, ink.form, size)
    y = top + step * 1.15
    width = columns[1][1] - columns[0][1] - size * 2.8
    for row in facts.rows:
        cells = (row.spec, row.unit, row.quantity, row.price, str(row.amount), f"{row.rate}%")
        names = list(wrapped(row.name, size, width, ink.print_font))
        for text, (_, x, align) in zip((*cells, str(row.tax)), columns[1:], strict=True):
            _write(sheet, text, x, y, align, ink.print_font, ink.print, size)
        for number, part in enumerate(names):
            left = columns[0][1] - size * 3.4
            sheet.write(part, left, y + number * step, size, font=ink.print_font, ink=ink.print)
        y += step * len(names)


def _write(
    sheet: Sheet, text: str, x: float, y: float, align: str, font: str, ink: str, size: int
) -> None:
    if align == "right":
        sheet.write_right(text, x, y, size, font=font, ink=ink)
    elif align == "center":
        sheet.write_centered(text, x, y, size, font=font, ink=ink)
    else:
        sheet.write(text, x, y, size, font=font, ink=ink)
