"""通用文字识别（标准含位置版）: lines with their places, characters on demand."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import (
    BASIC_LANGUAGES,
    BOOLEAN,
    GRANULARITIES,
    Fields,
    Rules,
)
from mockocr.vendors.baidu.ocr.rendering import (
    characters,
    location,
    probability,
    renderer,
    vertexes,
)

RULES = Rules(
    {
        "recognize_granularity": GRANULARITIES,
        "language_type": BASIC_LANGUAGES,
        "detect_direction": BOOLEAN,
        "detect_language": BOOLEAN,
        "paragraph": BOOLEAN,
        "vertexes_location": BOOLEAN,
        "probability": BOOLEAN,
    }
)


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """`words` and `location`, with the parts that are asked for."""
    body: dict[str, Any] = {"words": read.text, "location": location(read.quad)}
    if fields.small:
        body["chars"] = characters(read, fields)
    if fields.flag("probability"):
        body["probability"] = probability(read)
    if fields.flag("vertexes_location"):
        body |= vertexes(read.quad)
    return body


OPERATION = operation(
    "general", "vk3h7y58v", RULES.parse, renderer(line, language=True, paragraphs=True)
)
