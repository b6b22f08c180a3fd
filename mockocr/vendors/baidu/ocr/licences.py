"""What the driving licence and the vehicle licence share: two pages, fields without places, and
warnings.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.documents import EDITOR, counted, risk
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
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


class Pages(msgspec.Struct, frozen=True):
    """The pages of a licence, and the parameter that chooses one: the main page without it."""

    parameter: str
    main: Kind
    second: Kind

    def is_second(self, fields: Fields) -> bool:
        return fields.values.get(self.parameter) == "back"

    def kinds(self, fields: Fields) -> tuple[Kind, ...]:
        return (self.second if self.is_second(fields) else self.main,)

    def rules(self, switch: str) -> Rules:
        """What a request may say: `switch` is the one that the two licences do not share."""
        switches = ("detect_direction", switch, "quality_warn", "risk_warn")
        sides = {self.parameter: frozenset({"front", "back"})}
        allowed = sides | dict.fromkeys(switches, BOOLEAN)
        return Rules(allowed, megabytes=4, files=False, turned=True)


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
