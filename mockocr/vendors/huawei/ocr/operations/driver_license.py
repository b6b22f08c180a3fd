"""driver-license: the main page or the second page of a driving licence, or both."""

from __future__ import annotations

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Kind
from mockocr.vendors.huawei.ocr.documents import Asked, Json, Rules
from mockocr.vendors.huawei.ocr.two_pages import AUTHORITY, SIDES, Page, two_page_operation

_FRONT = {
    "number": "number",
    "name": "name",
    "sex": "sex",
    "nationality": "nationality",
    "address": "address",
    "birth": "birth",
    "issue_date": "first_issue",
    "class": "class",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    AUTHORITY: "authority",
}
_BACK = {"number": "number", "name": "name", "file_number": "archive_number", "record": "record"}
RULES = Rules(
    ("return_issuing_authority", "return_text_location"), sides=SIDES, min_side=100, max_side=8192
)


def extras(asked: Asked, recognition: Recognition) -> Json:
    return {}


OPERATION = two_page_operation(
    "driver-license",
    "doc: driving licence page (ocr_03_0033, 驾驶证识别)",
    RULES,
    Page(Kind.DRIVING_LICENCE, _FRONT),
    Page(Kind.DRIVING_LICENCE_BACK, _BACK),
    extras,
)
