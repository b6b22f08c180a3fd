"""What rolls and machine-printed invoices have in common: parties, a total, and narrow rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mockocr.documents.char_map import Value
from mockocr.documents.kinds.invoices.forms import (
    amount_in_words_of,
    amount_of,
    code_of,
    date_of,
    form,
    tax_id_of,
)
from mockocr.documents.kinds.invoices.items import heading_of, items_of
from mockocr.documents.kinds.invoices.labels import Labels, spread
from mockocr.documents.kinds.invoices.rules import Rule, read_rules
from mockocr.documents.kinds.invoices.sheet import Sheet

_NAME = re.compile(r"[一-龥A-Za-z(][^\t:]+(?:\t[^\t:]+)?")
_PERSON = re.compile(r"[一-龥A-Za-z·][一-龥A-Za-z0-9·]*")


_name = form(_NAME)
_TAX_ID = "纳税人识别号 统一社会信用代码 识别号 税号"


def _party(words: str) -> str:
    """The pattern of the tax number of one party: the label names the party or not."""
    return spread(" ".join(f"{word}{label}" for word in words.split() for label in _TAX_ID.split()))


_SELLERS = "销售方 销货方 收款方 销货单位 收款单位"
_BUYERS = "购买方 购货方 付款方 购货单位 付款单位"
_IN_WORDS = spread("合计金额(大写) 合计(大写) 金额大写 大写金额 (大写) 大写")
_IN_FIGURES = spread(
    "合计金额(小写) 合计(小写) 金额小写 小写金额 (小写) 小写 合计金额 总计金额 合计 总计"
)
_RULES = (
    Rule("code", spread("发票代码"), code_of),
    Rule("number", spread("发票号码"), code_of),
    Rule("machine_number", spread("机器编号"), code_of),
    Rule("check_code", spread("校验码 税控码 防伪码"), code_of),
    Rule("date", spread("开票日期 日期"), date_of),
    Rule("seller_tax_id", _party(_SELLERS), tax_id_of),
    Rule("buyer_tax_id", _party(_BUYERS), tax_id_of),
    Rule("seller_name", spread(" ".join(f"{w}名称 {w}" for w in _SELLERS.split())), _name),
    Rule("buyer_name", spread(" ".join(f"{w}名称 {w}" for w in _BUYERS.split())), _name),
    Rule(
        "total_in_words",
        spread("合计金额(大写) 合计(大写) 金额大写 大写金额 (大写) 大写"),
        amount_in_words_of,
    ),
    Rule(
        "total",
        spread(
            "合计金额(小写) 合计(小写) 金额小写 小写金额 (小写) 小写 合计金额 总计金额 合计 总计"
        ),
        amount_of,
    ),
    Rule("cashier", spread("收款员 收款人 收银员"), form(_PERSON)),
)
_OTHERS: Mapping[str, str] = {
    "tax_id": spread(_TAX_ID),
    "printed": spread("机打代码 机打号码"),
    "drawer": spread("开票人 复核 备注 行业分类"),
    "column_name": spread("货物或应税劳务、服务名称 项目名称 商品名称 品名 项目"),
    "column_quantity": spread("数量"),
    "column_price": spread("单价"),
    "column_amount": spread("金额"),
}
_SUMS = ("total", "total_in_words")


def read_till(sheet: Sheet) -> tuple[dict[str, Value], tuple[Mapping[str, Value], ...], Labels]:
    """The fields of both kinds, the rows, and the labels."""
    fields, labels = read_rules(sheet, _RULES, _OTHERS)
    for label in labels.named("tax_id"):
        side = _side(labels, label.row)
        if side and not fields[f"{side}_tax_id"].text:
            fields[f"{side}_tax_id"] = tax_id_of(labels.after(label))
    heading = heading_of(labels)
    if heading is None:
        return fields, (), labels
    top = labels.sheet.rows[heading].bottom
    sums = [label.top for label in labels.named(*_SUMS) if label.top > top]
    bottom = min(sums, default=labels.sheet.rows[-1].bottom + 1)
    return fields, items_of(labels, heading, bottom), labels


def _side(labels: Labels, row: int) -> str:
    """The party whose label stands before a row, at most three rows above."""
    near = [
        label for label in labels.named("seller_name", "buyer_name") if row - 3 <= label.row <= row
    ]
    return max(near, key=lambda label: label.row).name.removesuffix("_name") if near else ""
