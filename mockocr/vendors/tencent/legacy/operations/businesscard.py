"""名片识别: every field that a business card shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition, float32
from mockocr.documents.businesscard import business_card_of
from mockocr.vendors.tencent.legacy.body import LIMITS, body_fields
from mockocr.vendors.tencent.legacy.card_errors import NO_BUSINESS_CARD
from mockocr.vendors.tencent.legacy.cards import card_images, card_options, render_results


def parse(request: Request) -> OcrRequest[None]:
    """Up to 20 pictures."""
    images = card_images(request, body_fields(request))
    return OcrRequest(images, LIMITS, None, card_options(request))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """The fields of each card, as `render_items`."""
    return render_items(results)


def render_items(results: Sequence[ImageResult]) -> Response:
    """Every field of each card, as item, value and confidence from 0 to 1."""
    return render_results(results, _data, OPERATION.name)


def _data(result: ImageResult, recognition: Recognition) -> list[dict[str, Any]]:
    if not recognition.text.strip():
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no readable text")
    fields = business_card_of(recognition)
    if not fields:
        raise ApiError(NO_BUSINESS_CARD, "the text in the picture is not that of a card")
    return [
        {
            "item": field.kind,
            "value": field.value.text,
            "confidence": float32(field.value.confidence),
        }
        for field in fields
    ]


OPERATION = Operation(
    name="businesscard",
    methods=("POST",),
    path="/ocr/businesscard",
    source="名片识别, cloud.tencent.com/document/product/866",
    parse=parse,
    render=render,
)
