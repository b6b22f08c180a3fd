"""通用文字识别（高精度含位置版）: lines with their places, in any direction."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations import general
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import (
    BOOLEAN,
    GRANULARITIES,
    MORE_LANGUAGES,
    WORD_OR_LETTER,
    Fields,
    Rules,
)
from mockocr.vendors.baidu.ocr.rendering import renderer

RULES = Rules(
    {
        "recognize_granularity": GRANULARITIES,
        "eng_granularity": WORD_OR_LETTER,
        "language_type": MORE_LANGUAGES,
        "detect_direction": BOOLEAN,
        "paragraph": BOOLEAN,
        "vertexes_location": BOOLEAN,
        "probability": BOOLEAN,
        "char_probability": BOOLEAN,
        "multidirectional_recognize": BOOLEAN,
    },
    max_side=8192,
    megabytes=10,
)


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """As of `general`; with `char_probability`, each character has a `char_prob`.

    guess: `char_prob` is from 0 to 1; Latin words are one entry by default.
    """
    whole = {"eng_granularity": "word", **fields.values}
    body = general.line(read, Fields(whole, fields.page))
    if fields.small and fields.flag("char_probability"):
        confidence = iter(read.characters)
        for entry in body["chars"]:
            values = [next(confidence).confidence for _ in entry["char"]]
            entry["char_prob"] = round(sum(values) / len(values), 6)
    return body


OPERATION = operation("accurate", "tk3h7y2aq", RULES.parse, renderer(line, paragraphs=True))
