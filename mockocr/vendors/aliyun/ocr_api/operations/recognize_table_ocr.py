"""表格识别 RecognizeTableOcr: lines and the tables that they are in."""

from __future__ import annotations

from msgspec.structs import replace

from mockocr.core.http import Request
from mockocr.core.operation import OcrRequest
from mockocr.vendors.aliyun.ocr_api.action import TextAction, operation
from mockocr.vendors.aliyun.ocr_api.parameters import flag
from mockocr.vendors.aliyun.ocr_api.prism import TextFlags

ACTION = TextAction(
    "RecognizeTableOcr",
    "recognize_table_ocr",
    {"NeedRotate": True, "LineLess": False, "SkipDetection": False, "IsHandWriting": False},
    tables=True,
)
"""doc: the flags with their defaults. `SkipDetection` changes nothing here."""


def parse(request: Request) -> OcrRequest[TextFlags]:
    """Without lines, only the places of the words tell where the cells are."""
    parsed = ACTION.parse(request)
    options = replace(
        parsed.options,
        handwriting=flag(request, "IsHandWriting"),
        rules=not flag(request, "LineLess"),
    )
    return replace(parsed, options=options)


OPERATION = operation(ACTION.action, ACTION.name, parse, ACTION.render)
