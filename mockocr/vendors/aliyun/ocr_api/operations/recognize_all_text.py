"""OCR统一识别 RecognizeAllText: one action for text, tables, cards and invoices."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.vendors.aliyun.ocr_api.action import operation
from mockocr.vendors.aliyun.ocr_api.all_text import CARD_TYPES, AllTextFields, parse
from mockocr.vendors.aliyun.ocr_api.card_sub_images import card_data
from mockocr.vendors.aliyun.ocr_api.envelope import render_success
from mockocr.vendors.aliyun.ocr_api.pictures import read_picture
from mockocr.vendors.aliyun.ocr_api.sub_images import text_data


def render(
    request: Request, parsed: OcrRequest[AllTextFields], results: Sequence[ImageResult]
) -> Response:
    """The lines, or the fields of a card; `Data` is an object. sdk: clients refuse a text here."""
    image, recognition = read_picture(results)
    fields = parsed.extra
    if fields.type in CARD_TYPES:
        data = card_data(image, recognition, fields)
    else:
        data = text_data(image, recognition, fields, request.options)
    if image.pages:
        data["PageNo"] = max(results[0].page, 1)
    return render_success(request, data)


OPERATION = operation("RecognizeAllText", "recognize_all_text", parse, render)
