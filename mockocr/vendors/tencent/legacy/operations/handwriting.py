"""手写体识别: handwriting, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.core.recognition import Line, Recognition, float32
from mockocr.vendors.tencent.legacy.rendering import (
    DATA,
    item_box,
    item_characters,
    render_success,
)
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image

_ITEM = {
    # doc: the handwriting page's sample for the first; guess for the order of the second
    "documented": ("itemcoord", "itemstring", "coords", "words", "candword"),
    "observed": ("itemcoord", "itemconf", "words", "itemstring", "coords", "candword"),
}


def parse(request: Request) -> OcrRequest[SingleImage]:
    """One picture, by URL or inside the body, for an engine that knows handwriting."""
    return parse_single_image(request, handwriting=True)


def render(
    request: Request, parsed: OcrRequest[SingleImage], results: Sequence[ImageResult]
) -> Response:
    """Every line, with the members that the page's sample has and its table lacks;
    `ApiError(NOTHING_FOUND)` for a picture without text.
    """
    _, recognition = single_result(results)
    form = request.options["confidence"]
    if not any(line.words for line in recognition.lines):
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no readable text")
    items = recognition.cached(_items, form)
    members = ("session_id", "items") if form == "documented" else DATA[form]
    return render_success(request, parsed.extra, recognition, items, members)


def _items(recognition: Recognition, form: str) -> bytes:
    return dump_json([_item(line, form) for line in recognition.lines if line.words])


def _item(line: Line, form: str) -> dict[str, Any]:
    item = {
        "itemstring": line.text,
        "itemcoord": item_box(line.quad),
        "coords": [],
        "words": item_characters(line, form),
        "candword": [],
        "itemconf": float32(line.confidence),
    }
    return {name: item[name] for name in _ITEM[form]}


OPERATION = Operation(
    name="handwriting",
    methods=("POST",),
    path="/ocr/handwriting",
    source="手写体识别, cloud.tencent.com/document/product/866/17605",
    parse=parse,
    render=render,
)
