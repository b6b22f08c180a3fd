"""Draws train tickets: on paper, and the electronic invoice of the railway."""

from __future__ import annotations

from datetime import date, timedelta

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_CLASSES = ("二等座", "一等座", "商务座", "硬卧", "硬座", "软卧")
_SIDES = ("", "", "东", "南", "西", "北")


def draw(invented: Invented) -> Drawn:
    """A ticket of one of two layouts."""
    random = invented.random
    person = invented.person()
    start, end = (invented.city() + random.choice(_SIDES) for _ in range(2))
    day = invented.day(date(2019, 1, 1), date(2026, 1, 1))
    letter = random.choice("GDCZTK")
    seat = f"{random.randint(1, 16):02}车{random.randint(1, 19):02}"
    seat += random.choice("ABCDF") + "号" if letter in "GDC" else "号"
    fields = {
        "from": f"{start}站",
        "to": f"{end}站",
        "train": f"{letter}{random.randint(1, 9999)}",
        "date": day.isoformat(),
        "time": f"{random.randint(5, 23):02}:{random.randint(0, 59):02}",
        "carriage_seat": seat,
        "seat_class": random.choice(_CLASSES[:3] if letter in "GDC" else _CLASSES[3:]),
        "price": f"{random.randint(10, 2000)}.{random.choice('05')}",
        "passenger": person.name,
    }
    if random.random() < 0.5:
        fields["id_number"] = f"{person.number[:6]}********{person.number[-4:]}"
        return _electronic(invented, fields, day)
    fields["id_number"] = f"{person.number[:10]}****{person.number[-4:]}"
    return _paper(invented, fields, day)


def _paper(invented: Invented, fields: dict[str, str], day: date) -> Drawn:
    """1000 × 640 pixels, blue or red."""
    random = invented.random
    sheet = Sheet(1000, 640, random.choice(("#dcebf4-#cfe2ef", "#f6dfe2-#f2d3d8")))
    font, ink = random.choice(("sans", "zenhei")), "#151515"
    number = f"{random.choice('ABCDEFGHJK')}{invented.digits(6)}"
    if random.random() < 0.5:
        number = f"{random.choice('XYZ')}{invented.digits(2)}{number}"
    gate = f"{random.randint(1, 28)}{random.choice('AB')}"
    office = fields["from"].removesuffix("站")
    fields |= {"number": number, "check_in": gate, "sale_place": office}
    sheet.write(number, 70, 50, 40, font="sans", ink="#c43a44")
    sheet.write(f"检票:{gate}", 740, 54, 32, font=font, ink=ink)
    top = random.randint(112, 122)
    for place, x in ((fields["from"], 90.0), (fields["to"], 640.0)):
        end = sheet.write(place.removesuffix("站"), x, top, 46, font=font, ink=ink)
        sheet.write("站", end + 10, top + 10, 32, font=font, ink=ink)
    sheet.write_centered(fields["train"], 500, top + 2, 42, font="sans", ink=ink)
    sheet.rule(430, top + 62, 570, top + 62, ink)
    y = top + 112
    x = sheet.write(f"{day:%Y}年{day:%m}月{day:%d}日", 70, y, 34, font=font, ink=ink)
    sheet.write(f"{fields['time']}开", x + 24, y, 34, font=font, ink=ink)
    sheet.write(fields["carriage_seat"], 640, y, 34, font=font, ink=ink)
    sheet.write(f"￥{fields['price']}元", 70, y + 58, 34, font=font, ink=ink)
    sheet.write(fields["seat_class"], 660, y + 58, 34, font=font, ink=ink)
    sheet.write("限乘当日当次车", 70, y + 112, 28, font=font, ink=ink)
    x = sheet.write(fields["id_number"], 70, y + 168, 34, font="sans", ink=ink)
    sheet.write(fields["passenger"], x + 24, y + 168, 34, font=font, ink=ink)
    sheet.write("买票请到12306 发货请到95306", 150, y + 236, 24, font=font, ink=ink)
    sheet.write(f"{invented.digits(21)} {office}售", 70, 570, 26, font=font, ink=ink)
    return Drawn(sheet, fields)


def _electronic(invented: Invented, fields: dict[str, str], day: date) -> Drawn:
    """1300 × 860 pixels."""
    random = invented.random
    company = invented.company()
    sheet = Sheet(1300, 860)
    font, ink, form = random.choice(("sans", "serif")), "#111111", "#7a3b1e"
    fields |= {
        "title": "电子发票(铁路电子客票)",
        "invoice_number": invented.digits(20),
        "issue_date": (day + timedelta(random.randint(0, 20))).isoformat(),
        "ticket_number": invented.digits(21),
        "buyer_name": company.name,
        "buyer_tax_id": company.tax_id,
    }
    issued = "{}年{}月{}日".format(*fields["issue_date"].split("-"))
    sheet.write_centered("电子发票（铁路电子客票）", 650, 46, 40, font="serif", ink=form)
    sheet.write(f"发票号码:{fields['invoice_number']}", 60, 120, 25, font=font, ink=ink)
    sheet.write(f"开票日期:{issued}", 920, 120, 25, font=font, ink=ink)
    sheet.write(fields["from"], 210, 190, 42, font=font, ink=ink)
    sheet.write_centered(fields["train"], 650, 196, 34, font=font, ink=ink)
    sheet.write(fields["to"], 880, 190, 42, font=font, ink=ink)
    sheet.rule(560, 244, 740, 244, ink)
    sheet.write(f"{day:%Y}年{day:%m}月{day:%d}日", 60, 300, 28, font=font, ink=ink)
    sheet.write(f"{fields['time']}开", 300, 300, 28, font=font, ink=ink)
    sheet.write(fields["carriage_seat"], 500, 300, 28, font=font, ink=ink)
    sheet.write(fields["seat_class"], 790, 300, 28, font=font, ink=ink)
    sheet.write(f"票价:￥{fields['price']}", 60, 366, 32, font=font, ink=ink)
    sheet.write(fields["id_number"], 60, 480, 28, font=font, ink=ink)
    sheet.write(fields["passenger"], 420, 480, 28, font=font, ink=ink)
    sheet.write(f"电子客票号:{fields['ticket_number']}", 60, 600, 25, font=font, ink=ink)
    if random.random() < 0.3:
        fields["remark"] = "始发改签"
        sheet.write("始发改签", 620, 600, 25, font=font, ink=ink)
    sheet.write(f"购买方名称:{company.name}", 60, 656, 25, font=font, ink=ink)
    sheet.write(f"统一社会信用代码:{company.tax_id}", 760, 656, 25, font=font, ink=ink)
    sheet.write_centered("买票请到12306 发货请到95306", 650, 750, 24, font=font, ink=ink)
    sheet.write_centered("中国铁路祝您旅途愉快", 650, 790, 24, font=font, ink=ink)
    return Drawn(sheet, fields)
