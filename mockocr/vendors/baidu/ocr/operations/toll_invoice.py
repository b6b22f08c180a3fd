"""过路过桥费发票识别: a toll receipt."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("toll_invoice", Kind.TOLL_RECEIPT)
