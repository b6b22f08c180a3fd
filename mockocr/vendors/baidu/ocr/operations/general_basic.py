"""通用文字识别（标准版）: the text of each line."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BASIC_LANGUAGES, BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.rendering import probability, renderer

RULES = Rules(
    {
        "language_type": BASIC_LANGUAGES,
        "detect_direction": BOOLEAN,
        "detect_language": BOOLEAN,
        "paragraph": BOOLEAN,
        "probability": BOOLEAN,
    }
)


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """`words`, and `probability` if it is asked for."""
    more = {"probability": probability(read)} if fields.flag("probability") else {}
    return {"words": read.text, **more}


OPERATION = operation(
    "general_basic",
    "zk3h7xz52",
    RULES.parse,
    renderer(line, language=True, paragraphs=True),
    "general_enhanced",
)
