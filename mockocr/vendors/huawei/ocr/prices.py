"""What the operations for documents cost."""

from __future__ import annotations

from mockocr.core.operation import Price

CARD = Price("guess: the price page of Huawei Cloud OCR was not found")
