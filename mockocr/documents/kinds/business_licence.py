"""Business licences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, page_char_map
from mockocr.documents.kinds import forms
from mockocr.documents.kinds.check_digits import has_right_credit_check
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.labelled import LabelledPage
from mockocr.documents.kinds.titles import shows, shows_another

_LABELS = {
    "number": ("统一社会信用代码", "社会信用代码", "注册号", "信用代码"),
    "serial_number": ("证照编号", "编号"),
    "name": ("企业名称", "个体工商户名称", "名称", "字号名称", "各称", "名弥"),
    "type": ("公司类型", "企业类型", "经济性质", "类型", "类塑", "类刑"),
    "person": ("法定代表人", "负责人", "经营者", "投资人", "执行事务合伙人", "经营者姓名"),
    "address": ("营业场所", "经营场所", "主要经营场所", "住所", "企业住所", "佳所", "住听"),
    "capital": ("注册资本", "注册资金", "实收资本", "出资额"),
    "composing_form": ("组成形式",),
    "business": ("经营范围", "经营范围及方式"),
    "set_date": ("成立日期", "注册日期"),
    "period": ("营业期限", "经营期限", "合伙期限", "有效期"),
    "authority": ("登记机关", "发证机关"),
    "-note": ("国家企业信用", "企业信用信息", "市场主体应当", "国家市场监督", "中华人民共和国"),
}
_FEWEST = 2
_TITLE = re.compile("(?:农民专业合作社|个体工商户)?(?:法人)?营业执照")
_COPY = re.compile(r"[正副]本")
_SERIAL = forms.matching(r"[A-Z]{0,2}\d{6,24}(?:\(\d-\d\))?|\d{4,}")
_AUTHORITY = forms.matching(rf"[{forms.HAN}]{{2,30}}(?:分局|局|厅|委员会)")


def find(recognition: Recognition) -> Iterable[Document]:
    """The licence that the page shows: its title or two of its labels make it one."""
    if shows_another(recognition, "business_licence"):
        return
    page = LabelledPage(recognition, _LABELS)
    known = page.found() - {"-note", "serial_number", "name", "type", "address"}
    text = page_char_map(recognition.lines)
    title = _TITLE.search(text.text)
    if not (title and known) and len(known) < _FEWEST:
        return
    start, end = forms.period(page.value("period", lines=2))
    copy = _COPY.search(text.text)
    fields = {
        "number": _number(page, text),
        "serial_number": _SERIAL(page.value("serial_number")),
        "title": text.group(title, 0) if title else NOTHING,
        "copy": text.group(copy, 0) if copy else NOTHING,
        "name": forms.whole(page.value("name", lines=2)),
        "type": forms.whole(page.value("type", lines=2)),
        "person": forms.name(page.value("person")),
        "address": forms.whole(page.value("address", lines=4)),
        "capital": forms.whole(page.value("capital")),
        "composing_form": forms.whole(page.value("composing_form")),
        "business": forms.whole(page.value("business", lines=30)),
        "set_date": forms.day_or_month(page.value("set_date")),
        "valid_from": start,
        "valid_to": end,
        "authority": _AUTHORITY(page.value("authority", lines=2)),
    }
    fields["registration_date"] = _registered(page, fields.values())
    if shows(recognition, "business_licence"):
        yield Document.of(Kind.BUSINESS_LICENCE, fields)


def _number(page: LabelledPage, text: CharMap) -> Value:
    """The number beside its label, else one of the page with a right check character."""
    found = forms.credit_code(page.value("number", lines=2))
    if found.text:
        return found
    other = forms.credit_code(text)
    return other if has_right_credit_check(other.text) else NOTHING


def _registered(page: LabelledPage, values: Iterable[Value]) -> Value:
    """The last date of the page that belongs to no other field."""
    found = [value for row in page.free(values) for value in forms.days(row)]
    return found[-1] if found else NOTHING
