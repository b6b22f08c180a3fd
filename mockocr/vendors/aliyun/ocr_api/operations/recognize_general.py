"""通用文字识别 RecognizeGeneral: the lines of a picture."""

from __future__ import annotations

from mockocr.vendors.aliyun.ocr_api.action import TextAction

OPERATION = TextAction("RecognizeGeneral", "recognize_general").operation
