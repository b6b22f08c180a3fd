"""Train tickets: on paper, and the electronic invoice of the railway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import (
    amount_of,
    code_of,
    date_of,
    form,
    found,
    tax_id_of,
    time_of,
)
from mockocr.documents.kinds.invoices.labels import spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, anywhere, read_rules
from mockocr.documents.kinds.invoices.sheet import Row, Sheet, value_of
from mockocr.documents.kinds.invoices.titles import title_of

_NAME = re.compile(r"[一-龥A-Za-z·][一-龥A-Za-z0-9·()]+")
_TRAIN = re.compile(r"(?<![A-Z0-9])(?:[GDCZTKYLSP]\d{1,4}|\d{4})(?![0-9A-Z年*车])次?")
_STATION = re.compile(r"[一-龥]{2,6}")
_SEAT = re.compile(r"\d{1,2}车(?:\t?(?:\d{1,3}[A-F]?号?\t?(?:[上中下]铺)?|无座))?")
_CLASS = re.compile(
    r"(?:新空调)?(?:商务座|特等座|优选一等座|一等座|二等座|高级软卧|软卧|硬卧|动卧|一等卧|二等卧|软座"
    r"|硬座)(?:代硬座|代二等座)?"
)
_PRICE = re.compile(r"¥\t?(\d+(?:\.\d{1,2})?)|(\d+\.\d{1,2})元")
_ID = re.compile(r"(?<![0-9A-Z])\d{6,10}\*{2,10}\d{3}[0-9X]")
_PLAIN_ID = re.compile(r"(?<!\d)\d{17}[0-9X](?![0-9A-Z])")
_NUMBER = re.compile(r"(?<![0-9A-Z])[A-Z]\d{2}[A-Z]\d{6}(?!\d)|(?<![0-9A-Z])[A-Z]\d{6}(?!\d)")
_SOLD_AT = re.compile(r"([一-龥]{2,8})售(?![票楼])")
_REMARK = re.compile(r"始发改签|变更到站|退票费|改签费|中铁银通卡|学生票?")
_DAY = re.compile(r"\d{4}年\t?\d{1,2}月\t?\d{1,2}日")
_ASIDE = re.compile(r"限乘当日当次车|12306|95306|仅供报销使用|中国铁路")


_GATE = re.compile(r"[0-9A-Z一-龥][0-9A-Z一-龥/、-]*")
_RULES = (
    Rule("invoice_number", spread("发票号码"), code_of),
    Rule("issue_date", spread("开票日期"), date_of),
    Rule("price", spread("票价"), amount_of),
    Rule("ticket_number", spread("电子客票号"), code_of),
    Rule("buyer_name", spread("购买方名称"), form(_NAME)),
    Rule("buyer_tax_id", spread("统一社会信用代码 纳税人识别号"), tax_id_of),
    Rule("check_in", spread("检票口 检票 候车"), form(_GATE)),
)


def find(recognition: Recognition) -> Iterable[Document]:
    """The tickets that the page shows."""
    return documents_of(recognition, Kind.TRAIN_TICKET, _document)


def _document(sheet: Sheet) -> Document | None:
    fields, _ = read_rules(sheet, _RULES)
    ride = _ride(sheet)
    trip = _trip(sheet, fields["issue_date"].characters)
    title = title_of(sheet, Kind.TRAIN_TICKET)
    clues = (title, ride.get("train", NOTHING), trip["carriage_seat"], anywhere(sheet, _ASIDE))
    seen = sum(bool(clue.text) for clue in clues) + bool(trip["seat_class"].text)
    if seen < (2 if title.text else 3) or not (ride or title.text):
        return None
    price = fields["price"] if fields["price"].text else _price(sheet)
    return Document.of(
        Kind.TRAIN_TICKET,
        fields
        | ride
        | trip
        | _passenger(sheet)
        | {
            "price": price,
            "title": title,
            "number": NOTHING if title.text else anywhere(sheet, _NUMBER),
            "sale_place": _sold_at(sheet),
            "remark": anywhere(sheet, _REMARK),
        },
    )


def _ride(sheet: Sheet) -> dict[str, Value]:
    """The train between the two stations."""
    for row in sheet.rows:
        for match in _TRAIN.finditer(row.text):
            before = list(_STATION.finditer(row.text[: match.start()].replace("\t站", "\0站")))
            after = _STATION.search(row.text, match.end())
            if before and after and "年" not in row.text:
                start, end = before[-1].span()
                return {
                    "from": _station(row, start, end),
                    "to": _station(row, *after.span()),
                    "train": value_of(row.glyphs[slice(*match.span())]),
                }
    return {}


def _station(row: Row, start: int, end: int) -> Value:
    """The name of a station, with 站 also where it stands apart."""
    rest = row.text[end : end + 2]
    if not row.text[:end].endswith("站") and rest.lstrip("\t")[:1] == "站":
        end += rest.index("站") + 1
    return value_of(row.glyphs[start:end])


def _trip(sheet: Sheet, issued: Sequence[object]) -> dict[str, Value]:
    """The day that is not the day of issue, the time before 开, the seat and its class."""
    values = {"date": NOTHING, "time": NOTHING}
    for row in sheet.rows:
        for match in _DAY.finditer(row.text):
            date = date_of(row.glyphs[slice(*match.span())])
            if date.text and not (issued and date.characters[0] in issued):
                values["date"] = values["date"] if values["date"].text else date
                time = time_of(row.glyphs[match.end() :])
                values["time"] = values["time"] if values["time"].text else time
    return values | {
        "carriage_seat": anywhere(sheet, _SEAT),
        "seat_class": anywhere(sheet, _CLASS),
    }


def _passenger(sheet: Sheet) -> dict[str, Value]:
    for pattern in (_ID, _PLAIN_ID):
        for row in sheet.rows:
            match = pattern.search(row.text)
            if match:
                return {
                    "id_number": value_of(row.glyphs[slice(*match.span())]),
                    "passenger": found(row.glyphs[match.end() :], _NAME),
                }
    return {}


def _price(sheet: Sheet) -> Value:
    for row in sheet.rows:
        match = _PRICE.search(row.text)
        if match:
            return value_of(row.glyphs[slice(*match.span(match.lastindex or 0))])
    return NOTHING


def _sold_at(sheet: Sheet) -> Value:
    for row in reversed(sheet.rows):
        value = found(row.glyphs, _SOLD_AT, 1)
        if value.text:
            return value
    return NOTHING
