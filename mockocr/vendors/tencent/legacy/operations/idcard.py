"""身份证识别: the six fields of the front of an identity card, or the two of its back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.formats import dotted_date, period, slashed_date
from mockocr.documents.kinds import Document, Kind, find_document, what_is_shown
from mockocr.vendors.tencent.legacy.body import LIMITS, body_fields
from mockocr.vendors.tencent.legacy.card_errors import NOT_BACK, NOT_FRONT
from mockocr.vendors.tencent.legacy.cards import card_images, card_options, render_results


class CardSide(msgspec.Struct, frozen=True):
    """`back`: the client expects the side with the emblem."""

    back: bool


def parse(request: Request) -> OcrRequest[CardSide]:
    """Up to 20 pictures of the side that `card_type` names."""
    fields = body_fields(request)
    images = card_images(request, fields)
    side = str(fields.get("card_type", "0")).strip()
    if side not in ("0", "1"):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"card_type is {side[:40]!r}, not 0 or 1")
    return OcrRequest(images, LIMITS, CardSide(side == "1"), card_options(request))


def render(
    request: Request, parsed: OcrRequest[CardSide], results: Sequence[ImageResult]
) -> Response:
    """The fields of each card, each with the confidence of every character in percent; a field that
    was not read is empty and has the confidence -1, as the page says.
    """

    def data(result: ImageResult, recognition: Recognition) -> dict[str, Any]:
        front = find_document(recognition, (Kind.ID_CARD_FRONT,))
        back = find_document(recognition, (Kind.ID_CARD_BACK,))
        card, other, wrong_side = (
            (back, front, NOT_BACK) if parsed.extra.back else (front, back, NOT_FRONT)
        )
        if card is None:
            shown = what_is_shown(recognition)
            if other is not None:
                raise ApiError(wrong_side, f"the other side; {shown}")
            raise ApiError(ErrorKind.NOTHING_FOUND, f"no ID card; {shown}")
        fields = _fields(card)
        return {
            **{name: value.text for name, value in fields.items()},
            **{f"{name}_confidence_all": _confidences(value) for name, value in fields.items()},
        }

    return render_results(results, data, OPERATION.name)


def _fields(card: Document) -> dict[str, Value]:
    """The fields by their names on the wire, in order."""
    if card.kind is Kind.ID_CARD_BACK:
        return {"authority": card["authority"], "valid_date": _valid_date(card)}
    return {
        "name": card["name"],
        "sex": card["sex"],
        "nation": card["nation"],
        "birth": replace(card["birth"], text=slashed_date(card.text("birth"))),
        "address": card["address"],
        "id": card["number"],
    }


def _valid_date(back: Document) -> Value:
    """`2012.01.01-2022.01.01`, or 长期 as its end."""
    start, end = back["valid_from"], back["valid_to"]
    text = period(dotted_date(start.text), dotted_date(end.text))
    same = start.characters == end.characters
    characters = start.characters if same else (*start.characters, *end.characters)
    return Value(text, characters, max(start.confidence, end.confidence))


def _confidences(value: Value) -> list[int]:
    if not value.text:
        return [-1]
    if not value.characters:
        return [round(value.confidence * 100)] * len(value.text)
    return [round(c.confidence * 100) for c in value.characters]


OPERATION = Operation(
    name="idcard",
    methods=("POST",),
    path="/ocr/idcard",
    source="身份证识别, cloud.tencent.com/document/product/866/17597",
    parse=parse,
    render=render,
)
