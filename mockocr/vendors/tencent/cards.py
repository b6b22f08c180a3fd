"""Answers about several cards: one entry a picture with a code of its own, HTTP 200 in any case.

Fields are what was read behind their labels; what was not read is an empty text with the confidence
-1, as the pages say. Sources: 身份证识别, 名片识别（V1） and 名片识别.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Inline, Remote
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Recognition
from mockocr.documents.businesscard import business_card_of
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.idcard import back_of, front_of
from mockocr.vendors.tencent.card_errors import (
    BUSINESS_NOT_READ,
    CARD_NOT_READ,
    FEW_WORDS,
    NO_BUSINESS_CARD,
    NO_ID_CARD,
    NOT_BACK,
    NOT_FRONT,
)
from mockocr.vendors.tencent.errors import BAD_URL, row_of
from mockocr.vendors.tencent.render import single

_OF_ONE_PICTURE = frozenset(
    {
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
        ErrorKind.IMAGE_SIZE,
        ErrorKind.IMAGE_TOO_LARGE,
        ErrorKind.NO_IMAGE,
        ErrorKind.DOWNLOAD_FAILED,
        ErrorKind.ENGINE_FAILED,
    }
)
"""What leaves the other pictures of a request untouched; all else refuses the request."""


def id_card(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """Six fields of the front or two of the back, each with the confidence of every character."""

    def data(reading: ImageResult, recognition: Recognition) -> dict[str, Any]:
        front, back = front_of(recognition), back_of(recognition)
        card, other, wrong = (
            (back, front, NOT_BACK) if ask.extra["back"] else (front, back, NOT_FRONT)
        )
        if card is None:
            what = "shows the other side" if other else "shows no identity card"
            raise ApiError(wrong if other else NO_ID_CARD, f"the picture {what}")
        fields: dict[str, Value] = {name: getattr(card, name) for name in card.__slots__}
        return {
            **{name: value.text for name, value in fields.items()},
            **{f"{name}_confidence_all": _all(value) for name, value in fields.items()},
        }

    return _list(readings, data, CARD_NOT_READ)


def name_card(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """The first version's name, phone and QQ number, or the second version's list, as chosen."""
    if request.choices.get("namecard", "documented") == "items":
        return business_card(request, ask, readings)
    scale = 100 if request.choices.get("confidence", "documented") == "documented" else 1

    def data(reading: ImageResult, recognition: Recognition) -> dict[str, Any]:
        found = {field.kind: field.value for field in reversed(business_card_of(recognition))}
        fields = {
            "name": found.get("姓名") or found.get("英文姓名") or NOTHING,
            "phone": found.get("手机") or found.get("电话") or NOTHING,
            "uin": found.get("QQ") or NOTHING,
        }
        made: dict[str, Any] = {name: value.text for name, value in fields.items()}
        for name, value in fields.items():
            sure = round(value.confidence * scale, 4)
            made[f"{name}_confidence"] = sure if value.text else -1
        if ask.extra["image"] and isinstance(reading.source, Inline):
            made["image"] = base64.b64encode(reading.source.data).decode()
        return made

    return _list(readings, data, CARD_NOT_READ)


def business_card(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """Every field that the card says, as item, value and confidence from 0 to 1."""

    def data(reading: ImageResult, recognition: Recognition) -> list[dict[str, Any]]:
        if not recognition.text.strip():
            raise ApiError(FEW_WORDS, "the picture holds no text that could be read")
        fields = business_card_of(recognition)
        if not fields:
            raise ApiError(NO_BUSINESS_CARD, "nothing in the picture says that it is a card")
        return [
            {
                "item": field.kind,
                "value": field.value.text,
                "confidence": single(field.value.confidence),
            }
            for field in fields
        ]

    return _list(readings, data, BUSINESS_NOT_READ)


def _list(
    readings: Sequence[ImageResult],
    data: Callable[[ImageResult, Recognition], Any],
    failed: ErrorEntry,
) -> Response:
    """The journal gets code 0 when any picture was read, else the first one's code; and why the
    first one was refused that was.
    """
    entries, details = zip(*(_entry(reading, data, failed) for reading in readings), strict=True)
    codes = [entry["code"] for entry in entries]
    response = Response.of_json({"result_list": entries}, code=0 if 0 in codes else codes[0])
    said = (f"picture {n}: {why}" for n, why in enumerate(details, 1) if why)
    return response.replaced(why=next(said, ""))


def _entry(
    reading: ImageResult, data: Callable[[ImageResult, Recognition], Any], failed: ErrorEntry
) -> tuple[dict[str, Any], str]:
    """The entry of one picture, and why it was refused if it was."""
    source = reading.source
    named = {"url": source.url} if isinstance(source, Remote) else {"filename": source.name}
    try:
        if reading.error is not None:
            raise reading.error
        assert reading.recognition is not None
        found = data(reading, reading.recognition)
    except ApiError as error:
        row = _row(error, failed)
        entry: dict[str, Any] = {"code": row.code, "message": row.message, **named, "data": {}}
        return entry, error.detail or row.message
    # doc: the pages' samples say OK for a URL and success for a file
    message = "OK" if isinstance(source, Remote) else "success"
    return {"code": 0, "message": message, **named, "data": found}, ""


def _row(error: ApiError, failed: ErrorEntry) -> ErrorEntry:
    why = error.why
    if isinstance(why, ErrorKind) and why not in _OF_ONE_PICTURE:
        raise error
    if why is ErrorKind.ENGINE_FAILED:
        return failed
    if error.facts.get("cause") == "url":
        return BAD_URL
    return row_of(why)


def _all(value: Value) -> list[int]:
    return [round(c.confidence * 100) for c in value.characters] or [-1]
