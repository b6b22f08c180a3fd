"""Quota invoices: receipts of a printed amount."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import amount_in_words_of, amount_of, code_of
from mockocr.documents.kinds.invoices.labels import spread
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import Rule, anywhere, read_rules
from mockocr.documents.kinds.invoices.sheet import Sheet
from mockocr.documents.kinds.invoices.titles import city_of, title_of

_RULES = (
    Rule("code", spread("发票代码"), code_of),
    Rule("number", spread("发票号码"), code_of),
    Rule("amount", spread("小写金额 金额小写 小写 (小写)"), amount_of),
    Rule("amount_in_words", spread("大写金额 金额大写 大写 (大写)"), amount_in_words_of),
)
_OTHERS = {"seal": spread("收款单位 开票单位 监制章 密码 兑奖")}
_FIGURES = (
    re.compile(r"¥\t?(\d+(?:\.\d{1,2})?)"),
    re.compile(r"(?<![\d.])(\d+(?:\.\d{1,2})?)\t?元"),
)
_IN_WORDS = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟万零]+[元圆]整?")


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    return documents_of(recognition, Kind.QUOTA_INVOICE, _document, titled=True)


def _document(sheet: Sheet) -> Document:
    fields, _ = read_rules(sheet, _RULES, _OTHERS)
    title = title_of(sheet, Kind.QUOTA_INVOICE)
    if not fields["amount"].text:
        fields["amount"] = _figures(sheet)
    if not fields["amount_in_words"].text:
        fields["amount_in_words"] = anywhere(sheet, _IN_WORDS)
    return Document.of(Kind.QUOTA_INVOICE, fields | {"title": title, "city": city_of(sheet, title)})


def _figures(sheet: Sheet) -> Value:
    for pattern in _FIGURES:
        value = anywhere(sheet, pattern, 1)
        if value.text:
            return value
    return NOTHING
