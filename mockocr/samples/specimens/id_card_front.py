"""Draws the front of an identity card."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A card of 1000 × 630 pixels, in colour or as a copy, with two fonts."""
    random = invented.random
    person = invented.person()
    copy = random.random() < 0.25
    font = random.choice(("sans", "sans", "zenhei"))
    ground = "#fafafa" if copy else random.choice(("#eef4f8-#dfe9f2", "#f4f1ec-#e6ecf4"))
    label = "#444444" if copy else random.choice(("#2a6a9c", "#3a7ab0"))
    sheet = Sheet(1000, 630, ground)
    if not copy:
        sheet.waves("#d3e0ea", random)
    left, value = random.randint(46, 64), random.randint(150, 172)
    row = random.randint(72, 78)
    top = random.randint(56, 70)
    ink = "#16181c"

    def pair(name: str, text: str, x: int, indent: int, y: int, pixels: int = 34) -> None:
        sheet.write(name, x, y + (pixels - 28) // 2, 28, font=font, ink=label)
        sheet.write(text, x + indent, y, pixels, font=font, ink=ink)

    indent = value - left
    pair("姓名", person.name, left, indent, top, 40)
    pair("性别", person.sex, left, indent, top + row)
    pair("民族", person.nation, left + 230, indent, top + row)
    y = top + 2 * row
    sheet.write("出生", left, y + 3, 28, font=font, ink=label)
    x = float(value)
    for number, unit in zip(
        (str(person.birth.year), str(person.birth.month), str(person.birth.day)),
        "年月日",
        strict=True,
    ):
        x = sheet.write(number, x, y, 34, font=font, ink=ink) + 14
        x = sheet.write(unit, x, y + 3, 28, font=font, ink=label) + 14
    y = top + 3 * row
    sheet.write("住址", left, y + 3, 28, font=font, ink=label)
    sheet.write_block(person.address, value, y, 34, 34 * 11.2, leading=1.35, font=font, ink=ink)
    y = random.randint(528, 540)
    sheet.write("公民身份号码", left, y + 5, 28, font=font, ink=label)
    number_font = random.choice(("mono", "sans"))
    spaced = " ".join(person.number) if random.random() < 0.2 else person.number
    sheet.write(spaced, left + 240, y, 42 if spaced == person.number else 34, font=number_font)
    sheet.portrait(660, 90, 940, 450)
    fields = {
        "name": person.name,
        "sex": person.sex,
        "nation": person.nation,
        "birth": person.birth.isoformat(),
        "address": person.address,
        "number": person.number,
    }
    return Drawn(sheet, fields)
