"""通用文字识别（高精度版）: the text of each line, in any direction."""

from __future__ import annotations

from mockocr.vendors.baidu.ocr.operations.general_basic import line
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, MORE_LANGUAGES, Rules
from mockocr.vendors.baidu.ocr.rendering import renderer

RULES = Rules(
    {
        "language_type": MORE_LANGUAGES,
        "detect_direction": BOOLEAN,
        "paragraph": BOOLEAN,
        "probability": BOOLEAN,
        "multidirectional_recognize": BOOLEAN,
    },
    max_side=8192,
    megabytes=10,
)

OPERATION = operation("accurate_basic", "1k3h7y3db", RULES.parse, renderer(line, paragraphs=True))
