"""驾驶证识别: the main page of a driving licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation

_NAMES = {
    "id_num": "number",
    "name": "name",
    "sex": "sex",
    "nationality": "nationality",
    "address": "address",
    "birth_date": "birth",
    "issue_date": "first_issue",
    "car_class": "class",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "official_seal": "authority",
}
"""doc: api_drivinglicenseocr; its sample has `nationality`, the table has not."""


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    return {name: documents[0].text(field) for name, field in _NAMES.items()}


OPERATION = card_operation(
    "drivinglicense", "api_drivinglicenseocr", (Kind.DRIVING_LICENCE,), fields
)
