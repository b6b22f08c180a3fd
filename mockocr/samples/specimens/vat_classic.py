"""Draws VAT invoices of the older form, electronic and on paper: buyer above, seller below."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Company, Invented
from mockocr.samples.sheet import Sheet, text_width, wrapped
from mockocr.samples.specimens.regions import TAX_OFFICES_AND_CITY
from mockocr.samples.specimens.vat_facts import Ink, VatFacts, draw_table, spread_upright

_VALUES = 670
"""Pixels that the values of a party may take in one line."""
_TYPES = ("增值税电子普通发票", "增值税电子普通发票", "增值税普通发票", "增值税专用发票")


def draw_classic(invented: Invented, facts: VatFacts) -> Drawn:
    """1700 × 1110 pixels, as the form of 240 × 140 mm at about 180 dots an inch."""
    random = invented.random
    form = random.choice(("#8a4a20", "#2f5f9a", "#9a3a4a"))
    pixels = random.choice((21, 22, 23))
    ink = Ink(form, random.choice(("#111111", "#14245c")), "serif", "sans", pixels)
    sheet = Sheet(1700, 1110)
    province, kind = random.choice(TAX_OFFICES_AND_CITY), random.choice(_TYPES)
    sheet.write_centered(province + kind, 830, 50, 46, font="serif", ink=form)
    sheet.rule(560, 120, 1100, 120, form)
    sheet.rule(560, 126, 1100, 126, form)
    fields = {"title": province + kind, "province": province, "type": kind}
    fields |= _head(invented, sheet, facts, ink, paper="电子" not in kind)
    sheet.box(60, 216, 1650, 1030, outline=form)
    for y in (380, 730, 790, 970):
        sheet.rule(60, y, 1650, y, form)
    for x, top, bottom in ((105, 216, 380), (980, 216, 380), (105, 790, 970), (980, 790, 970)):
        sheet.rule(x, top, x, bottom, form)
    full = random.random() < 0.7
    fields |= _party(sheet, "buyer", "购买方", facts.buyer, 216, ink, full=full)
    fields |= _party(sheet, "seller", "销售方", facts.seller, 796, ink, full=True)
    spread_upright(sheet, "密码区", 990, 222, 376, ink)
    password = ["".join(random.choice("0123456789+-*/<>") for _ in range(28)) for _ in range(4)]
    for number, line in enumerate(password):
        y = 228 + number * 36
        sheet.write(line, 1040, y, pixels + 2, font="mono", ink=ink.print)
    fields["password"] = "\n".join(password)
    headings = (
        "货物或应税劳务、服务名称",
        "规格型号",
        "单位",
        "数 量",
        "单 价",
        "金 额",
        "税率",
        "税 额",
    )
    columns = (
        *((headings[0], 140, "left"), (headings[1], 480, "left"), (headings[2], 690, "center")),
        *((headings[3], 850, "right"), (headings[4], 1030, "right"), (headings[5], 1250, "right")),
        *((headings[6], 1350, "center"), (headings[7], 1630, "right")),
    )
    draw_table(sheet, facts, columns, 390, ink)
    _sums(sheet, facts, ink)
    spread_upright(sheet, "备注", 990, 796, 966, ink)
    if random.random() < 0.5:
        remark = f"合同编号{invented.digits(10)}"
        sheet.write(remark, 1050, 806, pixels, font="sans", ink=ink.print)
        fields["remark"] = remark
    fields |= _people(sheet, facts, ink)
    return Drawn(sheet, facts.fields() | fields, tuple(row.fields for row in facts.rows))


def _head(
    invented: Invented, sheet: Sheet, facts: VatFacts, ink: Ink, *, paper: bool
) -> dict[str, str]:
    """The numbers above the form: on paper without the labels of code and number."""
    size = ink.pixels
    code, number = invented.digits(10 if paper else 12), invented.digits(8)
    check, machine = invented.digits(20), invented.digits(12)
    groups = " ".join(check[i : i + 5] for i in range(0, 20, 5))
    rows = [("开票日期：", facts.chinese_day)]
    fields = {"code": code, "number": number}
    if paper:
        sheet.write(code, 120, 60, 40, font="mono", ink=ink.form)
        sheet.write(f"No {number}", 1240, 60, 38, font="mono", ink=ink.form)
    else:
        rows = [("发票代码：", code), ("发票号码：", number), *rows, ("校 验 码：", groups)]
        x = sheet.write("机器编号：", 66, 176, size, font="serif", ink=ink.form)
        sheet.write(machine, x, 176, size, font="sans", ink=ink.print)
        fields |= {"check_code": check, "machine_number": machine}
    top = 150 if paper else 44
    for index, (label, value) in enumerate(rows):
        y = top + index * 40
        x = sheet.write(label, 1200, y, size, font="serif", ink=ink.form)
        sheet.write(value, x + 4, y, size, font="sans", ink=ink.print)
    return fields


def _party(
    sheet: Sheet, side: str, label: str, company: Company, top: float, ink: Ink, *, full: bool
) -> dict[str, str]:
    spread_upright(sheet, label, 72, top + 8, top + 156, ink)
    address, account = f"{company.address} {company.phone}", f"{company.bank} {company.account}"
    printed = {"address_phone": address, "bank_account": account} if full else {}
    fields = {f"{side}_{name}": value.replace(" ", "") for name, value in printed.items()}
    rows = (
        ("名    称：", company.name),
        ("纳税人识别号：", company.tax_id),
        ("地 址、电 话：", address if full else ""),
        ("开户行及账号：", account if full else ""),
    )
    for index, (name, value) in enumerate(rows):
        y = top + 8 + index * 39
        sheet.write(name, 120, y, ink.pixels, font="serif", ink=ink.form)
        if text_width(value, ink.pixels, "sans") < _VALUES:
            sheet.write(value, 300, y, ink.pixels, font="sans", ink=ink.print)
            continue
        small = ink.pixels - 4
        parts = list(wrapped(value, small, _VALUES, "sans"))
        for number, part in enumerate(parts):
            place = y + ink.pixels / 2 + (number - len(parts) / 2) * (small + 2)
            sheet.write(part, 300, place, small, font="sans", ink=ink.print)
    return fields


def _sums(sheet: Sheet, facts: VatFacts, ink: Ink) -> None:
    size = ink.pixels
    sheet.write("合    计", 200, 694, size, font="serif", ink=ink.form)
    sheet.write_right(f"￥{facts.amount}", 1250, 694, size, font="sans", ink=ink.print)
    sheet.write_right(f"￥{facts.tax}", 1630, 694, size, font="sans", ink=ink.print)
    sheet.write("价税合计（大写）", 150, 746, size, font="serif", ink=ink.form)
    sheet.circle(536, 746 + size * 0.62, size * 0.42, outline=ink.form, width=2)
    words = facts.fields()["total_in_words"]
    sheet.write(words, 560, 746, size, font="sans", ink=ink.print)
    sheet.write("（小写）", 1180, 746, size, font="serif", ink=ink.form)
    sheet.write(f"￥{facts.total}", 1290, 746, size, font="sans", ink=ink.print)


def _people(sheet: Sheet, facts: VatFacts, ink: Ink) -> dict[str, str]:
    places = ((110, "收款人：", "payee"), (500, "复核：", "reviewer"), (870, "开票人：", "drawer"))
    fields: dict[str, str] = {}
    for (x, label, name), person in zip(places, facts.people, strict=True):
        end = sheet.write(label, x, 1050, ink.pixels, font="serif", ink=ink.form)
        sheet.write(person, end, 1050, ink.pixels, font="sans", ink=ink.print)
        fields[name] = person
    sheet.write("销售方：（章）", 1280, 1050, ink.pixels, font="serif", ink=ink.form)
    return fields
