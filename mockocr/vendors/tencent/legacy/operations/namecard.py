"""名片识别（V1）: name, phone and QQ number of a business card."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.http import Request, Response
from mockocr.core.image import Inline
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.businesscard import business_card_of
from mockocr.documents.char_map import NOTHING
from mockocr.vendors.tencent.legacy.body import LIMITS, body_fields
from mockocr.vendors.tencent.legacy.cards import card_images, card_options, render_results
from mockocr.vendors.tencent.legacy.operations.businesscard import render_items


class ReturnImage(msgspec.Struct, frozen=True):
    """`wanted`: the response returns each picture that came as a file."""

    wanted: bool


def parse(request: Request) -> OcrRequest[ReturnImage]:
    """Up to 20 pictures, to be returned if `ret_image` is 1."""
    fields = body_fields(request)
    images = card_images(request, fields)
    wanted = ReturnImage(str(fields.get("ret_image", "0")) == "1")
    return OcrRequest(images, LIMITS, wanted, card_options(request))


def render(
    request: Request, parsed: OcrRequest[ReturnImage], results: Sequence[ImageResult]
) -> Response:
    """Three fields of each card as the page says, or the items of `businesscard`: the option
    `namecard` decides. A field that was not read is empty and has the confidence -1.
    """
    if request.options["namecard"] == "items":
        return render_items(results)
    scale = 100 if request.options["confidence"] == "documented" else 1

    def data(result: ImageResult, recognition: Recognition) -> dict[str, Any]:
        found = {field.kind: field.value for field in reversed(business_card_of(recognition))}
        fields = {
            "name": found.get("姓名") or found.get("英文姓名") or NOTHING,
            "phone": found.get("手机") or found.get("电话") or NOTHING,
            "uin": found.get("QQ") or NOTHING,
        }
        rendered: dict[str, Any] = {name: value.text for name, value in fields.items()}
        for name, value in fields.items():
            confidence = round(value.confidence * scale, 4) if value.text else -1
            rendered[f"{name}_confidence"] = confidence
        if parsed.extra.wanted and isinstance(result.source, Inline):
            rendered["image"] = base64.b64encode(result.source.data).decode()
        return rendered

    return render_results(results, data, OPERATION.name)


OPERATION = Operation(
    name="namecard",
    methods=("POST",),
    path="/ocr/namecard",
    source="名片识别（V1）, cloud.tencent.com/document/product/641/12423",
    parse=parse,
    render=render,
)
