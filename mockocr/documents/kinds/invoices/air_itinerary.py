"""Itineraries of air tickets, which serve as receipts: on paper and fully digital."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import (
    code_of,
    date_of,
    form,
    sum_of,
    tax_id_of,
    time_of,
)
from mockocr.documents.kinds.invoices.labels import Labels, spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, read_rules
from mockocr.documents.kinds.invoices.sheet import Run, Sheet, value_of
from mockocr.documents.kinds.invoices.titles import title_of

_PERSON = re.compile(r"[一-龥·]{2,20}|[A-Z]{2,}/[A-Z]{2,}")
_ID = re.compile(r"[0-9A-Z]{4,10}\*{2,10}[0-9A-Z]{2,6}|[0-9A-Z]{6,18}")
_TICKET = re.compile(r"\d{3}-?\d{10}")
_TEXT = re.compile(r"[^\t:]+")
_CHINESE = re.compile(r"[一-龥][^\t:]*")
"""Text that is no English label, which may be misread."""
_FLIGHT = re.compile(r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d{3,4}[A-Z]?")
_BAGGAGE = re.compile(r"\d{1,2}(?:KG?|PC?)")
_PLACE = re.compile(r"[一-龥]+(?:T\d)?(?:[A-Z]{3})?(?:T\d)?|[A-Z]{3,20}")
_AGENT = re.compile(r"[A-Z]{3}\d{3}(?:[,.]?\t?\d{8})?|\d{8}")


_TAX_ID = "统一社会信用代码/?纳税人识别号 统一社会信用代码 纳税人识别号"
_FUND = spread("民航发展基金 机场建设费") + "|(?:CAACDEVELOPMENT)?FUND"
_RULES = (
    Rule("number", spread("印刷序号 印刷号"), code_of, below=True),
    Rule("invoice_number", spread("发票号码"), code_of),
    Rule("passenger", spread("旅客姓名 乘客姓名"), form(_PERSON), below=True),
    Rule("id_number", spread("有效身份证件号码 有效身份证件号 证件号码"), form(_ID), below=True),
    Rule("endorsement", spread("签注"), form(_CHINESE), below=True),
    Rule("fare", spread("票价") + r"|FARE(?!\t?BASIS)", sum_of, below=True),
    Rule(
        "fund",
        spread("民航发展基金 机场建设费") + "|(?:CAACDEVELOPMENT)?FUND",
        sum_of,
        below=True,
    ),
    Rule("fuel", spread("燃油附加费") + "|FUELSURCHARGE", sum_of, below=True),
    Rule("other_taxes", spread("其他税费") + "|OTHERTAXES", sum_of, below=True),
    Rule("tax", spread("增值税税额 税额"), sum_of, below=True),
    Rule("total", spread("合计") + "|TOTAL", sum_of, below=True),
    Rule("ticket_number", spread("电子客票号码 电子客票号"), form(_TICKET)),
    Rule("check_code", spread("验证码"), code_of),
    Rule("insurance", spread("保险费"), sum_of),
    Rule("agent", spread("销售单位代号 销售网点代号"), form(_AGENT)),
    Rule("issuer", spread("填开单位"), form(_TEXT)),
    Rule("issue_date", spread("填开日期 开票日期"), date_of),
    Rule("buyer_name", spread("购买方名称"), form(_TEXT)),
    Rule("buyer_tax_id", spread(_TAX_ID), tax_id_of),
)
_OTHERS: Mapping[str, str] = {
    "column_carrier": spread("承运人"),
    "column_flight": spread("航班号"),
    "column_class": spread("座位等级 舱位等级"),
    "column_date": spread("日期"),
    "column_time": spread("时间"),
    "column_fare_basis": spread("客票级别/客票类别 客票级别 客票类别"),
    "column_starts": spread("客票生效日期"),
    "column_ends": spread("有效截止日期"),
    "column_baggage": spread("免费行李"),
    "place": rf"(?:^|(?<=\t))(?:{spread('自 至')})\t?(?:FROM|TO)?",
    "hint": spread("提示信息 增值税税率 国内国际标识"),
    "english": "|".join(
        (
            *("NAMEOFPASSENGER", r"ID\.?NO\.?", r"ENDORSEMENTS?(?:/RESTRICTIONS)?(?:\(CARBON\))?"),
            *("CARRIER", "FLIGHT", "CLASS", "DATE(?:OFISSUE)?", "TIME", "FAREBASIS"),
            *("NOTVALIDBEFORE", "NOTVALIDAFTER", "ALLOW"),
            *(r"E-?TICKETNO\.?", r"CK\.?", "INFORMATION", "INSURANCE"),
            *("AGENTCODE", "ISSUEDBY", "SERIALNUMBER", "TAX"),
        )
    ),
}


def find(recognition: Recognition) -> Iterable[Document]:
    """The itineraries that the page shows."""
    return documents_of(recognition, Kind.AIR_ITINERARY, _document)


def _document(sheet: Sheet) -> Document | None:
    fields, labels = read_rules(sheet, _RULES, _OTHERS)
    title = title_of(sheet, Kind.AIR_ITINERARY)
    own = {"column_carrier", "column_flight", "passenger", "ticket_number", "fund", "fuel"}
    if len({label.name for label in labels.all} & own) < (2 if title.text else 4):
        return None
    legs = _legs(labels)
    first: Mapping[str, Value] = legs[0] if legs else {}
    trip = {
        name: first.get(name, NOTHING)
        for name in ("from", "to", "flight", "carrier", "class", "date")
    }
    return Document.of(Kind.AIR_ITINERARY, fields | trip | {"title": title}, tuple(legs))


def _legs(labels: Labels) -> list[dict[str, Value]]:
    """The flights: each row names the place where one starts, the next row where it ends."""
    rows = list(dict.fromkeys(label.row for label in labels.named("place")))
    columns = {
        label.name.removeprefix("column_"): (label.left + label.right) / 2
        for label in labels.all
        if label.name.startswith("column_")
    }
    stops: list[tuple[Value, dict[str, Value]]] = []
    for row in rows:
        runs = labels.rest(row)
        place, cells = NOTHING, runs
        if runs and _PLACE.fullmatch(runs[0].text) and runs[0].text != "VOID":
            place, cells = value_of(runs[0].glyphs), runs[1:]
        stops.append((place, _cells(cells, columns)))
    legs: list[dict[str, Value]] = []
    for (start, values), (end, _) in zip(stops, [*stops[1:], (NOTHING, {})], strict=True):
        if values.get("flight", NOTHING).text or values.get("date", NOTHING).text:
            legs.append({"from": start, "to": end, **values})
    return legs


def _cells(runs: Sequence[Run], columns: Mapping[str, float]) -> dict[str, Value]:
    """The cells of a flight: by their forms, or else by the place of the headings."""
    values: dict[str, Value] = {}
    for run in runs:
        if run.text == "VOID":
            continue
        name, value = _by_form(run)
        if not name and columns:
            name = min(columns, key=lambda n: abs(columns[n] - run.center))
            value = value_of(run.glyphs)
        if name in ("carrier", "flight", "class", "date", "time", "fare_basis", "baggage"):
            values.setdefault(name, value)
    return values


def _by_form(run: Run) -> tuple[str, Value]:
    date, time = date_of(run.glyphs), time_of(run.glyphs)
    if date.text:
        return "date", date
    if time.text:
        return "time", time
    if _FLIGHT.fullmatch(run.text):
        return "flight", value_of(run.glyphs)
    if _BAGGAGE.fullmatch(run.text):
        return "baggage", value_of(run.glyphs)
    return "", NOTHING
