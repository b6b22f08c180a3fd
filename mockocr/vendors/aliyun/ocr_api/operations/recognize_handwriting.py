"""通用手写体识别 RecognizeHandwriting: handwriting, with characters and tables on demand."""

from __future__ import annotations

from mockocr.vendors.aliyun.ocr_api.action import TextAction

OPERATION = TextAction(
    "RecognizeHandwriting",
    "recognize_handwriting",
    {
        "OutputCharInfo": False,
        "NeedRotate": False,
        "OutputTable": False,
        "NeedSortPage": False,
        "Paragraph": False,
    },
    handwriting=True,
).operation
