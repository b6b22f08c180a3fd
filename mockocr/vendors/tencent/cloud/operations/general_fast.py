"""通用印刷体识别（高速版） GeneralFastOCR: lines, and the angle under its old name alone."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.vendors.tencent.cloud.action import JPEG_PNG, PDF, Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import (
    printed_lines,
    render_success,
    rotation,
    text_result,
)

ACTION = Action("GeneralFastOCR", "通用印刷体识别（高速版）", 33525, JPEG_PNG, 7, PDF)


def parse(request: Request) -> OcrRequest[None]:
    """One picture or page of a PDF."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request)))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    image, recognition = text_result(results)
    return render_success(
        request,
        {
            "Angel": rotation(recognition),
            "Language": "zh",
            "PdfPageSize": image.pages,
            "TextDetections": printed_lines(image, recognition),
        },
    )


OPERATION = ACTION.operation("general_fast", parse, render)
