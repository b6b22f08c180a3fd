"""网络图片文字识别（含位置版）: lines with their places, turned outlines on demand."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, GRANULARITIES, Fields, Rules
from mockocr.vendors.baidu.ocr.rendering import (
    characters,
    location,
    points,
    probability,
    renderer,
)

RULES = Rules(
    {
        "detect_direction": BOOLEAN,
        "probability": BOOLEAN,
        "poly_location": BOOLEAN,
        "recognize_granularity": GRANULARITIES,
    },
    max_side=8192,
)


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """`words` and `location`, with the parts that are asked for."""
    body: dict[str, Any] = {"words": read.text, "location": location(read.quad)}
    if fields.flag("probability"):
        body["probability"] = probability(read)
    if fields.flag("poly_location"):
        body["poly_location"] = points(read.quad)
    if fields.small:
        body["chars"] = characters(read, fields)
    return body


OPERATION = operation("webimage_loc", "Nkaz574we", RULES.parse, renderer(line))
