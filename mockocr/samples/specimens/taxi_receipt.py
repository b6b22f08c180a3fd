"""Draws receipts of taxis: long strips that a meter prints."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A strip 560 pixels wide, with the times in one row or in two."""
    random = invented.random
    city = f"{invented.city()}市"
    day = invented.day(date(2018, 1, 1), date(2026, 1, 1))
    hour, minute, ride = random.randint(0, 22), random.randint(0, 59), random.randint(5, 55)
    later = hour * 60 + minute + ride
    fields = {
        "title": f"{city}出租汽车专用发票",
        "city": city,
        "code": invented.digits(12),
        "number": invented.digits(8),
        "plate": invented.plate(),
        "date": day.isoformat(),
        "time_on": f"{hour:02}:{minute:02}",
        "time_off": f"{later // 60:02}:{later % 60:02}",
        "unit_price": f"{random.randint(18, 36) / 10:.2f}",
        "distance": f"{random.randint(11, 480) / 10:.1f}",
        "waiting": f"00:{random.randint(0, 19):02}:{random.randint(0, 59):02}",
        "amount": f"{random.randint(13, 180)}.00",
    }
    if random.random() < 0.5:
        fields["fuel_surcharge"] = f"{random.choice((1, 2))}.00"
    if random.random() < 0.5:
        fields["certificate_number"] = invented.digits(6)
    sheet = Sheet(560, 1180, random.choice(("#f4f7f0-#e9f0e4", "#fbf6f6-#f3e9ea", "white")))
    font = random.choice(("sans", "zenhei"))
    form, ink = random.choice(("#8a2f3c", "#2f5f4a")), "#1a1a1a"
    if random.random() < 0.5:
        sheet.write_centered(fields["title"], 280, 60, 36, font=font, ink=form)
        sheet.write_centered("发 票 联", 280, 116, 32, font=font, ink=form)
    else:
        sheet.write_centered(fields["title"], 280, 66, 36, font=font, ink=form)
    y = 176
    for label, name in (("发票代码", "code"), ("发票号码", "number")):
        x = sheet.write(f"{label} ", 70, y, 30, font=font, ink=form)
        sheet.write(fields[name], x, y, 30, font="sans", ink=form)
        y += 52
    sheet.circle(280, 380, 96, outline="#d9a0a8")
    y = 500
    for label, text in _rows(invented, fields):
        sheet.write(label, 70, y, 30, font=font, ink=form)
        # the fixed-width font holds no Chinese
        meter = random.choice(("sans", "sans", "mono")) if text.isascii() else "sans"
        sheet.write(text, 250, y, 30, font=meter, ink=ink)
        y += 52
    return Drawn(sheet, fields)


def _rows(invented: Invented, fields: dict[str, str]) -> list[tuple[str, str]]:
    """What the meter prints, label by label."""
    random = invented.random
    rows = [(random.choice(("车号", "车牌号")), fields["plate"])]
    if "certificate_number" in fields:
        rows.append(("证号", fields["certificate_number"]))
    rows.append(("日期", random.choice((fields["date"], fields["date"].replace("-", "/")))))
    if random.random() < 0.5:
        rows += [("上车", fields["time_on"]), ("下车", fields["time_off"])]
    else:
        rows.append(("时间", f"{fields['time_on']}-{fields['time_off']}"))
    unit = random.random() < 0.5
    rows += [
        ("单价", fields["unit_price"] + ("元/公里" if unit else "")),
        ("里程", fields["distance"] + ("公里" if unit else "")),
        ("等候", fields["waiting"]),
    ]
    if "fuel_surcharge" in fields:
        rows.append(("燃油附加费", fields["fuel_surcharge"]))
    rows.append(("金额", fields["amount"] + random.choice(("", "元"))))
    return rows
