"""出租车票识别: a taxi receipt."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("taxi_receipt", Kind.TAXI_RECEIPT)
