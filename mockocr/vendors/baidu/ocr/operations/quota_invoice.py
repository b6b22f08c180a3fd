"""定额发票识别: an invoice of a fixed amount."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("quota_invoice", Kind.QUOTA_INVOICE)
