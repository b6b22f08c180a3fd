"""网络图片文字识别: the text of each line."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.rendering import renderer

RULES = Rules({"detect_direction": BOOLEAN, "detect_language": BOOLEAN})


def line(read: Line, fields: Fields) -> dict[str, Any]:
    return {"words": read.text}


OPERATION = operation("webimage", "Sk3h7xyad", RULES.parse, renderer(line, language=True))
