"""身份证识别: either side of an ID card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.formats import compact_date, period
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    """The side that is shown; the front if both are. guess: a field that was not read is empty."""
    card = documents[0]
    if card.kind is Kind.ID_CARD_BACK:
        start, end = (compact_date(card.text(name)) for name in ("valid_from", "valid_to"))
        return {"type": "Back", "valid_date": period(start, end)}
    return {
        "type": "Front",
        "name": card.text("name"),
        "id": card.text("number"),
        "addr": card.text("address"),
        "gender": card.text("sex"),
        "nationality": card.text("nation"),
    }


OPERATION = card_operation(
    "idcard", "api_idcardocr", (Kind.ID_CARD_FRONT, Kind.ID_CARD_BACK), fields
)
