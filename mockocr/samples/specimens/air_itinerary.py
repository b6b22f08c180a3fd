"""Draws itineraries of air tickets: on paper, and fully digital."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_AIRLINES = (("国航", "CA"), ("东航", "MU"), ("南航", "CZ"), ("海航", "HU"), ("深航", "ZH"))
_HEADINGS = (
    *(("承运人", "CARRIER", 420), ("航班号", "FLIGHT", 560), ("座位等级", "CLASS", 720)),
    *(("日期", "DATE", 860), ("时间", "TIME", 1040), ("客票级别", "FARE BASIS", 1180)),
    ("免费行李", "ALLOW", 1400),
)
_SUMS = (
    *(("票价", "FARE", 300, "fare", "CNY"), ("民航发展基金", "FUND", 520, "fund", "CN")),
    *(("燃油附加费", "FUEL SURCHARGE", 790, "fuel", "YQ"), ("合计", "TOTAL", 1360, "total", "CNY")),
)


def draw(invented: Invented) -> Drawn:
    """1640 × 800 pixels, with one or two flights."""
    random = invented.random
    digital = random.random() < 0.4
    person = invented.person()
    day = invented.day(date(2019, 1, 1), date(2026, 1, 1))
    places = [invented.city() for _ in range(random.choice((2, 2, 3)))]
    legs = _legs(invented, places, day)
    fare = Decimal(random.randint(20, 300) * 10)
    sums = {"fare": fare, "fund": Decimal(50), "fuel": Decimal(random.choice((0, 20, 60)))}
    fields = {
        "passenger": person.name,
        "id_number": person.number,
        "ticket_number": f"999-{invented.digits(10)}",
        **{name: legs[0][name] for name in ("from", "to", "flight", "carrier", "class", "date")},
        **{name: f"{value}.00" for name, value in sums.items()},
        "total": f"{sum(sums.values(), Decimal(0))}.00",
        "endorsement": random.choice(("不得签转", "不得签转改退收费")),
        "check_code": invented.digits(4),
        "issuer": invented.company().name,
        "issue_date": (day - timedelta(random.randint(1, 30))).isoformat(),
    }
    sheet = Sheet(1640, 840, "white" if digital else random.choice(("#f2f6fa-#e8eff6", "#f8f4ec")))
    form, ink = ("#7a3b1e" if digital else "#2f4f7a"), "#141414"
    fields |= _head(invented, sheet, form, digital=digital)
    font = random.choice(("sans", "serif"))
    sheet.box(40, 150, 1600, 700, outline=form)
    for x, label, english, name in (
        (60, "旅客姓名", "NAME OF PASSENGER", "passenger"),
        (520, "有效身份证件号码", "ID.NO.", "id_number"),
        (1060, "签注", "ENDORSEMENTS", "endorsement"),
    ):
        end = sheet.write(label, x, 160, 24, font=font, ink=form)
        if not digital:
            sheet.write(english, end + 8, 164, 18, font="sans", ink=form)
        sheet.write(fields[name], x, 200, 28, font=font, ink=ink)
    sheet.rule(40, 246, 1600, 246, form)
    _flights(sheet, legs, font, form, ink, english=not digital)
    for label, english, x, name, sign in _SUMS:
        sheet.write(label, x, 540, 24, font=font, ink=form)
        if not digital:
            sheet.write(english, x, 570, 16, font="sans", ink=form)
        text = fields[name] if digital else f"{sign} {fields[name]}"
        sheet.write(text, x, 600, 26, font="sans", ink=ink)
    _foot(invented, sheet, fields, font, form, ink)
    return Drawn(sheet, fields, tuple(legs))


def _head(invented: Invented, sheet: Sheet, form: str, *, digital: bool) -> dict[str, str]:
    """The title, and the number of the form or of the invoice."""
    if digital:
        number = invented.digits(20)
        sheet.write("电子发票（航空运输电子客票行程单）", 420, 50, 38, font="serif", ink=form)
        sheet.write(f"发票号码：{number}", 1180, 60, 24, font="serif", ink=form)
        return {"title": "电子发票(航空运输电子客票行程单)", "invoice_number": number}
    number = invented.digits(11)
    sheet.write("航空运输电子客票行程单", 500, 50, 40, font="serif", ink=form)
    sheet.write(f"印刷序号：{number}", 1180, 60, 24, font="sans", ink=form)
    return {"title": "航空运输电子客票行程单", "number": number}


def _legs(invented: Invented, places: list[str], day: date) -> list[dict[str, str]]:
    random = invented.random
    legs: list[dict[str, str]] = []
    for start, end in pairwise(places):
        carrier, code = random.choice(_AIRLINES)
        booking = random.choice("YFCBMHKLQ")
        legs.append(
            {
                "from": start,
                "to": end,
                "carrier": carrier,
                "flight": f"{code}{random.randint(1000, 9999)}",
                "class": booking,
                "date": (day + timedelta(len(legs))).isoformat(),
                "time": f"{random.randint(6, 22):02}:{random.randint(0, 11) * 5:02}",
                "fare_basis": booking + random.choice(("", "RT", "75")),
                "baggage": "20K",
            }
        )
    return legs


def _flights(
    sheet: Sheet, legs: list[dict[str, str]], font: str, form: str, ink: str, *, english: bool
) -> None:
    for label, name, x in _HEADINGS:
        sheet.write(label, x, 258, 22, font=font, ink=form)
        if english:
            sheet.write(name, x, 286, 16, font="sans", ink=form)
    y = 318
    columns = ("carrier", "flight", "class", "date", "time", "fare_basis", "baggage")
    for number, leg in enumerate([*legs, {"from": legs[-1]["to"]}]):
        label = "至" if number else "自"
        end = sheet.write(f"{label} ", 60, y, 24, font=font, ink=form)
        if english:
            end = sheet.write(
                "FROM" if number == 0 else "TO", end, y + 5, 16, font="sans", ink=form
            )
        sheet.write(leg["from"], 170, y, 28, font=font, ink=ink)
        for (_, _, x), name in zip(_HEADINGS, columns, strict=True):
            if name in leg:
                sheet.write(leg[name], x, y, 26, font=font, ink=ink)
        if len(leg) == 1:
            sheet.write("VOID", 560, y, 26, font="sans", ink=ink)
        y += 56


def _foot(
    invented: Invented, sheet: Sheet, fields: dict[str, str], font: str, form: str, ink: str
) -> None:
    agent = f"PEK{invented.digits(3)},{invented.digits(8)}"
    fields["agent"] = agent
    rows = (
        (60, 650, "电子客票号码：", fields["ticket_number"]),
        (640, 650, "验证码：", fields["check_code"]),
        (60, 716, "销售单位代号：", agent),
        (560, 716, "填开单位：", fields["issuer"]),
        (1180, 716, "填开日期：", fields["issue_date"]),
    )
    for x, y, label, text in rows:
        end = sheet.write(label, x, y, 24, font=font, ink=form)
        sheet.write(text, end, y, 24, font=font, ink=ink)
