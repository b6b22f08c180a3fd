"""手写文字识别: handwritten lines with their places."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import (
    BOOLEAN,
    GRANULARITIES,
    MORE_LANGUAGES,
    WORD_OR_LETTER,
    Fields,
    Rules,
)
from mockocr.vendors.baidu.ocr.rendering import candidates, location, probability, renderer

RULES = Rules(
    {
        "recognize_granularity": GRANULARITIES,
        "eng_granularity": WORD_OR_LETTER,
        "language_type": MORE_LANGUAGES,
        "probability": BOOLEAN,
        "detect_direction": BOOLEAN,
        "detect_alteration": BOOLEAN,
    },
    handwriting=True,
)


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """`location` and `words`, with the parts that are asked for."""
    body: dict[str, Any] = {"location": location(read.quad), "words": read.text}
    if fields.flag("probability"):
        body["probability"] = probability(read)
    if fields.small:
        body["chars"] = candidates(read, fields)
    return body


OPERATION = operation("handwriting", "hk3h7y2qq", RULES.parse, renderer(line))
