"""What `Config` adds to the answer of IDCardOCR: warnings, cuts and scores in `AdvancedInfo`, and
the three fields that are corrected by one another.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from mockocr.core.http import dump_json
from mockocr.core.image import Image
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.id_card_frame import card_quad, photo_quad
from mockocr.documents.kinds import Document
from mockocr.documents.kinds.check_digits import birth_in, has_right_id_check, sex_in
from mockocr.vendors.tencent.cloud.picture_warnings import ID_CARD, codes_of
from mockocr.vendors.tencent.cloud.rendering import percent

FLAGS = (
    "CropIdCard",
    "CropPortrait",
    "CopyWarn",
    "BorderCheckWarn",
    "ReshootWarn",
    "DetectPsWarn",
    "TempIdWarn",
    "InvalidDateWarn",
    "Quality",
    "MultiCardDetect",
    "ReflectWarn",
    "KeyCheck",
    "ValueCheck",
)

_WARNINGS: Mapping[str, tuple[PictureWarning, ...]] = {
    "CopyWarn": (PictureWarning.COPY, PictureWarning.BLACK_AND_WHITE),
    "BorderCheckWarn": (PictureWarning.BORDER, PictureWarning.COVERED),
    "ReshootWarn": (PictureWarning.RESHOOT,),
    "DetectPsWarn": (PictureWarning.TAMPERED,),
    "TempIdWarn": (PictureWarning.TEMPORARY,),
    "InvalidDateWarn": (PictureWarning.EXPIRED,),
    "ReflectWarn": (PictureWarning.REFLECTION,),
}
_ADVANCED = (PictureWarning.ELECTRONIC, PictureWarning.WATERMARK)
"""With `DetectPsWarn` and the CardWarnType `Advanced`."""

_BLURRED = 30
"""The highest score of a picture with the warning `blur` (guess; the page advises 50 and more)."""


def advanced_info(
    image: Image,
    recognition: Recognition,
    card: Document | None,
    flags: frozenset[str],
    *,
    advanced: bool,
    expired: bool,
) -> str:
    """The JSON text of `AdvancedInfo`: the warnings that the request asks for, and what else it
    asks for. That each value of the SDK's list is a JSON number or boolean is a guess.
    """
    warnings = recognition.warnings
    if expired and PictureWarning.EXPIRED not in warnings:
        warnings = (*warnings, PictureWarning.EXPIRED)
    found: dict[str, Any] = {}
    if "CropIdCard" in flags:
        found["IdCard"] = _base64(image, card_quad(card) if card is not None else None)
    if "CropPortrait" in flags:
        portrait = photo_quad(card) if card is not None else None
        found["Portrait"] = _base64(image, portrait) if portrait is not None else ""
    if "Quality" in flags:
        found["Quality"] = _quality(card, warnings)
    if "BorderCheckWarn" in flags:
        hidden = {PictureWarning.BORDER, PictureWarning.COVERED} & set(warnings)
        found["BorderCodeValue"] = 100 if hidden else 0
    asked = {w for flag in flags for w in _WARNINGS.get(flag, ())}
    if advanced and "DetectPsWarn" in flags:
        asked.update(_ADVANCED)
    found["WarnInfos"] = codes_of(warnings, ID_CARD, asked)
    spoilt = {PictureWarning.REFLECTION, PictureWarning.COVERED} & set(warnings)
    for flag, name in (("KeyCheck", "IsKeyValid"), ("ValueCheck", "IsValueValid")):
        if flag in flags:
            found[name] = not spoilt
    return dump_json(found).decode()


def rectified(front: Document) -> Document:
    """The front with birth and sex as its number says, if the number has a right check digit. doc:
    EnableRecognitionRectify corrects and completes the three fields.
    """
    number = front.text("number").upper()
    if not has_right_id_check(number):
        return front
    fields = {
        **front.fields,
        "sex": replace(front["sex"], text=sex_in(number)),
        "birth": replace(front["birth"], text=birth_in(number)),
    }
    return replace(front, fields=fields)


def _quality(card: Document | None, warnings: tuple[PictureWarning, ...]) -> int:
    """The mean confidence of the fields that were read, in percent (guess)."""
    read = [v.confidence for v in card.fields.values() if v.text] if card is not None else []
    score = percent(sum(read) / len(read)) if read else 0
    return min(score, _BLURRED) if PictureWarning.BLUR in warnings else score


def _base64(image: Image, part: Quad | None) -> str:
    return base64.b64encode(cut_out(image, part)).decode()
