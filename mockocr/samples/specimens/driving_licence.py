"""Draws a driving licence."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A licence of 1000 × 690 pixels, of today's form or the older one with 有效起始日期."""
    random = invented.random
    person = invented.person()
    older = random.random() < 0.25
    font = random.choice(("sans", "sans", "zenhei"))
    sheet = Sheet(1000, 690, random.choice(("#f6f4ea-#eaf0ea", "#fbfbf6", "#eef3f6-#f6f4ea")))
    sheet.waves("#e2e6d8", random)
    sheet.write_centered("中华人民共和国机动车驾驶证", 500, 24, 46, font="bold")
    sheet.write_centered("Driving License of the People's Republic of China", 500, 84, 22)
    ink, small = "#1a1a1a", "#444444"
    left = random.randint(40, 56)

    def pair(label: str, english: str, value: str, x: float, y: float, indent: float) -> None:
        sheet.write(label, x, y, 24, font=font, ink=small)
        if english:
            sheet.write(english, x, y + 30, 16, ink=small)
        sheet.write(value, x + indent, y + 6, 30, font=font, ink=ink)

    english = random.random() < 0.8
    both = [
        ("证号", "No."),
        ("姓名", "Name"),
        ("性别", "Sex"),
        ("国籍", "Nationality"),
        ("住址", "Address"),
    ]
    named = {label: word if english else "" for label, word in both}
    pair("证号", named["证号"], person.number, left + 180, 122, 90)
    pair("姓名", named["姓名"], person.name, left, 186, 100)
    pair("性别", named["性别"], person.sex, left + 400, 186, 80)
    pair("国籍", named["国籍"], "中国", left + 600, 186, 130)
    sheet.write("住址", left, 254, 24, font=font, ink=small)
    if english:
        sheet.write("Address", left, 284, 16, ink=small)
    sheet.write_block(person.address, left + 100, 256, 30, 760, leading=1.3, font=font, ink=ink)
    first = invented.day(
        max(date(1995, 1, 1), person.birth.replace(year=person.birth.year + 18, day=1)),
        date(2026, 1, 1),
    )
    first = first.replace(day=min(first.day, 28))
    start = first.replace(year=min(2025, first.year + random.choice((0, 6))))
    licence = random.choice(("C1", "C1", "C2", "B2", "A2", "A1A2", "C1D", "B1E"))
    x = left + 300
    pair("出生日期", "Date of Birth" if english else "", person.birth.isoformat(), x, 346, 190)
    pair("初次领证日期", "Date of First Issue" if english else "", first.isoformat(), x, 414, 190)
    pair("准驾车型", "Class" if english else "", licence, x, 482, 190)
    office = f"{invented.city()}市公安局"
    sheet.box(left, 350, left + 220, 520, outline="#c03a30", width=4)
    sheet.write_centered(office, left + 110, 380, 26, ink="#c03a30")
    sheet.write_centered("交通警察支队", left + 110, 440, 26, ink="#c03a30")
    sheet.portrait(800, 350, 960, 540)
    if older:
        years = random.choice((6, 10))
        sheet.write("有效起始日期", left, 580, 24, font=font, ink=small)
        sheet.write(start.isoformat(), left + 170, 576, 30, font=font, ink=ink)
        sheet.write("有效期限", left + 480, 580, 24, font=font, ink=small)
        sheet.write(f"{years}年", left + 620, 576, 30, font=font, ink=ink)
        valid_to = f"{years}年"
    else:
        endless = random.random() < 0.2
        end = start.replace(year=start.year + random.choice((6, 10)))
        sheet.write("有效期限", left, 580, 24, font=font, ink=small)
        if english:
            sheet.write("Valid Period", left, 610, 16, ink=small)
        shown = "长期" if endless else end.isoformat()
        joint = random.choice((" 至 ", "至"))
        sheet.write(f"{start.isoformat()}{joint}{shown}", left + 170, 586, 30, font=font, ink=ink)
        valid_to = shown
    fields = {
        "number": person.number,
        "name": person.name,
        "sex": person.sex,
        "nationality": "中国",
        "address": person.address,
        "birth": person.birth.isoformat(),
        "first_issue": first.isoformat(),
        "class": licence,
        "valid_from": start.isoformat(),
        "valid_to": valid_to,
        "authority": f"{office}交通警察支队",
    }
    return Drawn(sheet, fields)
