"""ocr_general, Aliyun's 通用文字识别 on the market: lines with their rectangles.

There are two forms of request. The newer one is the picture and a configuration; the older one
wraps both in a list of inputs, and its answers are wrapped alike.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line, Quad
from mockocr.vendors.aliyun_market import backend

JSON = "application/json; charset=UTF-8"
FORMATS = frozenset({"JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP"})
"""guess: those that the sibling RecognizeGeneral takes; the market page's list was not found."""

CHINA = timezone(timedelta(hours=8))
_MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Configure:
    """What `configure` says; names and defaults as clients use them, unknown keys are ignored.

    `min_size` is the least height of a line in pixels. `sure` means that the text stands upright.
    """

    min_size: int = 0
    prob: bool = False
    keypoints: bool = False
    one_line: bool = False
    sure: bool = False
    handwriting: bool = False


LIMITS = Limits(
    max_bytes=8 * 1024 * 1024,
    min_side=15,
    max_side=8192,
    formats=FORMATS,
)
"""doc: market OCR error codes, 15 to 8192 px; the size in bytes is the gateway's body (guess)."""


def parse(request: Request) -> OcrRequest:
    """`extra` has `configures`, one for each picture, and `older`, the form of the request."""
    body = json_of(request)
    older = "inputs" in body
    pairs = _inputs(body["inputs"]) if older else [(_image(body), body.get("configure"))]
    sources = tuple(_source(image) for image, _ in pairs)
    configures = [_configure(given) for _, given in pairs]
    options = ReadOptions(
        turn=not all(c.sure for c in configures),
        handwriting=all(c.handwriting for c in configures),
        layout="line" if all(c.one_line for c in configures) else "page",
    )
    return OcrRequest(sources, options, {"configures": configures, "older": older})


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """One answer; or, in the older form, one output an input, the answer as text in it."""
    for reading in readings:
        error = backend.of_picture(reading)
        if error is not None:
            raise error from None
    answers = [
        _answer(request, reading, configure)
        for reading, configure in zip(readings, ask.extra["configures"], strict=True)
    ]
    if not ask.extra["older"]:
        return Response.of_json(answers[0], code=200, content_type=JSON)
    outputs = [
        {
            # label and multi are guesses, clients read the value alone
            "outputLabel": "ocr_general",
            "outputMulti": {},
            "outputValue": {"dataType": 50, "dataValue": dump_json(answer).decode()},
        }
        for answer in answers
    ]
    return Response.of_json({"outputs": outputs}, code=200, content_type=JSON)


def json_of(request: Request) -> dict[str, Any]:
    """The body, whatever Content-Type it has: the older clients send octet-stream."""
    try:
        return request.json()
    except ApiError as error:
        row = backend.BAD_BODY if "not an object" in error.detail else backend.NO_JSON
        raise ApiError(row, error.detail) from None


def _answer(request: Request, reading: ImageResult, configure: Configure) -> dict[str, Any]:
    assert reading.recognition is not None
    lines = [line for line in reading.recognition.lines if line.text]
    kept = [line for line in lines if _sides(line.quad)[1] >= configure.min_size - _MARGIN]
    at = request.at.astimezone(CHINA)
    return {
        "request_id": f"{at:%Y%m%d%H%M%S}_{request.id}",
        "ret": [_item(line, configure) for line in kept],
        "success": True,
    }


def _item(line: Line, configure: Configure) -> dict[str, Any]:
    """Keys in alphabetical order, as in the answer that was seen (2018)."""
    item: dict[str, Any] = {}
    if configure.keypoints:
        item["keypoints"] = [{"x": x, "y": y} for x, y in line.quad.rounded]
    if configure.prob:
        item["prob"] = line.confidence
    return item | {"rect": _rect(line.quad), "word": line.text}


def _rect(quad: Quad) -> dict[str, Any]:
    """The rectangle as it would stand unturned about its middle, and how far it is turned, in
    degrees clockwise. guess: only an answer with angle 0 was seen.
    """
    width, height = _sides(quad)
    x = sum(p.x for p in quad) / 4
    y = sum(p.y for p in quad) / 4
    return {
        "angle": round(quad.angle),
        "height": round(height, 6),
        "left": round(x - width / 2),
        "top": round(y - height / 2),
        "width": round(width, 6),
    }


def _sides(quad: Quad) -> tuple[float, float]:
    """Along the text and across it, in pixels."""
    return math.dist(quad.tl, quad.tr), math.dist(quad.tl, quad.bl)


def _inputs(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, list) or not value:
        raise ApiError(backend.INPUTS_NO_LIST, "inputs must be a list with something in it")
    pairs = []
    for item in value:
        image = item.get("image") if isinstance(item, Mapping) else None
        if image is None:
            raise ApiError(backend.MISSING, "an input has no image")
        configure = item.get("configure")
        pairs.append(
            (
                _data_value(image, "image", backend.WRONG_VALUE),
                configure and _data_value(configure, "configure", backend.WRONG_CONFIGURE),
            )
        )
    return pairs


def _data_value(value: Any, name: str, row: ErrorEntry) -> str:
    inner = value.get("dataValue") if isinstance(value, Mapping) else None
    if not isinstance(inner, str):
        raise ApiError(row, f"{name} of an input must be an object whose dataValue is text")
    return inner


def _image(body: Mapping[str, Any]) -> str:
    value = body.get("image")
    if value is None:
        raise ApiError(backend.MISSING, "the body has neither image nor inputs")
    if not isinstance(value, str):
        raise ApiError(backend.WRONG_IMAGE, f"image is a {type(value).__name__} and not text")
    return value


def _source(image: str) -> Source:
    if image.lower().startswith(("http://", "https://")):
        return Remote(image)
    return Inline(base64=image)


def _configure(value: Any) -> Configure:
    """An object, or one as text."""
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            shown = value[:60].encode("utf-8", "replace").decode()
            raise ApiError(
                backend.BAD_CONFIGURE, f"configure is text and no JSON: {shown!r}", text=shown
            ) from None
    if value is None or value == "":
        value = {}
    if not isinstance(value, Mapping):
        raise ApiError(
            backend.WRONG_CONFIGURE, f"configure is a {type(value).__name__} and not an object"
        )
    least = value.get("min_size", 0)
    if isinstance(least, bool) or not isinstance(least, int) or least < 0:
        raise ApiError(backend.WRONG_CONFIGURE, f"min_size is {str(least)[:40]!r}, not a height")
    flag = flags(value, backend.WRONG_CONFIGURE)
    return Configure(
        min_size=least,
        prob=flag("output_prob"),
        keypoints=flag("output_keypoints"),
        one_line=flag("skip_detection"),
        sure=flag("without_predicting_direction") or flag("dir_assure"),
        # guess: sx, which clients send, is short for 手写
        handwriting=value.get("language") == "sx",
    )


def flags(value: Mapping[str, Any], row: ErrorEntry) -> Callable[[str], bool]:
    """Reads booleans out of `value`, false where there is none; anything else is refused."""

    def flag(name: str) -> bool:
        found = value.get(name)
        if found is None:
            return False
        if not isinstance(found, bool):
            raise ApiError(row, f"{name} is {str(found)[:40]!r}, not true or false")
        return found

    return flag
