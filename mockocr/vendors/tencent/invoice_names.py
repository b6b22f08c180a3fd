"""The names under which both services list the fields of a VAT invoice, in the order of the example
of VatInvoiceOCR, and the forms of their values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from mockocr.core.recognition import Quad
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.formats import chinese_date, compact_date
from mockocr.documents.kinds import Document
from mockocr.documents.provinces import cities, province_names

PASSWORD_LINE = 28
"""Characters in a line of the password area, where the lines were not read apart."""


class Named(msgspec.Struct, frozen=True):
    """One entry of `VatInvoiceInfos`."""

    name: str
    value: str = ""
    quad: Quad | None = None
    confidence: float = 0.0


def _plain(text: str) -> str:
    return text


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _amount(text: str) -> str:
    return f"¥{text}" if text[:1].isdigit() or text[:1] == "-" else text


def _number(text: str) -> str:
    """With `No` before it, as the number of eight digits is printed on paper (EX)."""
    return f"No{text}" if len(text) == 8 else text


def full_province(text: str) -> str:
    """The full name of the province that a title names (observed: 浙江省, 上海市).

    A city with a tax office of its own names its province (observed: 深圳 is in 广东省).
    """
    named = dict(province_names())
    if text in named:
        return named[text]
    own = (province for province, below in cities().items() if f"{text}市" in below)
    return next(own, text)


_Form = Callable[[str], str]

_HEAD: Sequence[tuple[str, str, _Form]] = (
    ("销售方识别号", "seller_tax_id", _plain),
    ("销售方名称", "seller_name", _plain),
    ("购买方识别号", "buyer_tax_id", _plain),
    ("购买方名称", "buyer_name", _plain),
    ("发票名称", "title", _plain),
    ("发票代码", "code", _plain),
    ("发票号码", "number", _number),
    ("开票日期", "date", chinese_date),
    ("机器编号", "machine_number", _plain),
    ("校验码", "check_code", _unspaced),
)
_ITEMS: Sequence[tuple[str, str, _Form]] = (
    ("货物或应税劳务、服务名称", "name", _plain),
    ("规格型号", "spec", _plain),
    ("单位", "unit", _plain),
    ("数量", "quantity", _plain),
    ("单价", "price", _plain),
    ("金额", "amount", _plain),
    ("税率", "tax_rate", _plain),
    ("税额", "tax", _plain),
    ("车牌号", "plate", _plain),
    ("类型", "vehicle_type", _plain),
    ("通行日期起", "start", compact_date),
    ("通行日期止", "end", compact_date),
)
_FOOT: Sequence[tuple[str, str, _Form]] = (
    ("合计金额", "amount", _amount),
    ("合计税额", "tax", _amount),
    ("价税合计(大写)", "total_in_words", _plain),
    ("小写金额", "total", _amount),
    ("销售方地址、电话", "seller_address_phone", _unspaced),
    ("销售方开户行及账号", "seller_bank_account", _unspaced),
    ("收款人", "payee", _plain),
    ("复核", "reviewer", _plain),
    ("开票人", "drawer", _plain),
    ("省", "province", full_province),
    ("购买方地址、电话", "buyer_address_phone", _unspaced),
    ("购买方开户行及账号", "buyer_bank_account", _unspaced),
    ("备注", "remark", _plain),
    ("联次", "copy", _plain),
)
_UNREAD = (
    *("发票消费类型", "成品油标志", "打印发票代码", "打印发票号码", "是否代开", "市"),
    *("服务类型", "通行费标志", "车船税"),
)
"""Names of the example for which nothing is read."""
_MARKS = ("是否有公司印章", "二维码")
"""Seals and QR codes are not looked for, and so are `0`."""

_ITEM_MEMBERS: Mapping[str, str] = {
    "Name": "name",
    "Spec": "spec",
    "Unit": "unit",
    "Quantity": "quantity",
    "UnitPrice": "price",
    "AmountWithoutTax": "amount",
    "TaxRate": "tax_rate",
    "TaxAmount": "tax",
    "TaxClassifyCode": "",
    "VehicleType": "",
    "VehicleBrand": "",
    "DeparturePlace": "",
    "ArrivalPlace": "",
    "TransportItemsName": "",
    "ConstructionPlace": "",
    "ConstructionName": "",
}
_NULLS = (
    *("OriginalTaxRate", "OriginalTaxAmount", "ZeroTaxRateMark"),
    *("TaxIncludedUnitPrice", "TaxIncludedAmount"),
)


def named_fields(invoice: Document) -> list[Named]:
    """Those with a value first, and then the names without one, both in the example's order. The
    names of a row are repeated for each row.
    """
    entries = list(_all(invoice))
    return [e for e in entries if e.value] + [e for e in entries if not e.value]


def item_members(invoice: Document) -> list[dict[str, str | None]]:
    """`Items`: the rows, numbered from 1."""
    return [
        {
            "LineNo": str(number),
            **{key: row[name].text if name else "" for key, name in _ITEM_MEMBERS.items()},
            **dict.fromkeys(_NULLS),
        }
        for number, row in enumerate(invoice.items, 1)
    ]


def _all(invoice: Document) -> Iterator[Named]:
    for name, field, form in _HEAD:
        yield _named(name, invoice[field], form)
    yield from _password(invoice["password"])
    for row in invoice.items or ({},):
        for name, field, form in _ITEMS:
            yield _named(name, row.get(field, NOTHING), form)
    for name, field, form in _FOOT:
        yield _named(name, invoice[field], form)
    for name in _MARKS:
        yield Named(name, "0")
    yield _named("发票类型", invoice["type"], _plain)
    for name in _UNREAD:
        yield Named(name)


def _named(name: str, value: Value, form: _Form) -> Named:
    text = form(value.text) if value.text else ""
    return Named(name, text, value.quad, value.confidence) if text else Named(name)


def _password(value: Value) -> Iterator[Named]:
    """`密码区1` to `密码区4`, the lines of the password area; nothing if it was not read."""
    lines = [line for line in value.text.split("\n") if line]
    if len(lines) == 1:
        text = lines[0]
        starts = range(0, len(text), PASSWORD_LINE)
        lines = [text[start : start + PASSWORD_LINE] for start in starts]
    for number, line in enumerate(lines[:4], 1):
        yield Named(f"密码区{number}", line, value.quad, value.confidence)
