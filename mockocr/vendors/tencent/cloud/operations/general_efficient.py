"""通用印刷体识别（精简版） GeneralEfficientOCR: lines and angle."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.vendors.tencent.cloud.action import JPEG_PNG_BMP, Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import (
    printed_lines,
    render_success,
    rotation,
    text_result,
)

ACTION = Action("GeneralEfficientOCR", "通用印刷体识别（精简版）", 37831, JPEG_PNG_BMP, 7)


def parse(request: Request) -> OcrRequest[None]:
    """One picture."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request)))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    image, recognition = text_result(results)
    angle = rotation(recognition)
    lines = printed_lines(image, recognition)
    return render_success(request, {"Angel": angle, "Angle": angle, "TextDetections": lines})


OPERATION = ACTION.operation("general_efficient", parse, render)
