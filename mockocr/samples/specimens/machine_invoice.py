"""Draws general invoices that a machine prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.invoice_amounts import in_words
from mockocr.samples.specimens.regions import TAX_OFFICES
from mockocr.samples.specimens.till_rows import draw_rows, till_rows


def draw(invented: Invented) -> Drawn:
    """A form 1320 pixels wide, with the parties side by side or one below the other."""
    random = invented.random
    rows = till_rows(random)
    total = sum((row.amount for row in rows), Decimal(0))
    seller, buyer = invented.company(), invented.company()
    day = invented.day(date(2017, 1, 1), date(2026, 1, 1))
    fields = {
        "title": f"{random.choice(TAX_OFFICES)}通用机打发票",
        "code": invented.digits(12),
        "number": invented.digits(8),
        "date": day.isoformat(),
        "buyer_name": buyer.name,
        "seller_name": seller.name,
        "seller_tax_id": seller.tax_id,
        "total": f"{total:.2f}",
        "total_in_words": in_words(total, "元"),
    }
    if random.random() < 0.5:
        fields["buyer_tax_id"] = buyer.tax_id
    sheet = Sheet(1320, 800 + 46 * len(rows))
    font = random.choice(("sans", "serif"))
    form, ink = random.choice(("#7a3b1e", "#2f5f4a")), "#141414"
    sheet.write_centered(fields["title"], 660, 44, 42, font=font, ink=form)
    for y, label, name in ((120.0, "发票代码", "code"), (162.0, "发票号码", "number")):
        x = sheet.write(f"{label}：", 820, y, 26, font=font, ink=form)
        sheet.write(fields[name], x, y, 26, font="sans", ink=ink)
    x = sheet.write("开票日期：", 80, 162, 26, font=font, ink=form)
    sheet.write(f"{day:%Y年%m月%d日}", x, 162, 26, font=font, ink=ink)
    side = random.random() < 0.5
    words = random.choice((("付款方", "收款方"), ("购买方", "销售方")))
    y = 230.0
    for place, (word, party) in enumerate(zip(words, ("buyer", "seller"), strict=True)):
        left, top = (80.0 + 600 * place, y) if side else (80.0, y + 92 * place)
        x = sheet.write(f"{word}名称：", left, top, 26, font=font, ink=form)
        sheet.write(fields[f"{party}_name"], x, top, 26, font=font, ink=ink)
        x = sheet.write(f"{word}识别号：", left, top + 44, 26, font=font, ink=form)
        sheet.write(fields.get(f"{party}_tax_id", ""), x, top + 44, 26, font="sans", ink=ink)
    y += 110 if side else 200
    places = (80, 620, 820, 1120)
    y = 24 + draw_rows(
        sheet, rows, places, y, pixels=26, font=font, form=form, ink=ink, heading="品名"
    )
    x = sheet.write("合计（大写）：", 80, y, 26, font=font, ink=form)
    sheet.write(fields["total_in_words"], x, y, 26, font=font, ink=ink)
    x = sheet.write("（小写）：", 780, y, 26, font=font, ink=form)
    sheet.write(f"￥{fields['total']}", x, y, 26, font="sans", ink=ink)
    sheet.write(f"开票人：{invented.person().name}", 80, y + 70, 26, font=font, ink=ink)
    sheet.write("收款单位（盖章）", 780, y + 70, 26, font=font, ink=form)
    return Drawn(sheet, fields, tuple(row.fields for row in rows))
