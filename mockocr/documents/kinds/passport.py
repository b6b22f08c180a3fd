"""Chinese passports: the printed fields and the two lines for machines, each as it stands there;
none is derived from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, line_char_map
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.check_digits import repaired_machine_part
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows, shows_another

_LABELS = {
    "type": ("类型/Type", "类型", "Type"),
    "country": ("国家码/CountryCode", "国家码", "CountryCode"),
    "number": ("护照号/PassportNo.", "护照号码/PassportNo.", "护照号", "PassportNo"),
    "name": ("姓名/Name", "姓名", "Name"),
    "sex": ("性别/Sex", "性别", "Sex"),
    "nationality": ("国籍/Nationality", "国籍", "Nationality"),
    "birth": ("出生日期/Dateofbirth", "出生日期", "Dateofbirth"),
    "birth_place": ("出生地点/Placeofbirth", "出生地点", "Placeofbirth"),
    "issue_date": ("签发日期/Dateofissue", "签发日期", "Dateofissue"),
    "issue_place": ("签发地点/Placeofissue", "签发地点", "Placeofissue"),
    "expiry_date": ("有效期至/Dateofexpiry", "有效期至", "Dateofexpiry"),
    "authority": ("签发机关/Authority", "签发机关", "Authority"),
    "-signature": ("持照人签名/Bearer'ssignature", "持照人签名", "Bearer'ssignature"),
    "-title": ("中华人民共和国护照", "PEOPLE'SREPUBLICOFCHINA"),
}
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:(1[0-2]|0?[1-9])月)?/?({'|'.join(_MONTHS)})[A-Z.]{{0,6}}((?:19|20)\d\d)(?!\d)"
)
_TYPE = forms.matching(r"(?<![A-Z])P[A-Z]?(?![A-Z])")
_COUNTRY = forms.matching(r"[A-Z]{3}")
_NUMBER = forms.matching(r"[A-Z]{1,2}\d{7,8}")
_NAME = forms.matching(rf"[{forms.HAN}·]{{2,15}}")
_LATIN = re.compile(r"([A-Z]{2,30})[,，.]([A-Z]{1,30})")
_SEX = forms.matching(r"[男女](?:/[MF])?")
_PLACE = forms.matching(rf"[{forms.HAN}]{{2,20}}(?:/[A-Z]{{2,30}})?")
_AUTHORITY = forms.matching(rf"[{forms.HAN}]{{4,30}}")
_FILLERS = str.maketrans("«‹〈《く＜≤∠(", "<<<<<<<<<")
_LETTERS_FOR = str.maketrans("01258", "OIZSB")
_DIGITS_FOR = str.maketrans("OQDI", "0001")
_FIRST = re.compile(r"P[A-Z<]CHN[A-Z<]{20,60}")
_SECOND = re.compile(r"[A-Z0-9<]{9}[0-9ODI]CHN[0-9ODI]{7}[MF<][0-9ODI]{7}[A-Z0-9<]{10,24}")
_LENGTH = 44
_FEWEST = 4


def find(recognition: Recognition) -> Iterable[Document]:
    """The page with the photo: its title or a line for machines, and four labels or that line."""
    if shows_another(recognition, "passport"):
        return
    page = LabelledPage(recognition, _LABELS)
    first, second = _machine_lines(recognition)
    labels = {name for name in page.found() if not name.startswith("-")}
    if not shows(recognition, "passport") or not (first.text or len(labels) >= _FEWEST):
        return
    name = page.value("name", below=True, lines=2)
    latin, surname, given = _latin(name)
    fields = {
        "type": _TYPE(page.value("type", below=True)),
        "country": _COUNTRY(page.value("country", below=True)),
        "number": _NUMBER(page.value("number", below=True)),
        "name": _NAME(name),
        "name_latin": latin,
        "surname": surname,
        "given_names": given,
        "sex": _SEX(page.value("sex", below=True)),
        "nationality": _PLACE(page.value("nationality", below=True)),
        "birth": _day(page.value("birth", below=True)),
        "birth_place": _PLACE(page.value("birth_place", below=True)),
        "issue_place": _PLACE(page.value("issue_place", below=True)),
        "issue_date": _day(page.value("issue_date", below=True)),
        "expiry_date": _day(page.value("expiry_date", below=True)),
        "authority": _AUTHORITY(page.value("authority", below=True)),
        "mrz1": first,
        "mrz2": second,
    }
    yield Document.of(Kind.PASSPORT, fields)


def _latin(map: CharMap) -> tuple[Value, Value, Value]:
    """The name in Latin letters as printed, `ZHANG, SAN`, and its two parts."""
    match = _LATIN.search(map.text)
    if match is None:
        return NOTHING, NOTHING, NOTHING
    whole = map.group(match, 0)
    return (
        replace(whole, text=f"{match[1]}, {match[2]}"),
        map.group(match, 1),
        map.group(match, 2),
    )


def _day(map: CharMap) -> Value:
    """`06 5月/MAY 1990` or `06 MAY 1990` as `1990-05-06`."""
    match = _DAY.search(map.text.upper())
    if match is None:
        return forms.day(map)
    try:
        day = date(int(match[4]), _MONTHS.index(match[3]) + 1, int(match[1]))
    except ValueError:
        return NOTHING
    return replace(map.group(match, 0), text=day.isoformat())


def _machine_lines(recognition: Recognition) -> tuple[Value, Value]:
    """The two lines, of 44 characters: the fillers at the end of the first are counted anew, as
    readers miscount them. The first has no digits.
    """
    first = second = NOTHING
    for line in recognition.lines:
        map = line_char_map(line, spaces=False)
        if len(map.text) > 2 * _LENGTH:
            continue
        text = map.text.translate(_FILLERS).upper()
        if len(text) != len(map.text):
            continue
        match = _FIRST.search(text.translate(_LETTERS_FOR))
        if match and not first.text:
            names = match[0].rstrip("<")
            first = replace(map.group(match, 0), text=names.ljust(_LENGTH, "<")[:_LENGTH])
        match = _SECOND.search(text)
        if match and not second.text:
            second = replace(map.group(match, 0), text=_repaired(match[0][:_LENGTH]))
    return first, second


def _repaired(line: str) -> str:
    """The second line with zeros where only digits stand, and the part of the holder's own number
    as its check digit wants it.
    """
    if len(line) != _LENGTH:
        return line
    digits = [c.translate(_DIGITS_FOR) for c in line]
    for start, end in ((9, 10), (13, 20), (21, 28), (42, 44)):
        line = line[:start] + "".join(digits[start:end]) + line[end:]
    return line[:28] + repaired_machine_part(line[28:42], line[42]) + line[42:]
