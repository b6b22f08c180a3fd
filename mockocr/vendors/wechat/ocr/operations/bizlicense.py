"""营业执照识别: a business licence. doc: fields that the licence lacks are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.formats import chinese_date, period
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation, image_size, position

_NAMES = {
    "reg_num": "number",
    "serial": "serial_number",
    "legal_representative": "person",
    "enterprise_name": "name",
    "type_of_organization": "composing_form",
    "address": "address",
    "type_of_enterprise": "type",
    "business_scope": "business",
    "registered_capital": "capital",
}


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    licence = documents[0]
    body: dict[str, Any] = {name: licence.text(field) for name, field in _NAMES.items()}
    start, end = (_date(licence.text(name)) for name in ("valid_from", "valid_to"))
    body["valid_period"] = period(start, end, "至")
    body["registered_date"] = _date(licence.text("set_date"))
    body = {name: text for name, text in body.items() if text}
    if licence.quad is not None:
        body["cert_position"] = {"pos": position(licence.quad)}
    return {**body, "img_size": image_size(image)}


def _date(text: str) -> str:
    """doc: the sample's dates have no leading zeros."""
    return chinese_date(text, padded=False)


OPERATION = card_operation("bizlicense", "api_bizlicenseocr", (Kind.BUSINESS_LICENCE,), fields)
