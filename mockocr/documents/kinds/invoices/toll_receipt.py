"""Receipts of toll roads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import (
    amount_of,
    code_of,
    date_of,
    form,
    plate_of,
    time_of,
)
from mockocr.documents.kinds.invoices.labels import spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, add_day_and_time, read_rules
from mockocr.documents.kinds.invoices.sheet import Sheet
from mockocr.documents.kinds.invoices.titles import title_of

_PLACE = re.compile(r"[一-龥A-Z0-9][一-龥A-Z0-9()]*")


_place = form(_PLACE)
_RULES = (
    Rule("code", spread("发票代码"), code_of),
    Rule("number", spread("发票号码"), code_of),
    Rule("entry", spread("入口站名 入口车站 入口站 入口 进口"), _place),
    Rule("exit", spread("出口站名 出口车站 出口站 出口"), _place),
    Rule("vehicle_type", spread("车辆类型 车型 车类 车种"), _place),
    Rule("plate", spread("车牌号码 车牌号 车牌 车号"), plate_of),
    Rule("amount", spread("实收金额 收费金额 缴费金额 通行费金额 金额"), amount_of),
    Rule("date", spread("交费日期 缴费日期 通行日期 日期"), date_of),
    Rule("time", spread("交费时间 缴费时间 通行时间 时间"), time_of),
)
_OTHERS = {"clerk": spread("收费员 收费站 工号 班次 车道 单位 里程 支付方式 重量 轴数")}
_OWN = frozenset({"entry", "exit", "vehicle_type", "plate"})


def find(recognition: Recognition) -> Iterable[Document]:
    """The receipts that the page shows."""
    return documents_of(recognition, Kind.TOLL_RECEIPT, _document)


def _document(sheet: Sheet) -> Document | None:
    fields, labels = read_rules(sheet, _RULES, _OTHERS)
    seen = {label.name for label in labels.all} & _OWN
    title = title_of(sheet, Kind.TOLL_RECEIPT)
    if len(seen) < 1 or (not title.text and not ({"entry", "exit"} <= seen and len(seen) > 2)):
        return None
    add_day_and_time(sheet, fields, labels)
    return Document.of(Kind.TOLL_RECEIPT, fields | {"title": title})
