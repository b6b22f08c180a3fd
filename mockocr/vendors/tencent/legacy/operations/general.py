"""通用印刷体识别: printed text, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.core.recognition import Line, Recognition
from mockocr.vendors.tencent.legacy.rendering import (
    DATA,
    item_box,
    item_characters,
    render_success,
)
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image

_ITEM = {
    # doc: general page for the order of the first, observed in public logs for the second
    "documented": ("itemstring", "itemcoord", "words"),
    "observed": ("itemcoord", "words", "itemstring"),
}


def parse(request: Request) -> OcrRequest[SingleImage]:
    """One picture, by URL or inside the body."""
    return parse_single_image(request)


def render(
    request: Request, parsed: OcrRequest[SingleImage], results: Sequence[ImageResult]
) -> Response:
    """Every line with its box and characters; `ApiError(NOTHING_FOUND)` for a picture without
    text.
    """
    _, recognition = single_result(results)
    form = request.options["confidence"]
    if not any(line.words for line in recognition.lines):
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no readable text")
    items = recognition.cached(_items, form)
    return render_success(request, parsed.extra, recognition, items, DATA[form])


def _items(recognition: Recognition, form: str) -> bytes:
    return dump_json([_item(line, form) for line in recognition.lines if line.words])


def _item(line: Line, form: str) -> dict[str, Any]:
    item = {
        "itemstring": line.text,
        "itemcoord": item_box(line.quad),
        "words": item_characters(line, form),
    }
    return {name: item[name] for name in _ITEM[form]}


OPERATION = Operation(
    name="general",
    methods=("POST",),
    path="/ocr/general",
    source="通用印刷体识别, cloud.tencent.com/document/product/866/17600",
    parse=parse,
    render=render,
)
