"""Driving licences, and the backs (副页) of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows, shows_another

_FRONT = {
    "number": ("证号",),
    "name": ("姓名", "姓各", "性名"),
    "sex": ("性别", "牲别", "性剐"),
    "nationality": ("国籍", "国藉", "国箱"),
    "address": ("住址", "佳址", "往址", "住扯"),
    "birth": ("出生日期",),
    "first_issue": ("初次领证日期",),
    "class": ("准驾车型",),
    "start": ("有效起始日期", "有效起始"),
    "valid": ("有效期限", "有效期"),
    "-title": ("中华人民共和国机动车驾驶证", "机动车驾驶证"),
    "-back": ("档案编号", "记录"),
}
_BACK = {
    "number": ("证号",),
    "name": ("姓名", "姓各", "性名"),
    "archive_number": ("档案编号",),
    "record": ("记录", "纪录", "记泉"),
    "-title": ("中华人民共和国机动车驾驶证副页", "机动车驾驶证副页"),
}
_SEX = forms.matching("[男女]")
_CLASS = forms.matching(r"(?:[ABC][1-6]|[DEFMNP])(?:[、,/]?(?:[ABC][1-6]|[DEFMNP]))*")
_NATIONALITY = forms.matching(rf"[{forms.HAN}]{{2,10}}")
_YEARS = forms.matching(r"\d{1,2}年")
_FEWEST = 4
_ARCHIVE = forms.matching(r"[0-9A-Z]{8,16}")
_OFFICE = re.compile(rf"[{forms.HAN}]{{2,20}}公安[{forms.HAN}]{{0,12}}")
_POLICE = re.compile(rf"[{forms.HAN}]{{0,10}}交通?[警管巡][{forms.HAN}]{{1,8}}[队局部]|车辆管理所")


def find_fronts(recognition: Recognition) -> Iterable[Document]:
    """The licence that the page shows: a label that only a licence has and three others make it
    one.
    """
    page = LabelledPage(recognition, _FRONT)
    own = {"class", "first_issue"} & page.found()
    if shows_another(recognition, "driving_licence"):
        return
    if not own or len(page.found()) < _FEWEST:
        return
    start, end = forms.period(page.value("valid"))
    older = forms.day(page.value("start"))
    years = NOTHING if end.text else _YEARS(page.value("valid"))
    fields = {
        "number": forms.id_number(page.value("number")),
        "name": forms.name(forms.without_english(page.value("name"))),
        "sex": _SEX(page.value("sex")),
        "nationality": _NATIONALITY(page.value("nationality")),
        "address": forms.whole(forms.without_english(page.value("address", lines=3))),
        "birth": forms.day(page.value("birth")),
        "first_issue": forms.day(page.value("first_issue")),
        "class": _CLASS(forms.without_english(page.value("class"))),
        "valid_from": older if older.text else start,
        "valid_to": end if end.text else years,
    }
    fields["authority"] = authority(page.free(fields.values()))
    yield Document.of(Kind.DRIVING_LICENCE, fields)


def find_backs(recognition: Recognition) -> Iterable[Document]:
    """The back that the page shows: it has a file number, and the title or the label of the
    record.
    """
    page = LabelledPage(recognition, _BACK)
    shown = shows(recognition, "driving_licence") or "record" in page.found()
    if shows_another(recognition, "driving_licence") or not shown:
        return
    if "archive_number" not in page.found():
        return
    fields = {
        "number": forms.id_number(page.value("number")),
        "name": forms.name(forms.without_english(page.value("name"))),
        "archive_number": _ARCHIVE(page.value("archive_number")),
        "record": forms.whole(page.value("record", lines=4)),
    }
    yield Document.of(Kind.DRIVING_LICENCE_BACK, fields)


def authority(rows: Sequence[CharMap]) -> Value:
    """The police that a seal names, in one row or two."""
    for index, row in enumerate(rows):
        first = _OFFICE.search(row.text)
        if first is None:
            continue
        found = row.group(first, 0)
        if _POLICE.search(found.text):
            return found
        for below in rows[index + 1 : index + 8]:
            second = _POLICE.fullmatch(below.text)
            if second:
                rest = below.group(second, 0)
                return Value(found.text + rest.text, found.characters + rest.characters)
        return found
    return NOTHING
