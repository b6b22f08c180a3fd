"""Draws a page of a household register."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.regions import HOME_TOWNS

_TYPES = ("家庭户", "非农业家庭户口", "居民家庭户", "集体户")
_RELATIONS = ("户主", "妻", "长子", "长女", "父亲", "母亲", "次女")


def draw(invented: Invented) -> Drawn:
    """The first page of the household, or the page of a member: a form with ruled cells."""
    return _home(invented) if invented.random.random() < 0.4 else _member(invented)


def _home(invented: Invented) -> Drawn:
    random = invented.random
    person = invented.person()
    sheet = Sheet(1000, 700, random.choice(("#f4f1ea", "#f7f4ee", "#fbfbf8")))
    number = invented.digits(random.choice((6, 9)))
    kind = random.choice(_TYPES)
    font = random.choice(("sans", "serif", "zenhei"))
    left, right, top = 60, 940, 60
    sheet.box(left, top, right, 460, outline="#666666")
    for y in (160, 260):
        sheet.rule(left, y, right, y, "#666666")
    for x in (200, 520, 660):
        sheet.rule(x, top, x, 260, "#666666")
    sheet.rule(200, 260, 200, 460, "#666666")
    cells = (
        ("户别", kind, 70, 220, 96),
        ("户主姓名", person.name, 530, 680, 96),
        ("户号", number, 70, 220, 196),
    )
    for label, value, x, at, y in cells:
        sheet.write(label, x, y, 28, font="serif")
        sheet.write(value, at, y, 30, font=font)
    sheet.write("住址", 70, 330, 28, font="serif")
    sheet.write_block(person.address, 220, 300, 30, 690, leading=1.4, font=font)
    sheet.write("承办人签章", 560, 520, 26, font="serif")
    sheet.write("户口登记机关", 120, 520, 26, font="serif")
    sheet.write("户口专用章", 120, 600, 26, font="serif")
    fields = {
        "page": "home",
        "register_number": number,
        "register_type": kind,
        "head": person.name,
        "address": person.address,
    }
    return Drawn(sheet, fields)


def _member(invented: Invented) -> Drawn:
    random = invented.random
    person = invented.person()
    sheet = Sheet(1000, 1100, random.choice(("#f4f1ea", "#f7f4ee", "#fbfbf8")))
    font = random.choice(("sans", "serif", "zenhei"))
    sheet.write_centered("常住人口登记卡", 500, 40, 44, font="serif")
    relation = random.choice(_RELATIONS)
    place, native = random.choice(HOME_TOWNS), random.choice(HOME_TOWNS)
    former = invented.person().name if random.random() < 0.25 else ""
    birth = f"{person.birth.year}年{person.birth.month}月{person.birth.day}日"
    rows = (
        ("姓名", person.name, "户主或与户主关系", relation),
        ("曾用名", former, "性别", person.sex),
        ("出生地", place, "民族", f"{person.nation}族" if random.random() < 0.5 else person.nation),
        ("籍贯", native, "出生日期", birth),
        ("其他住址", "", "宗教信仰", ""),
        ("公民身份证件编号", person.number, "身高", f"{random.randint(150, 190)}厘米"),
        ("文化程度", random.choice(("初中", "高中", "大学本科")), "婚姻状况", "已婚"),
        ("服务处所", "", "职业", "职员"),
    )
    left, right, y = 50, 950, 120
    height = 88
    sheet.box(left, y, right, y + height * len(rows), outline="#555555")
    for x in (250, 600, 760):
        sheet.rule(x, y, x, y + height * len(rows), "#555555")
    for row, (first, value, second, other) in enumerate(rows):
        top = y + row * height
        if row:
            sheet.rule(left, top, right, top, "#555555")
        sheet.write(first, left + 8, top + 28, 24 if len(first) < 8 else 22, font="serif")
        pixels = 28 if len(value) < 12 else 30
        sheet.write(value, 262, top + 26, pixels, font=font)
        if len(second) > 6:
            sheet.write(second[:4], 606, top + 14, 22, font="serif")
            sheet.write(second[4:], 606, top + 46, 22, font="serif")
        else:
            sheet.write(second, 606, top + 28, 24, font="serif")
        sheet.write(other, 768, top + 28, 26 if len(other) < 7 else 20, font=font)
    sheet.write("承办人签章", 80, 880, 24, font="serif")
    sheet.write("登记日期", 600, 880, 24, font="serif")
    fields = {
        "page": "member",
        "name": person.name,
        "relation": relation,
        "sex": person.sex,
        "birth_place": place,
        "native_place": native,
        "nation": person.nation,
        "birth": person.birth.isoformat(),
        "number": person.number,
        "former_name": former,
    }
    return Drawn(sheet, fields)
