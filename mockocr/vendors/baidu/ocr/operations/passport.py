"""护照识别: the page of a passport with the photo."""

from __future__ import annotations

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import compact_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import counted, document_renderer, located
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json

_NAMES = {
    "国家码": "country",
    "护照签发地点": "issue_place",
    "有效期至": "expiry_date",
    "护照号码": "number",
    "签发日期": "issue_date",
    "出生地点": "birth_place",
    "姓名": "name",
    "姓名拼音": "name_latin",
    "生日": "birth",
    "性别": "sex",
    "MRZCode1": "mrz1",
    "MRZCode2": "mrz2",
}
"""observed: public clients read MRZCode1; guess: the other names."""
_DATES = frozenset({"expiry_date", "issue_date", "birth"})
RULES = Rules(files=False, turned=True)


def body(passport: Document, recognition: Recognition, fields: Fields) -> Json:
    words = {}
    for name, field in _NAMES.items():
        value = passport[field]
        words[name] = located(value, compact_date(value.text) if field in _DATES else value.text)
    return counted(words)


OPERATION = operation(
    "passport",
    "",
    RULES.parse,
    document_renderer(lambda fields: (Kind.PASSPORT,), WRONG_TARGET, body),
    price=CARD,
)
