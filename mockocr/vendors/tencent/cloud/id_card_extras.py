"""What `Config` adds to the answer of IDCardOCR: warnings, cuts and scores in `AdvancedInfo`, and
the three fields that are corrected by one another.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockocr.core.http import dump_json
from mockocr.core.image import Image
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.kinds import Document, Kind
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
_FRAME = Quad.upright(-0.18, -0.16, 1.10, 1.12)
"""The card around its fields, as shares of the fields' box: the labels are left of them (guess)."""
_PORTRAIT = Quad.upright(0.62, 0.10, 0.95, 0.72)
"""The photo, as shares of the card (GA 450: a card of 85.6 mm x 54 mm, the photo at its right)."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: the last digit is the remainder of the weighted sum."""


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
        found["IdCard"] = _base64(image, _frame(card))
    if "CropPortrait" in flags:
        portrait = _portrait(card)
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
    number = front.text("number")
    if not _is_valid(number):
        return front
    sex = "男" if int(number[16]) % 2 else "女"
    birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    fields = {
        **front.fields,
        "sex": replace(front["sex"], text=sex),
        "birth": replace(front["birth"], text=birth),
    }
    return replace(front, fields=fields)


def _is_valid(number: str) -> bool:
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _quality(card: Document | None, warnings: tuple[PictureWarning, ...]) -> int:
    """The mean confidence of the fields that were read, in percent (guess)."""
    read = [v.confidence for v in card.fields.values() if v.text] if card is not None else []
    score = percent(sum(read) / len(read)) if read else 0
    return min(score, _BLURRED) if PictureWarning.BLUR in warnings else score


def _base64(image: Image, part: Quad | None) -> str:
    return base64.b64encode(cut_out(image, part)).decode()


def _frame(card: Document | None) -> Quad | None:
    """Where the card is; None, for the whole picture, if its fields have no place."""
    return _share(card.quad, _FRAME) if card is not None and card.quad is not None else None


def _portrait(card: Document | None) -> Quad | None:
    """Where the photo is; None if the card is a back or its fields have no place."""
    frame = _frame(card)
    is_front = card is not None and card.kind is Kind.ID_CARD_FRONT
    return _share(frame, _PORTRAIT) if frame is not None and is_front else None


def _share(box: Quad, part: Quad) -> Quad:
    left, top, right, bottom = box.extent
    return part.scaled(right - left, bottom - top).moved(left, top)
