"""身份证识别: the six fields of the front of an identity card, or the two of its back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

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


@dataclass(frozen=True, slots=True)
class CardSide:
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
        kind, other, wrong_side = (
            (Kind.ID_CARD_BACK, Kind.ID_CARD_FRONT, NOT_BACK)
            if parsed.extra.back
            else (Kind.ID_CARD_FRONT, Kind.ID_CARD_BACK, NOT_FRONT)
        )
        card = find_document(recognition, (kind,))
        if card is None:
            if find_document(recognition, (other,)) is not None:
                raise ApiError(wrong_side, "the picture shows the other side")
            shown = what_is_shown(recognition)
            raise ApiError(ErrorKind.NOTHING_FOUND, f"the picture shows no identity card; {shown}")
        fields = _fields(card)
        return {
            **{name: value.text for name, value in fields.items()},
            **{f"{name}_confidence_all": _confidences(value) for name, value in fields.items()},
        }

    return render_results(results, data, OPERATION.name)


def _fields(card: Document) -> dict[str, Value]:
    """The fields by their names on the wire, in order."""
    if card.kind is Kind.ID_CARD_BACK:
        start, end = card["valid_from"], card["valid_to"]
        text = period(dotted_date(start.text), dotted_date(end.text))
        valid = Value(text, start.characters + end.characters, start.scripted)
        return {"authority": card["authority"], "valid_date": valid}
    birth = card["birth"]
    return {
        "name": card["name"],
        "sex": card["sex"],
        "nation": card["nation"],
        "birth": replace(birth, text=slashed_date(birth.text)),
        "address": card["address"],
        "id": card["number"],
    }


def _confidences(value: Value) -> list[int]:
    return [round(c.confidence * 100) for c in value.characters] or [-1]


OPERATION = Operation(
    name="idcard",
    methods=("POST",),
    path="/ocr/idcard",
    source="身份证识别, cloud.tencent.com/document/product/866/17597",
    parse=parse,
    render=render,
)
