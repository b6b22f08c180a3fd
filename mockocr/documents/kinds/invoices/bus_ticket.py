"""Tickets of coaches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import amount_of, code_of, date_of, form, time_of
from mockocr.documents.kinds.invoices.labels import spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, add_day_and_time, read_rules
from mockocr.documents.kinds.invoices.sheet import Sheet, value_of
from mockocr.documents.kinds.invoices.titles import title_of

_PLACE = re.compile(r"[一-龥][一-龥()]+")
_ID = re.compile(r"\d{3,17}[\d*]{1,14}[0-9X]")
_ROUTE = re.compile(r"([一-龥]{2,10})\t?(?:[-—~>→]+|至)\t?([一-龥]{2,10})")


_place = form(_PLACE)
_RULES = (
    Rule("code", spread("发票代码"), code_of),
    Rule("number", spread("发票号码 车票号 票号"), code_of),
    Rule("from", spread("乘车站 始发站 上车站 起点站 出发站 起点"), _place, below=True),
    Rule("to", spread("到达站 终点站 到站 终点"), _place, below=True),
    Rule("date", spread("乘车日期 发车日期 日期"), date_of, below=True),
    Rule("time", spread("开车时间 发车时间 开车 发车 时间"), time_of, below=True),
    Rule("price", spread("票价 全票 金额"), amount_of, below=True),
    Rule("passenger", spread("旅客姓名 乘客姓名 姓名 乘客"), _place),
    Rule("id_number", spread("身份证号码 身份证号 证件号码 证件号 身份证"), form(_ID)),
)
_OTHERS = {
    "seat": spread("座位号 座号 座位"),
    "coach": spread("车次 班次 车型 检票口 等级 车牌号 里程"),
}
_OWN = frozenset({"from", "to", "time", "price", "seat", "coach"})


def find(recognition: Recognition) -> Iterable[Document]:
    """The tickets that the page shows."""
    return documents_of(recognition, Kind.BUS_TICKET, _document, titled=True)


def _document(sheet: Sheet) -> Document | None:
    fields, labels = read_rules(sheet, _RULES, _OTHERS)
    if len({label.name for label in labels.all} & _OWN) < 2:
        return None
    if not fields["from"].text and not fields["to"].text:
        fields |= _route(sheet)
    add_day_and_time(sheet, fields, labels)
    title = title_of(sheet, Kind.BUS_TICKET)
    return Document.of(Kind.BUS_TICKET, fields | {"title": title})


def _route(sheet: Sheet) -> dict[str, Value]:
    """The two places with an arrow, a dash or 至 between them."""
    for row in sheet.rows:
        match = _ROUTE.search(row.text)
        if match:
            return {
                "from": value_of(row.glyphs[slice(*match.span(1))]),
                "to": value_of(row.glyphs[slice(*match.span(2))]),
            }
    return {"from": NOTHING, "to": NOTHING}
