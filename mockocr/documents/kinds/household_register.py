"""Pages of a household register: the first page of the household, and the page of a member."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value, page_char_map
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows_another

_HOME = {
    "register_type": ("户别",),
    "head": ("户主姓名",),
    "register_number": ("户号",),
    "address": ("住址", "佳址", "住扯", "往址"),
    "-page": (
        *("住址变动登记", "变动后的住址", "承办人签章", "登记机关", "户口登记机关", "省级公安机关"),
        *("户口专用章", "注意事项", "签发日期"),
    ),
}
_MEMBER = {
    "name": ("姓名", "姓各", "性名"),
    "relation": ("户主或与户主关系", "与户主关系", "户主或与", "户主关系"),
    "former_name": ("曾用名",),
    "sex": ("性别", "牲别"),
    "birth_place": ("出生地",),
    "nation": ("民族", "民旅"),
    "native_place": ("籍贯", "藉贯", "籍贳"),
    "birth": ("出生日期",),
    "number": ("公民身份证件编号", "公民身份号码", "身份证件编号"),
    "-other": (
        *("本市(县)其他住址", "宗教信仰", "身高", "血型", "文化程度", "婚姻状况", "兵役状况"),
        *("服务处所", "职业", "何时由何地迁来本市(县)", "何时由何地迁来本址"),
        *("登记日期", "承办人签章", "登记机关", "常住人口登记卡"),
    ),
}
_TITLE = re.compile("常住人口登记卡|户口登记卡")
_SEX = forms.matching("[男女]")
_HAN = forms.matching(rf"[{forms.HAN}]{{2,30}}")
_RELATION = forms.matching(rf"[{forms.HAN}]{{1,8}}")
_TYPE = forms.matching(rf"[{forms.HAN}()]{{2,20}}")
_NUMBER = forms.matching(r"\d{4,12}")
_FEWEST = 3


def find(recognition: Recognition) -> Iterable[Document]:
    """The page that the picture shows: three of its labels make it one."""
    if shows_another(recognition, "household_register"):
        return
    home = LabelledPage(recognition, _HOME)
    if len(home.found() & {"register_type", "head", "register_number"}) >= _FEWEST - 1:
        yield _home(home)
        return
    member = LabelledPage(recognition, _MEMBER)
    own = {"relation", "former_name", "native_place", "birth_place", "-other"} & member.found()
    title = _TITLE.search(page_char_map(recognition.lines).text)
    if len(own) >= _FEWEST or (title and len(member.found()) >= _FEWEST):
        yield _member(member)


def _home(page: LabelledPage) -> Document:
    return Document.of(
        Kind.HOUSEHOLD_REGISTER,
        {
            "page": _page("home", page),
            "register_type": _TYPE(page.value("register_type")),
            "head": forms.name(page.value("head")),
            "register_number": _NUMBER(page.value("register_number")),
            "address": forms.whole(page.value("address", lines=2)),
        },
    )


def _member(page: LabelledPage) -> Document:
    return Document.of(
        Kind.HOUSEHOLD_REGISTER,
        {
            "page": _page("member", page),
            "name": forms.name(page.value("name")),
            "relation": _RELATION(page.value("relation")),
            "former_name": forms.name(page.value("former_name")),
            "sex": _SEX(page.value("sex")),
            "birth_place": _HAN(page.value("birth_place", lines=2)),
            "nation": forms.nation(page.value("nation")),
            "native_place": _HAN(page.value("native_place", lines=2)),
            "birth": forms.day(page.value("birth")),
            "number": forms.id_number(page.value("number")),
        },
    )


def _page(name: str, page: LabelledPage) -> Value:
    """Which page it is: its labels tell."""
    first = next((part for part in page.parts if part.label), None)
    return Value(name, tuple(c for c in first.map.characters if c)) if first else NOTHING
