"""Chinese identity cards, front and back.

No field is derived from another, although the number also contains birth and sex.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import CharMap, Value, page_char_map
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows, shows_another

_FRONT = {
    "name": ("姓名", "姓各", "性名", "姓铭"),
    "sex": ("性别", "牲别", "性剐", "性刖", "件别"),
    "nation": ("民族", "民旅", "民簇", "尼族"),
    "birth": ("出生日期", "出生", "出牛", "岀生"),
    "address": ("住址", "佳址", "住扯", "往址", "住祉", "住趾", "任址"),
    "number": ("公民身份证号码", "公民身份号码", "身份证号码", "身份证号", "身份号码"),
}
_BACK = {
    "authority": ("签发机关", "签发机"),
    "valid": ("有效期限", "有效期", "有效"),
}
_SHORT = ("name", "sex", "nation", "birth", "number")
_SEX = forms.matching("[男女]")
_AUTHORITY = forms.matching(rf"[{forms.HAN}]{{2,40}}")
_TO_NUMBER = re.compile(r"\d{17}|公民身|身份号")


def find_fronts(recognition: Recognition) -> Iterable[Document]:
    """The front that the page shows: a number or two of the labels make it one."""
    if shows_another(recognition, "id_card"):
        return
    page = LabelledPage(recognition, _FRONT, inside=_SHORT)
    number = forms.id_number(page.value("number"))
    if not number.text:
        number = forms.id_number(page_char_map(recognition.lines))
    if not number.text and len(page.found()) < 2:
        return
    fields = {
        "name": forms.name(page.value("name")),
        "sex": _SEX(page.value("sex")),
        "nation": forms.nation(page.value("nation")),
        "birth": forms.day(page.value("birth")),
        "address": _address(page.value("address", lines=4)),
        "number": number,
    }
    if number.text or len([value for value in fields.values() if value.text]) >= 2:
        yield Document.of(Kind.ID_CARD_FRONT, fields)


def find_backs(recognition: Recognition) -> Iterable[Document]:
    """The back that the page shows: one of its labels or titles makes it one, and beside a front
    both labels.
    """
    if shows_another(recognition, "id_card"):
        return
    page = LabelledPage(recognition, _BACK, inside=("authority",))
    titled = shows(recognition, "id_card") or any(
        line.text.replace(" ", "") == "中华人民共和国" for line in recognition.lines
    )
    labels = len(page.found())
    # 有效期 alone is on many papers
    own = "authority" in page.found() or any(p.map.text == "有效期限" for p in page.parts)
    if not (own or titled) or (labels < len(_BACK) and any(find_fronts(recognition))):
        return
    start, end = forms.period(page.value("valid"))
    fields = {
        "authority": _AUTHORITY(page.value("authority")),
        "valid_from": start,
        "valid_to": end,
    }
    if titled or any(value.text for value in fields.values()):
        yield Document.of(Kind.ID_CARD_BACK, fields)


def _address(map: CharMap) -> Value:
    """What stands before the number, if its label was not read."""
    end = _TO_NUMBER.search(map.text)
    stop = end.start() if end else len(map.text)
    return forms.whole(CharMap(map.text[:stop], map.characters[:stop]))
