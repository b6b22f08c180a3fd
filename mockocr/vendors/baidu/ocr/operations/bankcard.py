"""银行卡识别: a bank card."""

from __future__ import annotations

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import document_renderer, place, quality
from mockocr.vendors.baidu.ocr.errors import NO_BANK_CARD
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json, direction

_TYPES = {"借记卡": 1, "贷记卡": 2, "准贷记卡": 3, "预付费卡": 4}
_GROUP = 4
NO_DATE = "NO VALID"
"""guess: a card without a date."""
RULES = Rules(
    {"location": BOOLEAN, "detect_quality": BOOLEAN}, max_side=8192, files=False, turned=True
)


def body(card: Document, recognition: Recognition, fields: Fields) -> Json:
    """observed: the number is grouped by blanks, the date is `07/21`."""
    number = card.text("number").replace(" ", "")
    groups = [number[at : at + _GROUP] for at in range(0, len(number), _GROUP)]
    year, _, month = card.text("valid_to").partition("-")
    result: Json = {
        "valid_date": f"{month[:2]}/{year[-2:]}" if month else NO_DATE,
        "bank_card_number": " ".join(groups),
        "bank_name": card.text("bank"),
        "bank_card_type": _TYPES.get(card.text("card_type"), 0),
        "holder_name": card.text("holder"),
    }
    if fields.flag("location"):
        result["bank_card_number_location"] = place(card["number"].quad)
    if fields.flag("detect_quality"):
        result["card_quality"] = quality(recognition.warnings, "probability")
    return {"result": result, "direction": direction(recognition)}


OPERATION = operation(
    "bankcard",
    "ak3h7xxg3",
    RULES.parse,
    document_renderer(lambda fields: (Kind.BANK_CARD,), NO_BANK_CARD, body),
    price=CARD,
)
