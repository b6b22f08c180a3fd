"""快速文本检测 TextDetect: whether a picture holds any text."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.vendors.tencent.cloud.action import Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import render_success

ACTION = Action("TextDetect", "快速文本检测", 34933)


def parse(request: Request) -> OcrRequest[None]:
    """One picture."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request)))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """`HasText`, which is false for a picture without text."""
    _, recognition = single_result(results)
    return render_success(request, {"HasText": any(line.words for line in recognition.lines)})


OPERATION = ACTION.operation("text_detect", parse, render)
