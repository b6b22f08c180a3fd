"""Receipts of taxis."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import (
    amount_of,
    code_of,
    date_of,
    form,
    plate_of,
    time_of,
    times_of,
)
from mockocr.documents.kinds.invoices.labels import spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, only_date, read_rules
from mockocr.documents.kinds.invoices.sheet import Sheet
from mockocr.documents.kinds.invoices.titles import city_of, title_of

_WAITING = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|\d+[分时](?:\d+[分秒])?(?:\d+秒)?|\d+(?:\.\d+)?")


_RULES = (
    Rule("code", spread("发票代码"), code_of),
    Rule("number", spread("发票号码"), code_of),
    Rule("certificate_number", spread("服务资格证号 资格证号 服务证号 监督卡号 证号"), code_of),
    Rule("plate", spread("车牌号码 车牌号 车牌 车号"), plate_of),
    Rule("date", spread("乘车日期 日期"), date_of),
    Rule("time_on", spread("上车时间 上车"), time_of),
    Rule("time_off", spread("下车时间 下车"), time_of),
    Rule("unit_price", spread("单价"), amount_of),
    Rule("distance", spread("里程 计程"), amount_of),
    Rule("waiting", spread("等候时间 等候 等时 候时"), form(_WAITING)),
    Rule("fuel_surcharge", spread("燃油附加费 燃油费 附加费"), amount_of),
    Rule("amount", spread("实收金额 总金额 金额"), amount_of),
)
_OTHERS = {"times": spread("时间"), "phone": spread("监督电话 电话"), "state": spread("状态 卡号")}
_OWN = frozenset({"plate", "time_on", "time_off", "distance", "waiting", "unit_price", "times"})


def find(recognition: Recognition) -> Iterable[Document]:
    """The receipts that the page shows."""
    return documents_of(recognition, Kind.TAXI_RECEIPT, _document)


def _document(sheet: Sheet) -> Document | None:
    fields, labels = read_rules(sheet, _RULES, _OTHERS)
    seen = {label.name for label in labels.all} & _OWN
    title = title_of(sheet, Kind.TAXI_RECEIPT)
    if len(seen) < (1 if title.text else 4):
        return None
    if not fields["date"].text:
        fields["date"] = only_date(sheet)
    both = labels.first("times")
    if both is not None and not fields["time_on"].text and not fields["time_off"].text:
        times = times_of(labels.after(both))
        fields |= dict(zip(("time_on", "time_off"), times, strict=False))
    city = city_of(sheet, title) if title.text else NOTHING
    return Document.of(Kind.TAXI_RECEIPT, fields | {"title": title, "city": city})
