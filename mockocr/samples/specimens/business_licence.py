"""Draws a business licence, upright or across."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_CAPITALS = ("壹佰万元整", "伍佰万元整", "人民币壹仟万元整", "50.000000万元人民币", "叁仟万人民币")
_TYPES = (
    "有限责任公司",
    "有限责任公司(自然人独资)",
    "有限责任公司(自然人投资或控股)",
    "其他股份有限公司(非上市)",
)


def draw(invented: Invented) -> Drawn:
    """A licence with its seal; labels stand left of their values."""
    random = invented.random
    company, person = invented.company(), invented.person()
    across = random.random() < 0.6
    width, height = (1500, 1060) if across else (1060, 1500)
    sheet = Sheet(width, height, random.choice(("#fbf8ee", "#fdfdfb", "#f7f3e4")))
    sheet.box(24, 24, width - 24, height - 24, outline="#b08a3e", width=6)
    sheet.box(40, 40, width - 40, height - 40, outline="#b08a3e", width=2)
    sheet.circle(width / 2, 112, 46, outline="#c03a30", width=5)
    sheet.star(width / 2, 106, 26, "#c03a30")
    set_date = invented.day(date(1995, 1, 1), date(2024, 1, 1))
    registered = invented.day(max(set_date, date(2016, 1, 1)), date(2025, 12, 31))
    copy = random.choice(("正本", "副本"))
    capital, kind = random.choice(_CAPITALS), random.choice(_TYPES)
    trades = invented.trades(random.randint(4, 9 if across else 12))
    spaced = random.random() < 0.6
    sheet.write_centered("营 业 执 照" if spaced else "营业执照", width / 2, 168, 76, font="serif")
    mark = f"({copy})" if random.random() < 0.5 else f"（{copy}）"
    sheet.write_centered(mark, width / 2, 268, 30)
    serial = ""
    if random.random() < 0.5:
        serial = "S" + invented.digits(13)
        sheet.write_right(f"编号 {serial}", width - 90, 280, 26)
    label = random.choice(("统一社会信用代码", "统一社会信用代码", "社会信用代码"))
    y = 318.0
    if random.random() < 0.5:
        sheet.write(label, 90, y, 26)
        sheet.write(company.tax_id, 90, y + 38, 32, font="bold")
        y += 106
    else:
        x = sheet.write(label, 90, y, 28)
        sheet.write(company.tax_id, x + 30, y - 2, 32, font="bold")
        y += 76
    endless = random.random() < 0.4
    end = set_date.replace(year=set_date.year + 30, day=min(set_date.day, 28))
    until = "长期" if endless else _day(end)
    place = random.choice(("住所", "住所", "营业场所"))
    term = random.choice((True, True, False))
    rows = [
        ("名称", company.name),
        ("类型", kind),
        ("法定代表人", person.name),
        ("经营范围", trades),
    ]
    other = [
        ("注册资本", capital),
        ("成立日期", _day(set_date)),
        *([("营业期限", f"{_day(set_date)}至{until}")] if term else []),
        (place, company.address),
    ]
    ink = random.choice(("black", "#5a3a12"))
    gap = random.choice(("", "  "))
    if across:
        _rows(sheet, rows, 90, y, 660, ink, gap)
        _rows(sheet, other, 800, y, 620, ink, gap)
    else:
        merged = [*rows[:2], other[-1], rows[2], *other[:-1], rows[3]]
        _rows(sheet, merged, 90, y, width - 180, ink, gap)
    authority = f"{company.city}市市场监督管理局"
    bottom = height - 250
    sheet.write("登记机关", width - 620, bottom, 30, ink=ink)
    stamp = random.random() < 0.5
    if stamp:
        sheet.circle(width - 300, bottom + 60, 110)
        sheet.star(width - 300, bottom + 70, 34)
    if stamp or random.random() < 0.6:
        sheet.write(authority, width - 470, bottom, 30)
        shown = authority
    else:
        shown = ""
    sheet.write_right(
        f"{registered.year} 年 {registered.month:02} 月 {registered.day:02} 日",
        width - 120,
        bottom + 116,
        30,
    )
    foot = "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn"
    sheet.write(foot, 90, height - 92, 22)
    fields = {
        "number": company.tax_id,
        "serial_number": serial,
        "title": "营业执照",
        "copy": copy,
        "name": company.name,
        "type": kind,
        "person": person.name,
        "address": company.address,
        "capital": capital,
        "business": trades.replace("；", ";"),
        "set_date": set_date.isoformat(),
        "valid_from": set_date.isoformat() if term else "",
        "valid_to": ("长期" if endless else end.isoformat()) if term else "",
        "registration_date": registered.isoformat(),
        "authority": shown,
    }
    return Drawn(sheet, fields)


def _day(day: date) -> str:
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def _rows(
    sheet: Sheet,
    rows: list[tuple[str, str]],
    left: float,
    y: float,
    width: float,
    ink: str,
    gap: str,
) -> None:
    """Labels of the same width, spread over it, and their values beside them."""
    for label, value in rows:
        shown = gap.join(label) if len(label) == 2 and gap else label
        sheet.write(shown, left, y, 28, ink=ink)
        y = sheet.write_block(value, left + 180, y, 28, width - 180, leading=1.5)
        y += 22
