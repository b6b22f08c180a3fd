"""bankcard: the front of a bank card."""

from __future__ import annotations

from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.documents.formats import month_first
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.huawei.ocr.documents import (
    Asked,
    Json,
    Rules,
    confidences,
    document_operation,
    places,
)

_NAMES = {
    "bank_name": "bank",
    "card_number": "number",
    "expiry_date": "valid_to",
    "type": "card_type",
}
_TYPES = {"借记卡": "储蓄卡", "贷记卡": "信用卡", "准贷记卡": "准贷记卡", "预付费卡": "预付卡"}
"""sdk: 储蓄卡 and 信用卡; guess: the others."""
RULES = Rules(("return_text_location",))


def fields(card: Document, asked: Asked, image: Image, recognition: Recognition) -> Json:
    """`issue_date` is empty: no card that is read prints it. guess: the date is `08/2028`."""
    found = card.texts(_NAMES)
    result: Json = {
        "bank_name": found["bank_name"],
        "card_number": found["card_number"].replace(" ", ""),
        "issue_date": "",
        "expiry_date": month_first(found["expiry_date"]),
        "type": _TYPES.get(found["type"], ""),
        "confidence": confidences(card, _NAMES),
    }
    if "return_text_location" in asked.on:
        result["text_location"] = places(card, _NAMES)
    return result


OPERATION = document_operation(
    "bankcard",
    "doc: bank card page (ocr_03_0104, 银行卡识别)",
    RULES,
    lambda asked: (Kind.BANK_CARD,),
    fields,
)
