"""通用机打发票识别: a machine-printed invoice."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("invoice", Kind.MACHINE_INVOICE)
