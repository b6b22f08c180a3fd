"""Draws fully digital VAT invoices: buyer on the left, seller on the right."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Company, Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.vat_facts import Ink, VatFacts, draw_table, spread_upright

_WIDTH, _HEIGHT = 1640, 1090
_TYPES = ("普通发票", "普通发票", "增值税专用发票")


def draw_digital(invented: Invented, facts: VatFacts) -> Drawn:
    """1640 × 1090 pixels, as a page of half A4 at 200 dots an inch."""
    random = invented.random
    form = random.choice(("#7a3b1e", "#8c4a22", "#222222"))
    fonts = ("serif", random.choice(("serif", "sans")))
    ink = Ink(form, random.choice(("#111111", "#1c2a66")), *fonts, random.choice((21, 22, 23)))
    size = ink.pixels
    sheet = Sheet(_WIDTH, _HEIGHT)
    number = invented.digits(20)
    title = f"电子发票（{random.choice(_TYPES)}）"
    sheet.write_centered(title, 800, 52, 42, font="serif", ink=form)
    sheet.rule(560, 116, 1040, 116, form)
    sheet.rule(560, 122, 1040, 122, form)
    for y, label, value in ((70, "发票号码：", number), (112, "开票日期：", facts.chinese_day)):
        x = sheet.write(label, 1180, y, size, font="serif", ink=form)
        sheet.write(value, x + random.choice((2, 8)), y, size, font=ink.print_font, ink=ink.print)
    sheet.box(30, 176, 1610, 1010, outline=form)
    for y in (330, 700, 760, 940):
        sheet.rule(30, y, 1610, y, form)
    _party(sheet, "购买方信息", facts.buyer, 30, ink)
    _party(sheet, "销售方信息", facts.seller, 820, ink)
    headings = random.choice(
        (
            ("项目名称", "规格型号", "单 位", "数 量", "单 价", "金 额", "税率/征收率", "税 额"),
            ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率/征收率", "税额"),
        )
    )
    columns = (
        *((headings[0], 130, "left"), (headings[1], 400, "left"), (headings[2], 620, "center")),
        *((headings[3], 780, "right"), (headings[4], 960, "right"), (headings[5], 1170, "right")),
        *((headings[6], 1310, "center"), (headings[7], 1590, "right")),
    )
    draw_table(sheet, facts, columns, 342, ink)
    _sums(sheet, facts, ink)
    spread_upright(sheet, "备注", 46, 764, 936, ink)
    fields = {"title": title, "type": title, "number": number, "drawer": facts.people[2]}
    fields |= _remark(invented, sheet, facts, ink)
    x = sheet.write("开票人：", 150, 1030, size, font="serif", ink=form)
    sheet.write(facts.people[2], x, 1030, size, font=ink.print_font, ink=ink.print)
    narrow = {name: value.replace("（", "(").replace("）", ")") for name, value in fields.items()}
    return Drawn(sheet, facts.fields() | narrow, tuple(row.fields for row in facts.rows))


def _party(sheet: Sheet, label: str, company: Company, left: float, ink: Ink) -> None:
    sheet.rule(left + 48, 176, left + 48, 330, ink.form)
    spread_upright(sheet, label, left + 13, 180, 326, ink)
    if left > 30:
        sheet.rule(left, 176, left, 330, ink.form)
    for y, name, value in (
        (200, "名称：", company.name),
        (276, "统一社会信用代码/纳税人识别号：", company.tax_id),
    ):
        x = sheet.write(name, left + 62, y, ink.pixels, font="serif", ink=ink.form)
        sheet.write(value, x + 4, y, ink.pixels, font=ink.print_font, ink=ink.print)


def _sums(sheet: Sheet, facts: VatFacts, ink: Ink) -> None:
    size, right = ink.pixels, {"font": ink.print_font, "ink": ink.print}
    sheet.write("合", 140, 664, size, font="serif", ink=ink.form)
    sheet.write("计", 300, 664, size, font="serif", ink=ink.form)
    sheet.write_right(f"¥{facts.amount}", 1170, 664, size, **right)
    sheet.write_right(f"¥{facts.tax}", 1590, 664, size, **right)
    sheet.write("价税合计（大写）", 110, 716, size, font="serif", ink=ink.form)
    sheet.circle(506, 716 + size * 0.62, size * 0.42, outline=ink.form, width=2)
    sheet.write(facts.fields()["total_in_words"], 530, 716, size, **right)
    sheet.write("（小写）", 1080, 716, size, font="serif", ink=ink.form)
    sheet.write(f"¥{facts.total}", 1190, 716, size, **right)


def _remark(invented: Invented, sheet: Sheet, facts: VatFacts, ink: Ink) -> dict[str, str]:
    """Often an account, or an order; sometimes nothing."""
    choice = invented.random.random()
    if choice < 0.4:
        return {}
    lines = [f"订单号:{invented.digits(12)}"]
    if choice > 0.7:
        seller = facts.seller
        lines = [f"销方开户银行:{seller.bank};", f"银行账号:{seller.account};"]
    for number, line in enumerate(lines):
        y = 778 + number * ink.pixels * 1.5
        sheet.write(line, 100, y, ink.pixels, font=ink.print_font, ink=ink.print)
    return {"remark": "\n".join(lines)}
