"""银行卡识别 BankCardOCR: number, bank, kind and expiry date of a bank card."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.formats import month_first
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.cloud.action import BOOLEAN, JPEG_PNG_BMP, Action, turn_option
from mockocr.vendors.tencent.cloud.picture_warnings import BANK_CARD, codes_of
from mockocr.vendors.tencent.cloud.rendering import percent, render_in_order
from mockocr.vendors.tencent.cloud.shown_documents import shown_document

_CHECKS = {
    "EnableCopyCheck": (PictureWarning.COPY, PictureWarning.BLACK_AND_WHITE),
    "EnableReshootCheck": (PictureWarning.RESHOOT,),
    "EnableBorderCheck": (PictureWarning.BORDER, PictureWarning.COVERED),
}
"""The warnings that each flag asks for; those of the date and of reflections need none (EX: a
sample without flags has -9110).
"""
_TYPES = {"预付费卡": "预付卡"}
_FLAGS = ("RetBorderCutImage", "RetCardNoImage", "EnableQualityValue", *_CHECKS)

ACTION = Action(
    "BankCardOCR", "银行卡识别", 36216, JPEG_PNG_BMP, own=dict.fromkeys(_FLAGS, BOOLEAN)
)


class BankCardFields(msgspec.Struct, frozen=True):
    """`flags` are the parameters that are true."""

    flags: frozenset[str]


def parse(request: Request) -> OcrRequest[BankCardFields]:
    """One picture."""
    fields = ACTION.fields(request)
    flags = frozenset(name for name in _FLAGS if fields.get(name))
    cuts = bool(flags & {"RetBorderCutImage", "RetCardNoImage"})
    options = ReadOptions(turn=turn_option(request))
    return ACTION.ocr_request(fields, BankCardFields(flags), options, keep_pixels=cuts)


def render(
    request: Request, parsed: OcrRequest[BankCardFields], results: Sequence[ImageResult]
) -> Response:
    """The fields of the card; `ApiError(NOTHING_FOUND)` for a picture without one."""
    image, recognition = single_result(results)
    card = shown_document(recognition, Kind.BANK_CARD)
    flags = parsed.extra.flags
    kind = card.text("card_type")
    members = {
        "CardNo": card.text("number"),
        "BankInfo": _bank(card),
        "ValidDate": month_first(card.text("valid_to")),
        "CardType": _TYPES.get(kind, kind),
        "CardName": card.text("card_name"),
        "BorderCutImage": _cut(image) if "RetBorderCutImage" in flags else None,
        "CardNoImage": _number_image(image, card) if "RetCardNoImage" in flags else None,
        "WarningCode": _warning_codes(recognition, flags) or None,
        "QualityValue": _quality(card, recognition) if "EnableQualityValue" in flags else None,
        "CardCategory": _category(recognition),
    }
    return render_in_order(request, members)


def _bank(card: Document) -> str:
    name, code = card.text("bank"), card.text("bank_code")
    return f"{name}({code})" if code else name


def _cut(image: Image) -> str:
    return base64.b64encode(cut_out(image)).decode()


def _number_image(image: Image, card: Document) -> str | None:
    quad = card["number"].quad
    return base64.b64encode(cut_out(image, quad)).decode() if quad is not None else None


def _warning_codes(recognition: Recognition, flags: frozenset[str]) -> list[int]:
    asked = {PictureWarning.EXPIRED, PictureWarning.REFLECTION}
    asked.update(warning for flag in flags for warning in _CHECKS.get(flag, ()))
    return codes_of(recognition.warnings, BANK_CARD, asked)


def _quality(card: Document, recognition: Recognition) -> int:
    """The confidence of the number in percent, at most 30 with the warning `blur` (guess)."""
    score = percent(card["number"].confidence)
    return min(score, 30) if PictureWarning.BLUR in recognition.warnings else score


def _category(recognition: Recognition) -> str:
    electronic = PictureWarning.ELECTRONIC in recognition.warnings
    return "电子银行卡信息截图" if electronic else "标准实体银行卡"


OPERATION = ACTION.operation("bank_card", parse, render)
