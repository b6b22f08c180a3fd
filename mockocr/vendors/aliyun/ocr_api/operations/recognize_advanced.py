"""通用文字识别高精版 RecognizeAdvanced: lines, with characters, tables, rows and
paragraphs on demand.
"""

from __future__ import annotations

from mockocr.vendors.aliyun.ocr_api.action import TextAction

OPERATION = TextAction(
    "RecognizeAdvanced",
    "recognize_advanced",
    {
        "OutputCharInfo": False,
        "NeedRotate": False,
        "OutputTable": False,
        "NeedSortPage": False,
        "OutputFigure": False,
        "NoStamp": False,
        "Paragraph": False,
        "Row": False,
    },
).operation
"""doc: the flags with their defaults. Stamps are read like any other text (`NoStamp`)."""
