"""The fields of VAT invoices, ordinary and roll, as texts and as rows.

doc: nk3h7xy2t; sdk: models of baiducloud-python-sdk-ocr 0.0.2, whose order is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind

Named = list[tuple[str, Value]]
Rows = list[tuple[str, list[Value]]]

_TYPES = {
    "增值税专用发票": "专用发票",
    "增值税普通发票": "普通发票",
    "增值税电子专用发票": "电子专用发票",
    "增值税电子普通发票": "电子普通发票",
}
"""doc: InvoiceType; the types of fully digital invoices are printed as they are."""
_ROLL = "增值税普通发票(卷票)"
_VERIFIED = {
    "专用发票": "special_vat_invoice",
    "普通发票": "normal_invoice",
    "电子专用发票": "elec_special_vat_invoice",
    "电子普通发票": "elec_normal_invoice",
    "电子发票(专用发票)": "elec_invoice_special",
    "电子发票(普通发票)": "elec_invoice_normal",
    _ROLL: "roll_normal_invoice",
}
"""observed: the README of the npm package @steedos-labs/invoice."""
_SERVICES = (
    ("餐饮", "餐饮"),
    ("电信", "通讯"),
    ("通信", "通讯"),
    ("运输", "交通"),
    ("客运", "交通"),
    ("通行", "交通"),
    ("医", "医疗"),
    ("药", "医疗"),
    ("食品", "日用品食品"),
    ("日用", "日用品食品"),
    ("电器", "电器设备"),
    ("电子", "电器设备"),
    ("服务", "服务"),
)
_HEAD = (
    ("InvoiceCode", "code"),
    ("InvoiceNum", "number"),
    ("InvoiceCodeConfirm", "code"),
    ("InvoiceNumConfirm", "number"),
)
_PARTIES = (
    ("SellerName", "seller_name"),
    ("SellerRegisterNum", "seller_tax_id"),
    ("SellerAddress", "seller_address_phone"),
    ("SellerBank", "seller_bank_account"),
    ("TotalAmount", "amount"),
    ("TotalTax", "tax"),
    ("AmountInWords", "total_in_words"),
    ("AmountInFiguers", "total"),
    ("Payee", "payee"),
    ("Checker", "reviewer"),
    ("NoteDrawer", "drawer"),
    ("Remarks", "remark"),
)
_BUYER = (
    ("PurchaserName", "buyer_name"),
    ("PurchaserRegisterNum", "buyer_tax_id"),
    ("PurchaserAddress", "buyer_address_phone"),
    ("PurchaserBank", "buyer_bank_account"),
    ("Password", "password"),
    ("Province", "province"),
)
_ROWS = {
    "CommodityName": "name",
    "CommodityType": "spec",
    "CommodityUnit": "unit",
    "CommodityNum": "quantity",
    "CommodityPrice": "price",
    "CommodityAmount": "amount",
    "CommodityTaxRate": "tax_rate",
    "CommodityTax": "tax",
    "CommodityPlateNum": "plate",
    "CommodityVehicleType": "vehicle_type",
    "CommodityStartDate": "start",
    "CommodityEndDate": "end",
}


def vat_fields(invoice: Document) -> Named:
    """The fields in the order of the SDK; a field that was not read is empty."""
    roll = invoice.kind is Kind.VAT_ROLL_INVOICE
    machine = _field(invoice, "machine_number")
    fields: Named = [
        ("ServiceType", Value(service_type(invoice))),
        ("InvoiceType", Value(invoice_type(invoice))),
        ("InvoiceTypeOrg", _field(invoice, "title")),
        *((name, _field(invoice, field)) for name, field in _HEAD),
        ("InvoiceNumDigit", NOTHING),
        ("InvoiceTag", Value("其他")),
        ("MachineNum", _field(invoice, "number") if roll else NOTHING),
        ("MachineCode", machine),
        ("CheckCode", _field(invoice, "check_code")),
        ("InvoiceDate", _formatted(invoice["date"], chinese_date(invoice.text("date")))),
        *((name, _field(invoice, field)) for name, field in _BUYER),
        ("City", NOTHING),
        ("SheetNum", _field(invoice, "copy")),
        ("Agent", Value("是" if "代开" in _field(invoice, "remark").text else "否")),
        ("OnlinePay", NOTHING),
        *((name, _field(invoice, field)) for name, field in _PARTIES),
    ]
    if roll:
        fields = [(n, invoice["cashier"] if n == "Payee" else v) for n, v in fields]
    return fields


def vat_rows(invoice: Document) -> Rows:
    """The columns of the rows. doc: a column that the invoice lacks is an empty list."""
    columns: Rows = []
    for name, field in _ROWS.items():
        values = [item.get(field, NOTHING) for item in invoice.items]
        columns.append((name, values if any(value.text for value in values) else []))
    return columns


def invoice_type(invoice: Document) -> str:
    if invoice.kind is Kind.VAT_ROLL_INVOICE:
        return _ROLL
    printed = invoice.text("type")
    return _TYPES.get(printed, printed)


def service_type(invoice: Document) -> str:
    """doc: 餐饮, 电器设备, 通讯, 服务, 日用品食品, 医疗, 交通, 其他. guess: by the rows."""
    names = "".join(item["name"].text for item in invoice.items)
    return next((service for word, service in _SERVICES if word in names), "其他")


def verification(invoice: Document) -> Mapping[str, str]:
    """doc: the six parameters of the operation that verifies invoices; their key is a guess."""
    total = "amount" if "专用" in invoice_type(invoice) else "total"
    return {
        "invoice_code": invoice.text("code"),
        "invoice_num": invoice.text("number"),
        "invoice_date": invoice.text("date").replace("-", ""),
        "invoice_type": _VERIFIED.get(invoice_type(invoice), ""),
        "check_code": _field(invoice, "check_code").text[-6:],
        "total_amount": _field(invoice, total).text,
    }


def _field(invoice: Document, name: str) -> Value:
    return invoice.fields.get(name, NOTHING)


def _formatted(value: Value, text: str) -> Value:
    return Value(text, value.characters, value.scripted)
