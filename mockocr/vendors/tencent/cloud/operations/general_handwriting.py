"""通用手写体识别 GeneralHandwritingOCR: lines, with the corners of every character on demand."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.vendors.tencent.cloud.action import (
    BOOLEAN,
    Action,
    Parameter,
    requested_layout,
    turn_option,
)
from mockocr.vendors.tencent.cloud.rendering import (
    line_members,
    named_corners,
    paragraph,
    render_success,
    rotation,
    text_result,
)

ACTION = Action(
    "GeneralHandwritingOCR",
    "通用手写体识别",
    36212,
    own={
        "Scene": Parameter("string", frozenset({"only_hw"})),
        "EnableWordPolygon": BOOLEAN,
        "EnableDetectText": BOOLEAN,
    },
)


class HandwritingFields(msgspec.Struct, frozen=True):
    """`corners`: list the corners of every character."""

    corners: bool


def parse(request: Request) -> OcrRequest[HandwritingFields]:
    """One picture; if `EnableDetectText` is false it is read as a single line."""
    fields = ACTION.fields(request)
    options = ReadOptions(
        turn=turn_option(request), handwriting=True, layout=requested_layout(fields)
    )
    extra = HandwritingFields(bool(fields.get("EnableWordPolygon")))
    return ACTION.ocr_request(fields, extra, options)


def render(
    request: Request, parsed: OcrRequest[HandwritingFields], results: Sequence[ImageResult]
) -> Response:
    """Every line; `ApiError(NOTHING_FOUND)` for a picture without text."""
    _, recognition = text_result(results)
    lines = [
        {
            **line_members(line, paragraph(line)),
            "WordPolygon": [named_corners(c.quad) for c in line.characters]
            if parsed.extra.corners
            else [],
        }
        for line in recognition.lines
    ]
    angle = rotation(recognition)
    return render_success(request, {"Angel": angle, "Angle": angle, "TextDetections": lines})


OPERATION = ACTION.operation("general_handwriting", parse, render)
