"""Draws a vehicle licence."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_TYPES = (
    "小型轿车",
    "小型普通客车",
    "中型普通客车",
    "重型半挂牵引车",
    "轻型厢式货车",
    "小型面包车",
)
_USES = ("非营运", "非营运", "营运", "货运", "公路客运", "租赁")
_MODELS = ("大众汽车牌SVW71612BM", "丰田牌GTM7250VGM", "别克牌SGM6531UAAA", "解放牌CA4250P66K2T1E5")


def draw(invented: Invented) -> Drawn:
    """A licence of 1000 × 690 pixels."""
    random = invented.random
    company, person = invented.company(), invented.person()
    owner = random.choice((person.name, person.name, company.name))
    font = random.choice(("sans", "sans", "zenhei"))
    english = random.random() < 0.8
    plate, kind, use = invented.plate(), random.choice(_TYPES), random.choice(_USES)
    model, vin = random.choice(_MODELS), invented.vin()
    engine = random.choice(("", "E", "4G")) + invented.digits(random.choice((6, 7, 8)))
    registered = invented.day(date(2005, 1, 1), date(2025, 1, 1))
    issued = invented.day(registered, date(2025, 12, 31))
    sheet = Sheet(1000, 690, random.choice(("#f6f4ea-#eaf0ea", "#fbfbf6", "#eef3f6-#f6f4ea")))
    sheet.waves("#e2e6d8", random)
    sheet.write_centered("中华人民共和国机动车行驶证", 500, 22, 46, font="bold")
    sheet.write_centered("Vehicle License of the People's Republic of China", 500, 82, 22)
    small = "#444444"
    left = random.randint(36, 52)

    def pair(label: str, word: str, value: str, x: float, y: float, indent: float) -> None:
        sheet.write(label, x, y, 24, font=font, ink=small)
        if english:
            sheet.write(word, x, y + 30, 16, ink=small)
        sheet.write(value, x + indent, y + 4, 30, font=font)

    pair("号牌号码", "Plate No.", plate, left, 124, 130)
    pair("车辆类型", "Vehicle Type", kind, left + 460, 124, 150)
    pair("所有人", "Owner", owner, left, 196, 130)
    sheet.write("住址", left, 268, 24, font=font, ink=small)
    if english:
        sheet.write("Address", left, 298, 16, ink=small)
    sheet.write_block(person.address, left + 130, 270, 30, 760, leading=1.3, font=font)
    pair("使用性质", "Use Character", use, left, 356, 150)
    pair("品牌型号", "Model", model, left + 350, 356, 130)
    x = left + 260
    pair("车辆识别代号", "VIN", vin, x, 430, 180)
    pair("发动机号码", "Engine No.", engine, x, 506, 180)
    pair("注册日期", "Register Date", registered.isoformat(), x, 584, 150)
    pair("发证日期", "Issue Date", issued.isoformat(), x + 360, 584, 130)
    office = f"{invented.city()}市公安局"
    sheet.box(left, 440, left + 230, 640, outline="#c03a30", width=4)
    sheet.write_centered(office, left + 115, 480, 26, ink="#c03a30")
    sheet.write_centered("交通警察支队", left + 115, 550, 26, ink="#c03a30")
    fields = {
        "plate": plate,
        "type": kind,
        "owner": owner,
        "address": person.address,
        "use": use,
        "model": model,
        "vin": vin,
        "engine": engine,
        "register_date": registered.isoformat(),
        "issue_date": issued.isoformat(),
        "authority": f"{office}交通警察支队",
    }
    return Drawn(sheet, fields)
