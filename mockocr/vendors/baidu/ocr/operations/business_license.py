"""营业执照识别: a business licence."""

from __future__ import annotations

from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import (
    counted,
    document_renderer,
    located,
    place,
    quality,
    risk,
)
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json, direction

_NAMES = {
    "单位名称": "name",
    "法人": "person",
    "地址": "address",
    "有效期": "valid_to",
    "证件编号": "serial_number",
    "社会信用代码": "number",
    "类型": "type",
    "成立日期": "set_date",
    "注册资本": "capital",
    "经营范围": "business",
    "组成形式": "composing_form",
}
_DATES = frozenset({"valid_to", "set_date"})
_ABSENT = "无"
_RISKS = {
    PictureWarning.COPY: "copy",
    PictureWarning.BLACK_AND_WHITE: "copy",
    PictureWarning.RESHOOT: "screen",
    PictureWarning.ELECTRONIC: "scan",
}
RULES = Rules(
    {
        "accuracy": frozenset({"normal", "high"}),
        "risk_warn": BOOLEAN,
        "detect_quality": BOOLEAN,
        "fullwidth_shift": BOOLEAN,
    },
    max_side=8192,
    files=False,
    turned=True,
)
"""`fullwidth_shift` changes nothing: brackets are always narrow (guess)."""


def body(licence: Document, recognition: Recognition, fields: Fields) -> Json:
    """observed: a field that the licence lacks is 无, with zeros for its place."""
    words: Json = {}
    for name, field in _NAMES.items():
        value = licence[field]
        text = chinese_date(value.text) if field in _DATES else value.text
        words[name] = located(value, text) if text else {"words": _ABSENT, "location": place(None)}
    found = {**counted(words), "direction": direction(recognition)}
    if fields.flag("risk_warn"):
        found["risk_type"] = risk(recognition.warnings, _RISKS)
    if fields.flag("detect_quality"):
        found["card_quality"] = quality(recognition.warnings, "propobility")
    return found


OPERATION = operation(
    "business_license",
    "sk3h7y3zs",
    RULES.parse,
    document_renderer(lambda fields: (Kind.BUSINESS_LICENCE,), WRONG_TARGET, body),
    price=CARD,
)
