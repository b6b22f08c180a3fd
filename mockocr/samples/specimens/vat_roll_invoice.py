"""Draws VAT invoices that tills print on rolls."""

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
    """A roll 720 pixels wide."""
    random = invented.random
    rows = till_rows(random)
    total = sum((row.amount for row in rows), Decimal(0))
    seller, buyer = invented.company(), invented.company()
    day = invented.day(date(2018, 1, 1), date(2026, 1, 1))
    fields = {
        "title": f"{random.choice(TAX_OFFICES)}增值税普通发票(卷票)",
        "code": invented.digits(12),
        "number": invented.digits(8),
        "machine_number": invented.digits(12),
        "seller_name": seller.name,
        "seller_tax_id": seller.tax_id,
        "date": day.isoformat(),
        "cashier": invented.person().name,
        "buyer_name": buyer.name,
        "total": f"{total:.2f}",
        "total_in_words": in_words(total),
        "check_code": invented.digits(20),
    }
    if random.random() < 0.7:
        fields["buyer_tax_id"] = buyer.tax_id
    sheet = Sheet(720, 1260 + 50 * len(rows))
    font = random.choice(("sans", "zenhei"))
    form, ink = random.choice(("#7a3b1e", "#3a4f8a")), "#141414"
    printed = fields["title"].replace("(", "（").replace(")", "）")
    sheet.write_centered(printed, 360, 60, 38, font=font, ink=form)
    sheet.write_centered("发 票 联", 360, 120, 30, font=font, ink=form)
    y = 200.0
    head = (
        *(("发票代码", "code"), ("发票号码", "number"), ("机器编号", "machine_number")),
        *(("销售方名称", "seller_name"), ("纳税人识别号", "seller_tax_id"), ("开票日期", "date")),
        *(("收款员", "cashier"), ("购买方名称", "buyer_name"), ("纳税人识别号", "buyer_tax_id")),
    )
    for label, name in head:
        x = sheet.write(f"{label}：", 60, y, 28, font=font, ink=form)
        sheet.write(fields.get(name, ""), x, y, 28, font=font, ink=ink)
        y += 52
    places = (60, 380, 510, 660)
    y = 20 + draw_rows(sheet, rows, places, y + 16, pixels=28, font=font, form=form, ink=ink)
    check = " ".join(fields["check_code"][i : i + 5] for i in range(0, 20, 5))
    for label, text in (
        ("合计金额（小写）：", f"￥{fields['total']}"),
        ("合计金额（大写）：", fields["total_in_words"]),
        ("校验码：", check),
    ):
        x = sheet.write(label, 60, y, 28, font=font, ink=form)
        sheet.write(text, x, y, 28, font=font, ink=ink)
        y += 54
    return Drawn(sheet, fields, tuple(row.fields for row in rows))
