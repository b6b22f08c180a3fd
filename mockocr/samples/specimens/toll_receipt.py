"""Draws receipts of toll roads."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.regions import PROVINCES

_STATIONS = ("东", "西", "南", "北", "新区", "机场")


def draw(invented: Invented) -> Drawn:
    """A slip of 620 × 900 pixels, as a toll booth prints it, with or without a plate."""
    random = invented.random
    day = invented.day(date(2018, 1, 1), date(2026, 1, 1))
    title = random.choice(PROVINCES) + random.choice(
        ("高速公路车辆通行费发票", "车辆通行费专用票据", "公路通行费发票")
    )
    fields = {
        "title": title,
        "code": invented.digits(12),
        "number": invented.digits(8),
        "entry": invented.city() + random.choice(_STATIONS),
        "exit": invented.city() + random.choice(_STATIONS),
        "vehicle_type": random.choice(("一型车", "二型客车", "客1", "货2")),
        "amount": f"{random.randint(5, 480)}.00",
        "date": day.isoformat(),
        "time": f"{random.randint(0, 23):02}:{random.randint(0, 59):02}",
    }
    if random.random() < 0.5:
        fields["plate"] = invented.plate()
    sheet = Sheet(620, 920, random.choice(("#f6f2ea", "white", "#eef3f6-#e3ebf0")))
    font = random.choice(("sans", "zenhei"))
    form, ink = random.choice(("#7a3040", "#2a5060")), "#161616"
    sheet.write_centered(title, 310, 50, 34, font=font, ink=form)
    y = 140
    for label, name in (("发票代码", "code"), ("发票号码", "number")):
        x = sheet.write(f"{label}：", 70, y, 28, font=font, ink=form)
        sheet.write(fields[name], x, y, 28, font="sans", ink=form)
        y += 50
    y += 40
    station = random.choice(("入口", "入口站")), random.choice(("出口", "出口站"))
    rows = [(station[0], fields["entry"]), (station[1], fields["exit"])]
    rows.append((random.choice(("车型", "车类")), fields["vehicle_type"]))
    if "plate" in fields:
        rows.append(("车牌号", fields["plate"]))
    rows.append(("金额", f"{fields['amount']}元"))
    if random.random() < 0.5:
        rows += [("日期", fields["date"]), ("时间", f"{fields['time']}:{invented.digits(1)}0")]
    else:
        rows.append(("日期", f"{fields['date']} {fields['time']}:{random.randint(10, 59)}"))
    rows.append(("收费员", invented.digits(6)))
    for label, text in rows:
        sheet.write(f"{label}：", 70, y, 30, font=font, ink=form)
        sheet.write(text, 240, y, 30, font="sans", ink=ink)
        y += 54
    return Drawn(sheet, fields)
