"""vat-invoice: a VAT invoice of any form."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.huawei.ocr.documents import Asked, Json, Rules, document_operation
from mockocr.vendors.huawei.ocr.rendering import corners, rounded

_TYPES = {
    "增值税专用发票": "special",
    "增值税普通发票": "normal",
    "增值税电子普通发票": "electronic",
    "增值税电子专用发票": "special_electronic",
    "电子发票(专用发票)": "fully_digitalized_special_electronic",
    "电子发票(普通发票)": "fully_digitalized_normal_electronic",
}
_NAMES = {
    "title": "title",
    "code": "code",
    "check_code": "check_code",
    "number": "number",
    "issue_date": "date",
    "encryption_block": "password",
    "buyer_name": "buyer_name",
    "buyer_id": "buyer_tax_id",
    "buyer_address": "buyer_address_phone",
    "buyer_bank": "buyer_bank_account",
    "seller_name": "seller_name",
    "seller_id": "seller_tax_id",
    "seller_address": "seller_address_phone",
    "seller_bank": "seller_bank_account",
    "subtotal_amount": "amount",
    "subtotal_tax": "tax",
    "total": "total",
}
_ADVANCED = {
    "serial_number": "copy",
    "attribution": "province",
    "print_code": "code",
    "machine_number": "machine_number",
    "print_number": "number",
    "total_in_words": "total_in_words",
    "remarks": "remark",
    "receiver": "payee",
    "reviewer": "reviewer",
    "issuer": "drawer",
    "province": "province",
}
"""doc: with `advanced_mode` alone."""
_ITEM = {
    "name": "name",
    "specification": "spec",
    "unit": "unit",
    "quantity": "quantity",
    "unit_price": "price",
    "amount": "amount",
    "tax_rate": "tax_rate",
    "tax": "tax",
}
_TOLL = {
    "license_plate_number": "plate",
    "vehicle_type": "vehicle_type",
    "start_date": "start",
    "end_date": "end",
}
_AMOUNTS = ("subtotal_amount", "subtotal_tax", "total")
RULES = Rules(
    ("advanced_mode", "return_text_location", "ofd_to_image_mode"),
    min_side=100,
    pdf=True,
    page_field="page_num",
)


def fields(invoice: Document, asked: Asked, image: Image, recognition: Recognition) -> Json:
    """guess: amounts have the sign ￥ as on the invoice; seals are not read."""
    advanced = "advanced_mode" in asked.on
    names = {**_NAMES, **(_ADVANCED if advanced else {})}
    values = {name: invoice.fields.get(field, NOTHING) for name, field in names.items()}
    result: Json = {"type": _type(invoice)}
    for name, value in values.items():
        result[name] = value.text
    result["issue_date"] = chinese_date(result["issue_date"])
    for name in _AMOUNTS:
        result[name] = f"￥{result[name]}" if result[name] else ""
    result["item_list"] = [_item(item, advanced) for item in invoice.items]
    if advanced:
        result |= {"invoice_tag": "", "supervision_seal": [], "seller_seal": [], "city": ""}
        result["confidence"] = {name: rounded(v.confidence) for name, v in values.items()}
    if "return_text_location" in asked.on:
        result["text_location"] = {
            name: corners(v.quad) if v.quad is not None else [] for name, v in values.items()
        }
    return result


def _type(invoice: Document) -> str:
    """doc: `toll` is an electronic invoice for a passage."""
    if invoice.kind is Kind.VAT_ROLL_INVOICE:
        return "roll"
    if any(item["plate"].text for item in invoice.items):
        return "toll"
    return _TYPES.get(invoice.text("type"), "")


def _item(item: Mapping[str, Value], advanced: bool) -> Json:
    toll = advanced and bool(item.get("plate", NOTHING).text)
    names = {**_ITEM, **(_TOLL if toll else {})}
    return {name: item.get(field, NOTHING).text for name, field in names.items()}


OPERATION = document_operation(
    "vat-invoice",
    "doc: VAT invoice page (ocr_03_0019, 增值税发票识别)",
    RULES,
    lambda asked: (Kind.VAT_INVOICE, Kind.VAT_ROLL_INVOICE),
    fields,
)
