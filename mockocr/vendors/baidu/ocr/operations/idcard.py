"""身份证识别: one side of an ID card. observed: order of the keys."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.formats import compact_date
from mockocr.documents.id_card_frame import card_quad, photo_quad
from mockocr.documents.kinds import Document, Kind, find_documents, why_none
from mockocr.documents.kinds.check_digits import birth_in, has_right_id_check, sex_in
from mockocr.vendors.baidu.headers import CONTENT_TYPE
from mockocr.vendors.baidu.ocr.documents import EDITOR, located, place, quality, risk
from mockocr.vendors.baidu.ocr.errors import NO_ID_CARD, log_id
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json, direction

_FRONT = {
    "姓名": "name",
    "民族": "nation",
    "住址": "address",
    "公民身份号码": "number",
    "出生": "birth",
    "性别": "sex",
}
_BACK = {"失效日期": "valid_to", "签发机关": "authority", "签发日期": "valid_from"}
_KINDS = {"front": Kind.ID_CARD_FRONT, "back": Kind.ID_CARD_BACK}
_DATES = frozenset({"birth", "valid_from", "valid_to"})
_RISKS = {
    PictureWarning.COPY: "copy",
    PictureWarning.BLACK_AND_WHITE: "copy",
    PictureWarning.TEMPORARY: "temporary",
    PictureWarning.RESHOOT: "screen",
    PictureWarning.ELECTRONIC: "screenshot",
}
RULES = Rules(
    {
        "id_card_side": frozenset(_KINDS),
        "detect_ps": BOOLEAN,
        "detect_risk": BOOLEAN,
        "detect_quality": BOOLEAN,
        "detect_photo": BOOLEAN,
        "detect_card": BOOLEAN,
        "detect_direction": BOOLEAN,
        "detect_screenshot": BOOLEAN,
    },
    max_side=8192,
    required=("id_card_side",),
    files=False,
    turned=True,
    pixels=True,
)


def render(
    request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
) -> Response:
    """The side that is shown, with `reversed_side` if it is not the one that was asked for.

    `ApiError(NO_ID_CARD)` for a picture without an ID card, or (option `no_idcard=status`) a
    result without words.
    """
    image, recognition = single_result(results)
    fields = parsed.extra
    asked = _KINDS[fields.values["id_card_side"]]
    kinds = (asked, *(kind for kind in _KINDS.values() if kind is not asked))
    card = next(iter(find_documents(recognition, kinds)), None)
    if card is None and fields.no_idcard == "error":
        raise ApiError(NO_ID_CARD, why_none(recognition, kinds))
    words = {} if card is None else _words(card)
    body: Json = {
        "words_result": words,
        "log_id": log_id(request),
        "words_result_num": len(words),
        "idcard_number_type": -1 if card is None else _number_type(card),
        "image_status": _status(card, asked, recognition),
    }
    body |= _extras(card, recognition, fields, image)
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def _words(card: Document) -> Json:
    """doc: an illegal number is not returned."""
    names = _FRONT if card.kind is Kind.ID_CARD_FRONT else _BACK
    words: Json = {}
    for name, field in names.items():
        text = card.text(field)
        if field == "number" and not has_right_id_check(text):
            text = ""
        words[name] = located(card[field], compact_date(text) if field in _DATES else text)
    return words


def _number_type(card: Document) -> int:
    """doc: -1 every field is empty, 0 the number is illegal, 1 right, 2 sex and birth differ from
    it, 3 birth differs, 4 sex differs. guess: a back has 1.
    """
    if not card.read:
        return -1
    if card.kind is Kind.ID_CARD_BACK:
        return 1
    number = card.text("number")
    if not has_right_id_check(number):
        return 0
    birth = card.text("birth") == birth_in(number)
    sex = card.text("sex") == sex_in(number)
    return {(True, True): 1, (False, False): 2, (False, True): 3, (True, False): 4}[birth, sex]


def _status(card: Document | None, asked: Kind, recognition: Recognition) -> str:
    if card is None:
        others = find_documents(recognition, tuple(Kind))
        return "other_type_card" if others else "non_idcard"
    if card.kind is not asked:
        return "reversed_side"
    named = {PictureWarning.BLUR: "blurred", PictureWarning.REFLECTION: "over_exposure"}
    return risk(recognition.warnings, named)


def _extras(card: Document | None, recognition: Recognition, fields: Fields, image: Image) -> Json:
    """The keys of the `detect_…` options."""
    warnings, body = recognition.warnings, Json()
    if fields.flag("detect_direction"):
        body["direction"] = direction(recognition)
    if fields.flag("detect_risk"):
        body["risk_type"] = risk(warnings, _RISKS)
        if PictureWarning.TAMPERED in warnings:
            body["edit_tool"] = EDITOR
    if fields.flag("detect_quality"):
        body["card_quality"] = quality(warnings, "propobility", cover=True)
    if fields.flag("detect_ps"):
        body["card_ps"] = int(PictureWarning.TAMPERED in warnings)
    if card is not None and fields.flag("detect_photo"):
        body |= _cut(image, photo_quad(card), "photo", "photo_location")
    if card is not None and fields.flag("detect_card"):
        body |= _cut(image, card_quad(card), "card_image", "card_location")
    return body


def _cut(image: Image, quad: Quad | None, name: str, where: str) -> Json:
    """A part of the picture, placed by the layout of the card; nothing if its fields have no
    place.
    """
    if quad is None:
        return {}
    return {name: base64.b64encode(cut_out(image, quad)).decode(), where: place(quad)}


OPERATION = operation("idcard", "rk3h7xzck", RULES.parse, render, price=CARD)
