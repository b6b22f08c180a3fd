"""id-card: either side of an ID card, or both on one picture."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date

from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.id_card_frame import card_quad, photo_quad
from mockocr.documents.kinds import Document, Kind, find_documents
from mockocr.documents.kinds.check_digits import birth_in, has_right_id_check, sex_in
from mockocr.vendors.huawei.ocr.documents import (
    Asked,
    Json,
    Rules,
    none_found,
    operation,
    places,
)
from mockocr.vendors.huawei.ocr.rendering import corners, picture_of, success

_FRONT = {
    "name": "name",
    "sex": "sex",
    "birth": "birth",
    "ethnicity": "nation",
    "address": "address",
    "number": "number",
}
_BACK = {"issue": "authority", "valid_from": "valid_from", "valid_to": "valid_to"}
_SIDES = (Kind.ID_CARD_FRONT, Kind.ID_CARD_BACK)
_WARNINGS: Mapping[str, tuple[PictureWarning, ...]] = {
    "detect_reproduce": (PictureWarning.RESHOOT,),
    "detect_copy": (PictureWarning.COPY, PictureWarning.BLACK_AND_WHITE),
    "detect_tampering": (PictureWarning.TAMPERED,),
    "detect_border_integrity": (PictureWarning.BORDER,),
    "detect_blocking_within_border": (PictureWarning.COVERED,),
    "detect_blur": (PictureWarning.BLUR,),
    "detect_interim": (PictureWarning.TEMPORARY,),
    "detect_glare": (PictureWarning.REFLECTION,),
}
RULES = Rules(
    (
        "return_verification",
        "return_text_location",
        "return_portrait_location",
        "return_portrait_image",
        "return_adjusted_image",
        *_WARNINGS,
    ),
    sides=("front", "back", "double_side"),
    pixels=True,
)


def render(request: Request, parsed: OcrRequest[Asked], results: Sequence[ImageResult]) -> Response:
    """One side as a flat result; with `double_side`, each side in an object of its own."""
    asked = parsed.extra
    image, recognition = picture_of(results, in_obs=asked.in_obs)
    wanted = {"front": _SIDES[:1], "back": _SIDES[1:]}.get(asked.side, _SIDES)
    found = {card.kind: card for card in reversed(find_documents(recognition, wanted))}
    if not found:
        raise none_found(recognition, wanted)
    today = request.at.date()
    sides = {
        kind: _side(found[kind], asked, image, recognition, today)
        for kind in _SIDES
        if kind in found
    }
    if asked.side == "double_side":
        names = dict(zip(_SIDES, ("front", "back"), strict=True))
        return success(request, {names[kind]: side for kind, side in sides.items()})
    return success(request, next(iter(sides.values())))


def _side(
    card: Document, asked: Asked, image: Image, recognition: Recognition, today: date
) -> Json:
    front = card.kind is Kind.ID_CARD_FRONT
    names = _FRONT if front else _BACK
    result: Json = card.texts(names)
    if "return_verification" in asked.on:
        result["verification_result"] = _verification(card, today, asked)
    if "return_text_location" in asked.on:
        result["text_location"] = places(card, names)
    result |= _pictures(card, asked, image)
    scores: Json = {}
    for name, warnings in _WARNINGS.items():
        if name in asked.on:
            # the SDK says that a score is a whole number; guess: in percent
            warned = any(warning in recognition.warnings for warning in warnings)
            result[f"{name}_result"] = warned
            scores[f"{name.removeprefix('detect_')}_score"] = 99 if warned else 1
    if scores:
        result["score_info"] = scores
    return result


def _pictures(card: Document, asked: Asked, image: Image) -> Json:
    """Cut where the layout of a card has them; doc: empty for a back."""
    made: Json = {}
    photo, frame = photo_quad(card), card_quad(card)
    front = card.kind is Kind.ID_CARD_FRONT
    if "return_portrait_image" in asked.on and (front or asked.side != "double_side"):
        made["portrait_image"] = _encoded(image, photo) if photo is not None else ""
    if "return_adjusted_image" in asked.on:
        made["adjusted_image"] = _encoded(image, frame)
    if "return_portrait_location" in asked.on and (front or asked.side != "double_side"):
        made["portrait_location"] = corners(photo) if photo is not None else []
    return made


def _encoded(image: Image, quad: Quad | None) -> str:
    return base64.b64encode(cut_out(image, quad)).decode()


def _verification(card: Document, today: date, asked: Asked) -> Json:
    """doc: of a single side, what the other side shows is false."""
    front = card.kind is Kind.ID_CARD_FRONT
    number = card.text("number") if front else ""
    valid = front and has_right_id_check(number)
    of_front = {
        "valid_number": valid,
        "valid_birth": valid and card.text("birth") == birth_in(number),
        "valid_sex": valid and card.text("sex") == sex_in(number),
    }
    start, end = ("", "") if front else (card.text("valid_from"), card.text("valid_to"))
    legal = bool(start and end) and (end == "长期" or start < end)
    of_back = {
        "valid_date": legal and start <= today.isoformat() and _lasts(end, today),
        "valid_validity_period": legal,
    }
    if asked.side == "double_side":
        return of_front if front else of_back
    return {**of_front, **of_back}


def _lasts(end: str, today: date) -> bool:
    return end == "长期" or today.isoformat() <= end


OPERATION = operation("id-card", "doc: id card page (ocr_03_0030, 身份证识别)", RULES, render)
