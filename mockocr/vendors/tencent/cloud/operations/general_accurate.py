"""通用印刷体识别（高精度版） GeneralAccurateOCR: lines, with their language on demand."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.vendors.tencent.cloud.action import (
    BOOLEAN,
    JPEG_PNG_BMP,
    PDF,
    Action,
    Parameter,
    requested_layout,
    turn_option,
)
from mockocr.vendors.tencent.cloud.rendering import (
    printed_lines,
    render_success,
    rotation,
    text_result,
)

ACTION = Action(
    "GeneralAccurateOCR",
    "通用印刷体识别（高精度版）",
    34937,
    JPEG_PNG_BMP,
    own={
        "IsWords": BOOLEAN,
        "EnableDetectSplit": BOOLEAN,
        **PDF,
        "EnableDetectText": BOOLEAN,
        "ConfigID": Parameter("string", frozenset({"OCR", "MulOCR"})),
        "WordsType": Parameter("string", frozenset({"0", "1", "2"})),
    },
)


class AccurateFields(msgspec.Struct, frozen=True):
    """`words`: list the characters of each line. `multilingual`: name the language of each line."""

    words: bool
    multilingual: bool


def parse(request: Request) -> OcrRequest[AccurateFields]:
    """One picture or page of a PDF; if `EnableDetectText` is false it is read as a single line."""
    fields = ACTION.fields(request)
    multilingual = fields.get("ConfigID") == "MulOCR"
    # doc: IsWords works with ConfigID OCR alone
    extra = AccurateFields(bool(fields.get("IsWords")) and not multilingual, multilingual)
    options = ReadOptions(turn=turn_option(request), layout=requested_layout(fields))
    return ACTION.ocr_request(fields, extra, options)


def render(
    request: Request, parsed: OcrRequest[AccurateFields], results: Sequence[ImageResult]
) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    image, recognition = text_result(results)
    lines = printed_lines(image, recognition, words=parsed.extra.words)
    if parsed.extra.multilingual:
        for line in lines:
            line["Language"] = "en" if line["DetectedText"].isascii() else "zh"
    angle = rotation(recognition)
    return render_success(request, {"Angel": angle, "Angle": angle, "TextDetections": lines})


OPERATION = ACTION.operation("general_accurate", parse, render)
