"""Draws tickets of coaches."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet
from mockocr.samples.specimens.regions import PROVINCES


def draw(invented: Invented) -> Drawn:
    """A ticket of 1000 × 520 pixels, with labels before the values or above them."""
    random = invented.random
    person = invented.person()
    day = invented.day(date(2018, 1, 1), date(2026, 1, 1))
    fields = {
        "title": random.choice(PROVINCES) + random.choice(("道路客运发票", "公路汽车客票")),
        "code": invented.digits(12),
        "number": invented.digits(8),
        "from": f"{invented.city()}客运中心",
        "to": invented.city(),
        "date": day.isoformat(),
        "time": f"{random.randint(5, 22):02}:{random.randint(0, 59):02}",
        "price": f"{random.randint(8, 260)}.00",
    }
    if random.random() < 0.6:
        fields["passenger"] = person.name
        fields["id_number"] = f"{person.number[:6]}********{person.number[-4:]}"
    sheet = Sheet(1000, 540, random.choice(("#eef5f0-#e2efe6", "#f6f1ea", "white")))
    font = random.choice(("sans", "zenhei"))
    form, ink = random.choice(("#2f5f4a", "#7a3040")), "#161616"
    sheet.write_centered(fields["title"], 500, 34, 38, font=font, ink=form)
    x = sheet.write("发票代码：", 60, 104, 26, font=font, ink=form)
    sheet.write(fields["code"], x, 104, 26, font="sans", ink=form)
    x = sheet.write("发票号码：", 560, 104, 26, font=font, ink=form)
    sheet.write(fields["number"], x, 104, 26, font="sans", ink=form)
    cells = (
        *(("乘车站", fields["from"]), ("到达站", fields["to"]), ("乘车日期", fields["date"])),
        *(("开车时间", fields["time"]), ("座号", f"{random.randint(1, 45):02}号")),
        ("票价", f"{fields['price']}元"),
    )
    if random.random() < 0.5:
        for number, (label, text) in enumerate(cells):
            x, y = 60 + 480 * (number % 2), 170 + 62 * (number // 2)
            end = sheet.write(f"{label}：", x, y, 30, font=font, ink=form)
            sheet.write(text, end + 6, y, 30, font=font, ink=ink)
        y = 170 + 62 * 3
    else:
        for number, (label, text) in enumerate(cells):
            x, y = 60 + 310 * (number % 3), 164 + 108 * (number // 3)
            sheet.write(label, x, y, 26, font=font, ink=form)
            sheet.write(text, x, y + 42, 32, font=font, ink=ink)
        y = 164 + 216
    if "passenger" in fields:
        end = sheet.write("姓名：", 60, y + 6, 30, font=font, ink=form)
        sheet.write(fields["passenger"], end, y + 6, 30, font=font, ink=ink)
        end = sheet.write("证件号码：", 400, y + 6, 30, font=font, ink=form)
        sheet.write(fields["id_number"], end, y + 6, 30, font="sans", ink=ink)
    sheet.write("当日当次有效 遗失不补", 60, 470, 24, font=font, ink=form)
    return Drawn(sheet, fields)
