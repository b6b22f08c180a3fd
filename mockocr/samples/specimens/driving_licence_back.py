"""Draws the back of a driving licence."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import REGION, Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A card of 1000 × 690 pixels, with a record or without."""
    random = invented.random
    person = invented.person()
    font = random.choice(("sans", "sans", "zenhei"))
    sheet = Sheet(1000, 690, random.choice(("#f6f4ea-#eaf0ea", "#fbfbf6")))
    sheet.waves("#e2e6d8", random)
    sheet.write_centered("中华人民共和国机动车驾驶证副页", 500, 26, 42, font="bold")
    archive = REGION + invented.digits(10)
    left = random.randint(40, 60)
    top = random.randint(120, 140)
    pairs = [("证号", person.number), ("姓名", person.name), ("档案编号", archive)]
    for label, value in pairs:
        sheet.write(label, left, top, 26, font=font)
        sheet.write(value, left + 150, top - 4, 32, font=font)
        top += 84
    day = invented.day(date(2016, 1, 1), date(2026, 1, 1))
    records = (
        "",
        f"自{day.isoformat()}起，有效期起始日期为{day.isoformat()}。",
        f"请于{day.year}年{day.month:02}月{day.day:02}日前九十日内申请换领新驾驶证。",
    )
    record = random.choice(records)
    sheet.write("记录", left, top, 26, font=font)
    sheet.write_block(record, left + 150, top - 2, 28, 740, leading=1.5, font=font)
    fields = {
        "number": person.number,
        "name": person.name,
        "archive_number": archive,
        "record": record.replace("，", ","),
    }
    return Drawn(sheet, fields)
