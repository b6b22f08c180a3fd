"""business-license: a business licence."""

from __future__ import annotations

from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.documents.formats import chinese_date, period
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
    "registration_number": "number",
    "name": "name",
    "type": "type",
    "address": "address",
    "legal_representative": "person",
    "registered_capital": "capital",
    "organization_form": "composing_form",
    "found_date": "set_date",
    "business_term": "valid_to",
    "business_scope": "business",
    "issue_date": "registration_date",
}
RULES = Rules(("return_text_location",), pdf=True)


def fields(licence: Document, asked: Asked, image: Image, recognition: Recognition) -> Json:
    """doc: a term without an end is 长期. guess: dates are written as on the licence."""
    result: Json = licence.texts(_NAMES)
    for name in ("found_date", "issue_date"):
        result[name] = chinese_date(result[name])
    start, end = licence.text("valid_from"), licence.text("valid_to")
    if not end or end == "长期":
        result["business_term"] = "长期"
    else:
        result["business_term"] = period(chinese_date(start), chinese_date(end), "至")
    result["confidence"] = confidences(licence, _NAMES)
    if "return_text_location" in asked.on:
        result["text_location"] = places(licence, _NAMES)
    return result


OPERATION = document_operation(
    "business-license",
    "doc: business licence page (营业执照识别)",
    RULES,
    lambda asked: (Kind.BUSINESS_LICENCE,),
    fields,
)
