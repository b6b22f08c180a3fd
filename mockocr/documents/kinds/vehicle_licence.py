"""Vehicle licences, and the backs (副页) of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.check_digits import has_right_vin_check, without_vin_confusions
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.driving_licence import authority
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows_another

_FRONT = {
    "plate": ("号牌号码",),
    "type": ("车辆类型",),
    "owner": ("所有人", "所有入", "所育人"),
    "address": ("住址", "佳址", "往址", "住扯"),
    "use": ("使用性质",),
    "model": ("品牌型号",),
    "vin": ("车辆识别代号", "车辆识别代码"),
    "engine": ("发动机号码", "发动机号"),
    "register_date": ("注册日期",),
    "issue_date": ("发证日期",),
    "-title": ("中华人民共和国机动车行驶证", "机动车行驶证"),
}
_BACK = {
    "plate": ("号牌号码",),
    "file_number": ("档案编号",),
    "seats": ("核定载人数",),
    "total_mass": ("总质量", "总质最", "总质里"),
    "curb_weight": ("整备质量",),
    "load": ("核定载质量",),
    "size": ("外廓尺寸", "外廊尺寸", "外部尺寸"),
    "traction_mass": ("准牵引总质量",),
    "remarks": ("备注", "备往"),
    "record": ("检验记录",),
    "-title": ("中华人民共和国机动车行驶证副页", "机动车行驶证副页"),
}
_PLATE = forms.matching(r"[\u4e00-\u9fff][A-Z][·•・.]?[0-9A-Z]{4,6}[挂学警港澳]?")
_VIN = re.compile(r"[0-9A-Z]{17,20}")
_ENGINE = forms.matching(r"[0-9A-Z][0-9A-Z\-*]{3,20}")
_SEATS = forms.matching(r"\d{1,3}(?:\+\d{1,2})?人")
_MASS = re.compile(r"(\d{2,6})(?:[kK][gG9q]|公斤)")
_SIZE = re.compile(r"(\d{3,5})[×xX*✕﹡](\d{3,5})[×xX*✕﹡](\d{3,5})(?:mm|MM|毫米|rnm)?")
_FILE = forms.matching(r"[0-9A-Z]{8,16}")
_CODE = re.compile(r"(?<![0-9A-Z])\*?(\d{13})\*?(?![0-9A-Z])")
_FUEL = re.compile("汽油|柴油|纯电动|电动?|天然气|混合动力|甲醇|汽")
_FEWEST_FRONT, _FEWEST_BACK = 3, 3


def find_fronts(recognition: Recognition) -> Iterable[Document]:
    """The licence that the page shows: three labels that no other document has make it one."""
    page = LabelledPage(recognition, _FRONT)
    if shows_another(recognition, "vehicle_licence"):
        return
    if len(page.found() - {"plate", "address", "-title"}) < _FEWEST_FRONT:
        return
    fields = {
        "plate": _plate(page),
        "type": forms.whole(forms.without_english(page.value("type"))),
        "owner": forms.whole(forms.without_english(page.value("owner", lines=2))),
        "address": forms.whole(forms.without_english(page.value("address", lines=3))),
        "use": forms.whole(forms.without_english(page.value("use"))),
        "model": forms.whole(forms.without_english(page.value("model"))),
        "vin": _vin(page.value("vin")),
        "engine": _ENGINE(forms.without_english(page.value("engine"))),
        "register_date": forms.day(page.value("register_date")),
        "issue_date": forms.day(page.value("issue_date")),
    }
    fields["authority"] = authority(page.free(fields.values()))
    yield Document.of(Kind.VEHICLE_LICENCE, fields)


def find_backs(recognition: Recognition) -> Iterable[Document]:
    """The back that the page shows: three labels that no other document has make it one."""
    page = LabelledPage(recognition, _BACK)
    if shows_another(recognition, "vehicle_licence"):
        return
    if len(page.found() - {"plate", "remarks", "-title"}) < _FEWEST_BACK:
        return
    record = forms.whole(page.value("record", lines=3))
    fields = {
        "plate": _plate(page),
        "file_number": _FILE(page.value("file_number")),
        "seats": _SEATS(page.value("seats")),
        "total_mass": _mass(page.value("total_mass")),
        "curb_weight": _mass(page.value("curb_weight")),
        "load": _mass(page.value("load")),
        "size": _size(page.value("size")),
        "traction_mass": _mass(page.value("traction_mass")),
        "remarks": forms.whole(page.value("remarks", lines=2)),
        "record": record,
    }
    rows = page.free(fields.values())
    code = next((value for row in rows if (value := _code(row)).text), NOTHING)
    fuel = next((row.group(m, 0) for row in rows if (m := _FUEL.fullmatch(row.text))), NOTHING)
    fields |= {"code": code, "fuel": fuel}
    yield Document.of(Kind.VEHICLE_LICENCE_BACK, fields)


def _plate(page: LabelledPage) -> Value:
    found = _PLATE(forms.without_english(page.value("plate")))
    own = tuple(c for c in found.characters if c.text not in "·•・.")
    return Value("".join(c for c in found.text if c not in "·•・."), own)


def _vin(map: CharMap) -> Value:
    """A number of 17 characters without the letters I, O and Q; a right check comes first."""
    upper = map.text.upper()
    found = [
        replace(map.cut(start, start + 17), text=text)
        for run in _VIN.finditer(upper)
        for start in range(run.start(), run.end() - 16)
        if (text := without_vin_confusions(upper[start : start + 17]))
    ]
    right = [value for value in found if has_right_vin_check(value.text)]
    return next(iter([*right, *found]), NOTHING)


def _mass(map: CharMap) -> Value:
    """As printed, with `kg`. Dashes stand for no value."""
    match = _MASS.search(map.text)
    return replace(map.group(match, 0), text=f"{match[1]}kg") if match else NOTHING


def _size(map: CharMap) -> Value:
    match = _SIZE.search(map.text)
    if match is None:
        return NOTHING
    return replace(map.group(match, 0), text=f"{match[1]}×{match[2]}×{match[3]}mm")


def _code(row: CharMap) -> Value:
    match = _CODE.search(row.text)
    return row.group(match) if match else NOTHING
