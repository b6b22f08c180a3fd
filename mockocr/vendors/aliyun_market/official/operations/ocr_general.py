"""ocr_general, Aliyun's 通用文字识别 on the market: lines with their rectangles.

There are two forms of request. The newer one is the picture and a configuration; the older one
wraps both in a list of inputs, and its response is wrapped alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.vendors.aliyun_market.official.configure import Configure, parse_configure
from mockocr.vendors.aliyun_market.official.forms import parse_inputs, request_id, respond
from mockocr.vendors.aliyun_market.official.picture import LIMITS, read_pictures

_MARGIN = 0.5
"""Pixels by which a line may be lower than `min_size`."""


class GeneralForm(msgspec.Struct, frozen=True):
    """One configuration for each picture, and whether the request has the older form."""

    configures: tuple[Configure, ...]
    older: bool


def parse(request: Request) -> OcrRequest[GeneralForm]:
    """`image` and `configure`, or a list of `inputs` with both.

    The Content-Type is ignored: the older clients send octet-stream.
    """
    inputs = parse_inputs(request)
    configures = tuple(parse_configure(given) for given in inputs.configures)
    options = ReadOptions(
        turn=not all(c.upright for c in configures),
        handwriting=all(c.handwriting for c in configures),
        layout="line" if all(c.one_line for c in configures) else "page",
    )
    return OcrRequest(inputs.sources, LIMITS, GeneralForm(configures, inputs.older), options)


def render(
    request: Request, parsed: OcrRequest[GeneralForm], results: Sequence[ImageResult]
) -> Response:
    """One result; or, in the older form, one output for each input, with the result as text."""
    read = zip(read_pictures(results), parsed.extra.configures, strict=True)
    documents = [_document(request, recognition, configure) for (_, recognition), configure in read]
    return respond(documents, "ocr_general", older=parsed.extra.older)


def _document(request: Request, recognition: Recognition, configure: Configure) -> dict[str, Any]:
    least = configure.min_size - _MARGIN
    lines = [line for line in recognition.lines if line.text and line.quad.height >= least]
    return {
        "request_id": request_id(request),
        "ret": [_item(line, configure) for line in lines],
        "success": True,
    }


def _item(line: Line, configure: Configure) -> dict[str, Any]:
    """Keys in alphabetical order, as in the response that was seen (2018)."""
    item: dict[str, Any] = {}
    if configure.keypoints:
        item["keypoints"] = [{"x": x, "y": y} for x, y in line.quad.rounded]
    if configure.prob:
        item["prob"] = line.confidence
    return item | {"rect": _rect(line.quad), "word": line.text}


def _rect(quad: Quad) -> dict[str, Any]:
    """The rectangle turned about its centre until it is upright, and how far it was turned, in
    degrees clockwise. guess: only a response with angle 0 was seen.
    """
    center = quad.center
    return {
        "angle": round(quad.angle),
        "height": round(quad.height, 6),
        "left": round(center.x - quad.width / 2),
        "top": round(center.y - quad.height / 2),
        "width": round(quad.width, 6),
    }


OPERATION = Operation(
    name="ocr_general",
    methods=("POST",),
    path="/api/predict/ocr_general",
    source="doc: market product 通用文字识别 (cmapi020020, tysbgpu)",
    parse=parse,
    render=render,
)
