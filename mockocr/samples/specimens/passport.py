"""Draws the page with the photo of a passport."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_PLACES = (
    ("北京", "BEIJING"),
    ("上海", "SHANGHAI"),
    ("浙江", "ZHEJIANG"),
    ("江苏", "JIANGSU"),
    ("广东", "GUANGDONG"),
    ("四川", "SICHUAN"),
    ("湖南", "HUNAN"),
    ("福建", "FUJIAN"),
)


def draw(invented: Invented) -> Drawn:
    """A page of 1250 × 880 pixels with two lines for machines below."""
    random = invented.random
    person = invented.person()
    number = "EX" + invented.digits(7)
    issued = invented.day(date(2013, 1, 1), date(2025, 12, 1))
    issued = issued.replace(day=min(issued.day, 28))
    expires = issued.replace(year=issued.year + 10)
    home, place = random.choice(_PLACES), random.choice(_PLACES)
    sheet = Sheet(1250, 880, random.choice(("#f7efe6-#e9eef6", "#eef3f4-#f6eee8")))
    sheet.waves("#e6dcd6", random)
    sheet.write("护照", 60, 96, 40, font="serif")
    sheet.write("PASSPORT", 60, 146, 24, font="serif")
    sheet.write("中华人民共和国", 420, 26, 40, font="serif")
    sheet.write("PEOPLE'S REPUBLIC OF CHINA", 760, 40, 22, font="serif")
    sheet.portrait(60, 200, 340, 570)
    older = random.random() < 0.5
    small = "#7a4a32"
    sex = f"{person.sex}/{'M' if person.sex == '男' else 'F'}"
    latin = f"{person.surname}, {person.given_names}"

    def day(value: date) -> str:
        month = _MONTHS[value.month - 1]
        middle = f"{value.month:02}月/{month}" if older else month
        return f"{value.day:02} {middle} {value.year}"

    def cell(label: str, value: str, x: float, y: float) -> None:
        sheet.write(label, x, y, 18, ink=small)
        sheet.write(value, x, y + 28, 28)

    cell("类型/Type", "P", 400, 96)
    cell("国家码/Country Code", "CHN", 560, 96)
    cell("护照号/Passport No.", number, 860, 96)
    cell("姓名/Name", person.name, 400, 176)
    sheet.write(latin, 400, 240, 28)
    cell("性别/Sex", sex, 400, 294)
    cell("国籍/Nationality", "中国/CHINESE", 560, 294)
    cell("出生日期/Date of birth", day(person.birth), 860, 294)
    cell("出生地点/Place of birth", "/".join(home), 400, 376)
    cell("签发日期/Date of issue", day(issued), 860, 376)
    cell("签发地点/Place of issue", "/".join(place), 400, 458)
    cell("有效期至/Date of expiry", day(expires), 860, 458)
    authority = random.choice(("公安部出入境管理局", "中华人民共和国国家移民管理局"))
    cell("签发机关/Authority", authority, 400, 540)
    sheet.write("MPS Exit & Entry Administration", 400, 606, 24)
    sheet.write("持照人签名/Bearer's signature", 860, 540, 18, ink=small)
    first = f"P<CHN{person.surname}<<{person.given_names}".ljust(44, "<")
    body = f"{number}{_check(number)}CHN{_dated(person.birth)}"
    body += ("M" if person.sex == "男" else "F") + _dated(expires)
    personal = "L" + "".join(random.choice("ABCDEFGHIJKLMNOP") for _ in range(7)) + "<<<<A"
    personal = personal.ljust(14, "<")[:14]
    body += personal + _check(personal)
    second = body + _check(body[:10] + body[13:20] + body[21:43])
    sheet.write(first, 60, 730, 40, font="mono")
    sheet.write(second, 60, 800, 40, font="mono")
    fields = {
        "type": "P",
        "country": "CHN",
        "number": number,
        "name": person.name,
        "name_latin": latin,
        "surname": person.surname,
        "given_names": person.given_names,
        "sex": sex,
        "nationality": "中国/CHINESE",
        "birth": person.birth.isoformat(),
        "birth_place": "/".join(home),
        "issue_place": "/".join(place),
        "issue_date": issued.isoformat(),
        "expiry_date": expires.isoformat(),
        "authority": authority,
        "mrz1": first,
        "mrz2": second,
    }
    return Drawn(sheet, fields)


def _dated(day: date) -> str:
    text = f"{day:%y%m%d}"
    return text + _check(text)


def _check(text: str) -> str:
    """The check digit of ICAO 9303."""
    values = [0 if c == "<" else int(c, 36) for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)
