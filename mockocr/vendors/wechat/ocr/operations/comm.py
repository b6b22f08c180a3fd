"""通用印刷体识别: the lines of a picture with their corners."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.vendors.wechat.ocr.rendering import image_size, operation, position, success


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """`items` is empty for a picture without text (guess)."""
    image, recognition = single_result(results)
    items = [
        {"text": line.text, "pos": position(line.quad)} for line in recognition.lines if line.text
    ]
    return success({"items": items, "img_size": image_size(image)})


OPERATION = operation("comm", "api_commocr", render)
