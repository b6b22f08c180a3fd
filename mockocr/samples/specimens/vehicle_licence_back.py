"""Draws the back of a vehicle licence."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import REGION, Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A card of 1000 × 690 pixels, with rules between its rows or without."""
    random = invented.random
    font = random.choice(("sans", "sans", "zenhei"))
    sheet = Sheet(1000, 690, random.choice(("#f6f4ea-#eaf0ea", "#fbfbf6")))
    sheet.waves("#e2e6d8", random)
    truck = random.random() < 0.25
    plate, file_number = invented.plate(), REGION + invented.digits(10)
    seats = f"{random.choice((2, 5, 5, 7, 9))}人"
    total = random.randint(1400, 2600) if not truck else random.randint(4000, 25000)
    curb = int(total * 0.75)
    size = (
        f"{random.randint(3600, 5200)}×{random.randint(1600, 2000)}×{random.randint(1400, 1900)}mm"
    )
    load = f"{random.randint(500, 9000)}kg" if truck else "--"
    traction = f"{random.randint(9000, 40000)}kg" if truck and random.random() < 0.5 else "--"
    month = f"{random.randint(2024, 2031)}年{random.randint(1, 12):02}月"
    record = f"检验有效期至{month}{plate[:2]}(0{random.randint(1, 9)})"
    code = invented.digits(13)
    fuel = random.choice(("汽油", "柴油", "电", "", "混合动力"))
    remarks = "" if random.random() < 0.7 else "该车为营转非"
    left = random.randint(36, 52)
    middle = 520
    rows = [
        (("号牌号码", plate), ("档案编号", file_number)),
        (("核定载人数", seats), ("总质量", f"{total}kg")),
        (("整备质量", f"{curb}kg"), ("核定载质量", load)),
        (("外廓尺寸", size), ("准牵引总质量", traction)),
    ]
    ruled = random.random() < 0.5
    y = random.randint(40, 60)
    for row in rows:
        for column, (label, value) in enumerate(row):
            x = left + column * middle
            sheet.write(label, x, y + 2, 24, font=font, ink="#444444")
            width = 170 if column else 140
            sheet.write(value, x + width, y, 28, font=font)
        if ruled:
            sheet.rule(left - 10, y + 58, 960, y + 58, "#888888", 1)
        y += 80
    for label, value in (("备注", remarks), ("检验记录", record)):
        sheet.write(label, left, y + 2, 24, font=font, ink="#444444")
        sheet.write(value, left + 140, y, 28, font=font)
        y += 80
    bar = left + 40.0
    for width in [random.choice((2, 4, 6)) for _ in range(70)]:
        sheet.box(bar, 560, bar + width / 2, 616, fill="black")
        bar += width + 2
    sheet.write(f"*{code}*", left + 110, 624, 28, font=font)
    sheet.write(fuel, 820, 600, 30, font=font)
    fields = {
        "plate": plate,
        "file_number": file_number,
        "seats": seats,
        "total_mass": f"{total}kg",
        "curb_weight": f"{curb}kg",
        "load": load.strip("-"),
        "size": size,
        "traction_mass": traction.strip("-"),
        "remarks": remarks,
        "record": record,
        "code": code,
        "fuel": fuel,
    }
    return Drawn(sheet, fields)
