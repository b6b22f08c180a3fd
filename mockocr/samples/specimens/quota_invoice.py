"""Draws quota invoices: receipts of a printed amount."""

from __future__ import annotations

from decimal import Decimal

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.invoice_amounts import in_words


def draw(invented: Invented) -> Drawn:
    """A slip of 900 × 520 pixels, wide or 520 × 900 high."""
    random = invented.random
    city = f"{invented.city()}市"
    value = Decimal(random.choice((1, 2, 5, 10, 20, 50, 100)))
    unit = random.choice("元圆")
    fields = {
        "title": f"{city}通用定额发票",
        "city": city,
        "code": invented.digits(12),
        "number": invented.digits(8),
        "amount_in_words": in_words(value, unit),
    }
    form = random.choice(("#8a2f3c", "#2f5f4a", "#3a4f8a"))
    font = random.choice(("sans", "serif"))
    wide = random.random() < 0.6
    width, height = (900, 520) if wide else (560, 900)
    sheet = Sheet(width, height, random.choice(("#f7f2e8-#efe6d2", "#eef4ee-#e0ebe2", "white")))
    sheet.waves("#e6dccb", random, 14)
    middle = width / 2
    sheet.write_centered(fields["title"], middle, 46, 40, font=font, ink=form)
    sheet.write_centered("发 票 联", middle, 104, 30, font=font, ink=form)
    left = 90
    y = 190 if wide else 220
    for label, name in (("发票代码", "code"), ("发票号码", "number")):
        x = sheet.write(f"{label}：", left, y, 30, font=font, ink=form)
        sheet.write(fields[name], x, y, 30, font="sans", ink="#b02030")
        y += 56
    y += 20
    sheet.write_centered(fields["amount_in_words"], middle, y, 56, font=font, ink=form)
    if random.random() < 0.6:
        fields["amount"] = f"{value}.00"
        sheet.write_centered(f"￥{fields['amount']}", middle, y + 86, 36, font="sans", ink=form)
    sheet.write("收款单位（盖章）", left, height - 70, 26, font=font, ink=form)
    return Drawn(sheet, fields)
