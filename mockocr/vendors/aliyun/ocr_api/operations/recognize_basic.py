"""电商图片文字识别 RecognizeBasic: the lines of a picture of e-commerce, turned upright unless that
is refused.
"""

from __future__ import annotations

from mockocr.vendors.aliyun.ocr_api.action import TextAction

OPERATION = TextAction("RecognizeBasic", "recognize_basic", {"NeedRotate": True}).operation
