"""英文识别 EnglishOCR: lines of words. The only candidate of a character is the recognised one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line
from mockocr.vendors.tencent.cloud.action import BOOLEAN, JPEG_PNG, Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import (
    Json,
    character_members,
    line_members,
    render_success,
    rotation,
    text_result,
    word_coordinate,
)

ACTION = Action(
    "EnglishOCR",
    "英文识别",
    34938,
    JPEG_PNG,
    7,
    {"EnableCoordPoint": BOOLEAN, "EnableCandWord": BOOLEAN, "Preprocess": BOOLEAN},
    min_side=20,
    max_side=10000,
)


class EnglishFields(msgspec.Struct, frozen=True):
    """`coordinates`: list the corners of each word. `candidates`: list those of each character."""

    coordinates: bool
    candidates: bool


def parse(request: Request) -> OcrRequest[EnglishFields]:
    """One picture; only with `Preprocess` (the default) is it turned upright."""
    fields = ACTION.fields(request)
    options = ReadOptions(turn=turn_option(request) and bool(fields.get("Preprocess", True)))
    extra = EnglishFields(bool(fields.get("EnableCoordPoint")), bool(fields.get("EnableCandWord")))
    return ACTION.ocr_request(fields, extra, options)


def render(
    request: Request, parsed: OcrRequest[EnglishFields], results: Sequence[ImageResult]
) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    _, recognition = text_result(results)
    lines = [_line(line, parsed.extra) for line in recognition.lines]
    return render_success(request, {"Angel": rotation(recognition), "TextDetections": lines})


def _line(line: Line, extra: EnglishFields) -> Json:
    words = line.words if extra.coordinates else ()
    characters = line.characters if extra.candidates else ()
    return {
        **line_members(line, "{}"),
        "WordCoordPoint": [word_coordinate(word.quad) for word in words],
        "CandWord": [{"CandWords": [character_members(c)]} for c in characters],
        "Words": [character_members(word) for word in line.words],
    }


OPERATION = ACTION.operation("english", parse, render)
