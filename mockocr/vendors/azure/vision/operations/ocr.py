"""ocr: the older, synchronous OCR 3.2, with upright boxes in regions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.image import Limits
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price, single_result
from mockocr.core.recognition import Line, Quad
from mockocr.vendors.azure.headers import JSON, service_headers
from mockocr.vendors.azure.paths import doubled
from mockocr.vendors.azure.query import query_values
from mockocr.vendors.azure.vision.picture import require_media_type, source
from mockocr.vendors.azure.vision.read_errors import (
    INVALID_IMAGE_URL,
    NOT_SUPPORTED_LANGUAGE,
    UNSUPPORTED_MEDIA_TYPE,
)
from mockocr.vendors.azure.words import text_line

LIMITS = Limits(
    max_bytes=4 * 1024 * 1024,
    min_side=50,
    max_side=4200,
    formats=frozenset({"JPEG", "PNG", "GIF", "BMP"}),
)
"""spec: Ocr.json, recognizePrintedText."""
_LANGUAGE = re.compile(r"unk|[a-z]{2,3}(-[A-Za-z]{2,8})*")
_UP = ("Up", "Right", "Down", "Left")


def parse(request: Request) -> OcrRequest[str]:
    """The picture and the language."""
    require_media_type(request, UNSUPPORTED_MEDIA_TYPE)
    language = query_values(request).get("language") or "unk"
    if not _LANGUAGE.fullmatch(language):
        raise ApiError(NOT_SUPPORTED_LANGUAGE, f"language is {language[:40]!r}")
    picture = source(request, INVALID_IMAGE_URL)
    return OcrRequest((picture,), LIMITS, language, ReadOptions(turn=True))


def render(request: Request, parsed: OcrRequest[str], results: Sequence[ImageResult]) -> Response:
    """A region for each block of text. `textAngle` is what remains beside the quarter turns of
    `orientation`, in radians. spec: OcrResult.
    """
    _, recognition = single_result(results)
    lines = [line for line in recognition.lines if line.text]
    regions = [list(block) for _, block in groupby(lines, key=lambda line: line.block)]
    quarters = round(recognition.angle / 90)
    rest = recognition.angle - 90 * quarters
    body = {
        "language": "en" if parsed.extra == "unk" else parsed.extra,
        "textAngle": round(rest * 3.141592653589793 / 180, 4),
        "orientation": _UP[quarters % 4] if lines else "NotDetected",
        "regions": [_region(region) for region in regions],
        "modelVersion": "2021-04-01",
    }
    return Response.of_json(body, content_type=JSON, headers=service_headers(request))


def _region(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "boundingBox": _box([line.quad for line in lines]),
        "lines": [
            {
                "boundingBox": _box([line.quad]),
                "words": [
                    {"boundingBox": _box([word.quad]), "text": word.text}
                    for word in text_line(line).words
                ],
            }
            for line in lines
        ],
    }


def _box(quads: Sequence[Quad]) -> str:
    extents = [quad.extent for quad in quads]
    left, top = min(e[0] for e in extents), min(e[1] for e in extents)
    right, bottom = max(e[2] for e in extents), max(e[3] for e in extents)
    numbers = (left, top, right - left, bottom - top)
    return ",".join(str(round(max(value, 0))) for value in numbers)


OPERATION = Operation(
    name="ocr",
    methods=("POST",),
    path="/vision/v3.2/ocr",
    aliases=doubled("/vision/v3.2/ocr", "/vision/v3.1/ocr", "/vision/v3.0/ocr", "/vision/v2.0/ocr"),
    source="Recognize Printed Text, Computer Vision API v3.2",
    parse=parse,
    render=render,
    price=Price(
        "doc: azure.microsoft.com/pricing/details/cognitive-services/computer-vision, S1 group 1: "
        "1.00 USD for 1,000 transactions",
        0.001,
        currency="USD",
    ),
)
