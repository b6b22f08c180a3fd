"""ocr_business_license, 营业执照识别: a business licence."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import compact_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import (
    Configure,
    Json,
    document_operation,
)

_NAMES = {
    "reg_num": "number",
    "name": "name",
    "type": "type",
    "person": "person",
    "address": "address",
    "capital": "capital",
    "business": "business",
}
_UNREAD, _UNDETECTED = "FailInRecognition", "FailInDetection"
_MARKS = ("emblem", "title", "stamp", "qrcode")
UNLIMITED = "29991231"


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    """doc, as public clients quote it: FailInRecognition for a text that was not read, 29991231 for
    a licence without an end. The places of emblem, title, stamp and QR code are not looked for.
    """
    licence = found[0]
    body = {name: text or _UNREAD for name, text in licence.texts(_NAMES).items()}
    body["establish_date"] = compact_date(licence.text("set_date")) or _UNREAD
    end = licence.text("valid_to")
    body["valid_period"] = compact_date(end) if end not in ("", "长期") else UNLIMITED
    angle = round(recognition.angle / 90) * 90 % 360
    marks = dict.fromkeys(_MARKS, _UNDETECTED)
    return {**body, **marks, "angle": float(angle), "config_str": configure.text}


OPERATION = document_operation(
    "ocr_business_license",
    "/rest/160601/ocr/ocr_business_license.json",
    "observed: the market's description, as public clients quote it",
    lambda configure: (Kind.BUSINESS_LICENCE,),
    fields,
)
