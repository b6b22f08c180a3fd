"""通用印刷体识别 GeneralBasicOCR: lines, language, angle, and the number of pages of a PDF."""

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
    STRING,
    Action,
    Parameter,
    turn_option,
)
from mockocr.vendors.tencent.cloud.errors import BAD_LANGUAGE
from mockocr.vendors.tencent.cloud.rendering import (
    printed_lines,
    render_success,
    rotation,
    text_result,
)

_LANGUAGES = (
    "zh zh_rare auto mix jap kor spa fre ger por vie may rus ita hol swe fin dan nor hun tha hi ara"
)
"""Values of LanguageType; the engine reads Chinese and English for all of them."""

ACTION = Action(
    "GeneralBasicOCR",
    "通用印刷体识别",
    33526,
    JPEG_PNG_BMP,
    own={
        "Scene": STRING,
        "LanguageType": Parameter("string", frozenset(_LANGUAGES.split()), BAD_LANGUAGE),
        **PDF,
        "IsWords": BOOLEAN,
    },
)


class BasicFields(msgspec.Struct, frozen=True):
    """`words`: list the characters of each line. `language`: the one that the response names."""

    words: bool
    language: str


def parse(request: Request) -> OcrRequest[BasicFields]:
    """One picture or page of a PDF."""
    fields = ACTION.fields(request)
    language = fields.get("LanguageType") or "zh"
    if language in {"zh_rare", "auto", "mix"}:
        language = "zh"
    extra = BasicFields(bool(fields.get("IsWords")), language)
    return ACTION.ocr_request(fields, extra, ReadOptions(turn=turn_option(request)))


def render(
    request: Request, parsed: OcrRequest[BasicFields], results: Sequence[ImageResult]
) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    image, recognition = text_result(results)
    angle = rotation(recognition)
    return render_success(
        request,
        {
            "Angel": angle,  # the vendor's own misspelling, which older clients read
            "Angle": angle,
            "Language": parsed.extra.language,
            "PdfPageSize": image.pages,
            "TextDetections": printed_lines(image, recognition, words=parsed.extra.words),
        },
    )


OPERATION = ACTION.operation("general_basic", parse, render)
