"""ocr_general, Aliyun's 通用文字识别 on the market: lines with their rectangles.

There are two forms of request. The newer one is the picture and a configuration; the older one
wraps both in a list of inputs, and its response is wrapped alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.vendors.aliyun_market.official.configure import Configure, parse_configure
from mockocr.vendors.aliyun_market.official.errors import (
    INPUTS_NOT_ARRAY,
    MISSING,
    WRONG_CONFIGURE,
    WRONG_IMAGE,
    WRONG_VALUE,
)
from mockocr.vendors.aliyun_market.official.picture import LIMITS, inline_picture, read_pictures

JSON = "application/json; charset=UTF-8"
CHINA = timezone(timedelta(hours=8))
_MARGIN = 0.5
"""Pixels by which a line may be lower than `min_size`."""


@dataclass(frozen=True, slots=True)
class GeneralForm:
    """One configuration for each picture, and whether the request has the older form."""

    configures: tuple[Configure, ...]
    older: bool


def parse(request: Request) -> OcrRequest[GeneralForm]:
    """`image` and `configure`, or a list of `inputs` with both.

    The Content-Type is ignored: the older clients send octet-stream.
    """
    body = request.json()
    older = "inputs" in body
    pairs = _inputs(body["inputs"]) if older else [(_image(body), body.get("configure"))]
    sources = tuple(_source(image, index, older) for index, (image, _) in enumerate(pairs))
    configures = tuple(parse_configure(given) for _, given in pairs)
    options = ReadOptions(
        turn=not all(c.upright for c in configures),
        handwriting=all(c.handwriting for c in configures),
        layout="line" if all(c.one_line for c in configures) else "page",
    )
    return OcrRequest(sources, LIMITS, GeneralForm(configures, older), options)


def render(
    request: Request, parsed: OcrRequest[GeneralForm], results: Sequence[ImageResult]
) -> Response:
    """One result; or, in the older form, one output for each input, with the result as text."""
    read = zip(read_pictures(results), parsed.extra.configures, strict=True)
    documents = [_document(request, recognition, configure) for (_, recognition), configure in read]
    if not parsed.extra.older:
        return Response.of_json(documents[0], code=200, content_type=JSON)
    outputs = [
        {
            # label and multi are guesses, clients read the value alone
            "outputLabel": "ocr_general",
            "outputMulti": {},
            "outputValue": {"dataType": 50, "dataValue": dump_json(document).decode()},
        }
        for document in documents
    ]
    return Response.of_json({"outputs": outputs}, code=200, content_type=JSON)


def _document(request: Request, recognition: Recognition, configure: Configure) -> dict[str, Any]:
    least = configure.min_size - _MARGIN
    lines = [line for line in recognition.lines if line.text and line.quad.height >= least]
    at = request.at.astimezone(CHINA)
    return {
        "request_id": f"{at:%Y%m%d%H%M%S}_{request.id}",
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


def _inputs(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, list) or not value:
        raise ApiError(INPUTS_NOT_ARRAY, "inputs must be a list that is not empty")
    pairs = []
    for item in value:
        image = item.get("image") if isinstance(item, Mapping) else None
        if image is None:
            raise ApiError(MISSING, "an input has no image")
        given = item.get("configure")
        configure = given and _data_value(given, "configure", WRONG_CONFIGURE)
        pairs.append((_data_value(image, "image", WRONG_VALUE), configure))
    return pairs


def _data_value(value: Any, name: str, entry: ErrorEntry) -> str:
    inner = value.get("dataValue") if isinstance(value, Mapping) else None
    if not isinstance(inner, str):
        raise ApiError(entry, f"{name} of an input must be an object whose dataValue is text")
    return inner


def _image(body: Mapping[str, Any]) -> str:
    value = body.get("image")
    if value is None:
        raise ApiError(MISSING, "the body has neither image nor inputs")
    if not isinstance(value, str):
        raise ApiError(WRONG_IMAGE, f"image is a {type(value).__name__} and not text")
    return value


def _source(image: str, index: int, older: bool) -> Source:
    location = f"inputs[{index}].image.dataValue" if older else "image"
    if image.lower().startswith(("http://", "https://")):
        return Remote(image, location=location)
    return inline_picture(image, location)


OPERATION = Operation(
    name="ocr_general",
    methods=("POST",),
    path="/api/predict/ocr_general",
    source="doc: market product 通用文字识别 (cmapi020020, tysbgpu)",
    parse=parse,
    render=render,
)
