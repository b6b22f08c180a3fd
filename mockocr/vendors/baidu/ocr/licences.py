"""What the driving licence and the vehicle licence share: fields without places, and warnings."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.kinds import Document
from mockocr.vendors.baidu.ocr.documents import EDITOR, counted, risk
from mockocr.vendors.baidu.ocr.parsing import Fields
from mockocr.vendors.baidu.ocr.rendering import Json, direction

_RISKS = {
    PictureWarning.COPY: "copy",
    PictureWarning.BLACK_AND_WHITE: "copy",
    PictureWarning.RESHOOT: "screen",
}
_QUALITY = {
    "is_clear_propobility": (PictureWarning.BLUR, "blur"),
    "is_complete_propobility": (PictureWarning.BORDER, "incomplete"),
    "is_noshield_propobility": (PictureWarning.COVERED, "shield"),
}
"""sdk: the keys. guess: the words of `warn_infos`."""


def licence_body(
    words: Mapping[str, str], recognition: Recognition, fields: Fields, *, front: bool
) -> Json:
    """`words_result` of texts alone. doc: warnings are for the main page."""
    body = counted({name: {"words": text} for name, text in words.items()})
    warnings = recognition.warnings
    if fields.flag("detect_direction"):
        body["direction"] = direction(recognition)
    if front and fields.flag("quality_warn"):
        body["warn_infos"] = [word for warning, word in _QUALITY.values() if warning in warnings]
        body["quality_propobility"] = {
            name: 0.01 if warning in warnings else 0.99 for name, (warning, _) in _QUALITY.items()
        }
    if front and fields.flag("risk_warn"):
        body["risk_type"] = risk(warnings, _RISKS)
        if PictureWarning.TAMPERED in warnings:
            body["edit_tool"] = EDITOR
    return body


def texts(document: Document, names: Mapping[str, str]) -> dict[str, str]:
    """The texts of the fields, by the vendor's names."""
    return {name: document.text(field) for name, field in names.items()}
