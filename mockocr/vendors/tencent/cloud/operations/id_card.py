"""身份证识别 IDCardOCR: the fields of one side of an identity card, or of both."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning
from mockocr.documents.formats import dotted_date, period, slashed_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.cloud.action import (
    BOOLEAN,
    JPEG_PNG_BMP,
    STRING,
    Action,
    Parameter,
    turn_option,
)
from mockocr.vendors.tencent.cloud.card_errors import OTHER_SIDE, SEVERAL_CARDS
from mockocr.vendors.tencent.cloud.config import flags_of
from mockocr.vendors.tencent.cloud.id_card_extras import FLAGS, advanced_info, rectified
from mockocr.vendors.tencent.cloud.rendering import render_in_order
from mockocr.vendors.tencent.cloud.shown_documents import shown_sides

SIDES = {"FRONT": Kind.ID_CARD_FRONT, "BACK": Kind.ID_CARD_BACK}

ACTION = Action(
    "IDCardOCR",
    "身份证识别",
    33524,
    JPEG_PNG_BMP,
    own={
        "CardSide": Parameter("string", frozenset(SIDES)),
        "Config": STRING,
        "EnableRecognitionRectify": BOOLEAN,
        "EnableReflectDetail": BOOLEAN,
        "EnableDateVerify": BOOLEAN,
        "CardWarnType": Parameter("string", frozenset({"Basic", "Advanced"})),
    },
)


class IdCardFields(msgspec.Struct, frozen=True):
    """`sides` are those that the client expects, `flags` those of `Config` that are on."""

    sides: tuple[Kind, ...]
    flags: frozenset[str]
    rectify: bool
    reflect_detail: bool
    verify_dates: bool
    advanced: bool


def parse(request: Request) -> OcrRequest[IdCardFields]:
    """One picture; without `CardSide` it may show either side."""
    fields = ACTION.fields(request)
    flags = flags_of(fields, FLAGS)
    side = fields.get("CardSide")
    extra = IdCardFields(
        sides=(SIDES[side],) if side and "MultiCardDetect" not in flags else tuple(SIDES.values()),
        flags=flags,
        rectify=bool(fields.get("EnableRecognitionRectify", True)),
        reflect_detail=bool(fields.get("EnableReflectDetail")),
        verify_dates=bool(fields.get("EnableDateVerify", True)),
        advanced=fields.get("CardWarnType") == "Advanced",
    )
    options = ReadOptions(turn=turn_option(request))
    cuts = bool(flags & {"CropIdCard", "CropPortrait"})
    return ACTION.ocr_request(fields, extra, options, keep_pixels=cuts)


def render(
    request: Request, parsed: OcrRequest[IdCardFields], results: Sequence[ImageResult]
) -> Response:
    """The fields of the side that is shown, those of the other side empty.

    Raises `ApiError(NOTHING_FOUND)` for a picture without a card, and an entry of its own for the
    other side or, with `MultiCardDetect`, for two cards.
    """
    image, recognition = single_result(results)
    extra = parsed.extra
    several = SEVERAL_CARDS if "MultiCardDetect" in extra.flags else None
    sides = tuple(SIDES.values())
    shown = shown_sides(recognition, "ID card", sides, extra.sides, OTHER_SIDE, several)
    if "MultiCardDetect" not in extra.flags:  # one side, the front if both are shown
        shown = dict([next(iter(shown.items()))])
    front, back = shown.get(Kind.ID_CARD_FRONT), shown.get(Kind.ID_CARD_BACK)
    if front is not None and extra.rectify and recognition.scripted is None:
        front = rectified(front)
    reflects = PictureWarning.REFLECTION in recognition.warnings and "ReflectWarn" in extra.flags
    members = {
        "Name": _text(front, "name"),
        "Sex": _text(front, "sex"),
        "Nation": _text(front, "nation"),
        "Birth": slashed_date(_text(front, "birth")),
        "Address": _text(front, "address"),
        "IdNum": _text(front, "number"),
        "Authority": _text(back, "authority"),
        "ValidDate": _valid(back),
        "AdvancedInfo": advanced_info(
            image,
            recognition,
            front or back,
            extra.flags,
            advanced=extra.advanced,
            expired=extra.verify_dates and _is_expired(back, request),
        ),
        "ReflectDetailInfos": (
            [{"Position": "RecognitionField"}] if reflects and extra.reflect_detail else []
        ),
    }
    return render_in_order(request, members)


def _text(side: Document | None, name: str) -> str:
    return side.text(name) if side is not None else ""


def _valid(back: Document | None) -> str:
    start, end = _text(back, "valid_from"), _text(back, "valid_to")
    return period(dotted_date(start), dotted_date(end))


def _is_expired(back: Document | None, request: Request) -> bool:
    """True if the card's last day is before the request, or before its first day."""
    start, end = _text(back, "valid_from"), _text(back, "valid_to")
    is_date = end[:4].isdigit()
    return is_date and (end < request.at.date().isoformat() or end < start)


OPERATION = ACTION.operation("id_card", parse, render)
