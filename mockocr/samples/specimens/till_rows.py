"""Draws what rolls and machine-printed invoices have in common: rows of a till."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import msgspec

from mockocr.samples.sheet import Sheet

_GOODS = ("矿泉水", "打印纸", "签字笔", "盒饭", "洗车费", "停车费", "工作餐", "文件夹", "咖啡")


class TillRow(msgspec.Struct, frozen=True):
    """One row of a till."""

    name: str
    price: Decimal
    quantity: int

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity

    @property
    def fields(self) -> dict[str, str]:
        return {
            "name": self.name,
            "price": f"{self.price:.2f}",
            "quantity": str(self.quantity),
            "amount": f"{self.amount:.2f}",
        }


def till_rows(random: Random) -> list[TillRow]:
    """One to four rows."""
    return [
        TillRow(name, Decimal(random.randint(100, 20_000)) / 100, random.randint(1, 9))
        for name in random.sample(_GOODS, random.choice((1, 2, 3, 4)))
    ]


def draw_rows(
    sheet: Sheet,
    rows: list[TillRow],
    places: tuple[float, float, float, float],
    top: float,
    *,
    pixels: int,
    font: str,
    form: str,
    ink: str,
    heading: str = "项目",
) -> float:
    """Draw headings and rows; `places`: where the names begin and the three numbers end. Return the
    top of the next line.
    """
    step = pixels * 1.7
    sheet.write(heading, places[0], top, pixels, font=font, ink=form)
    for label, right in zip(("单价", "数量", "金额"), places[1:], strict=True):
        sheet.write_right(label, right, top, pixels, font=font, ink=form)
    for row in rows:
        top += step
        sheet.write(row.name, places[0], top, pixels, font=font, ink=ink)
        texts = (f"{row.price:.2f}", str(row.quantity), f"{row.amount:.2f}")
        for text, right in zip(texts, places[1:], strict=True):
            sheet.write_right(text, right, top, pixels, font="sans", ink=ink)
    return top + step
