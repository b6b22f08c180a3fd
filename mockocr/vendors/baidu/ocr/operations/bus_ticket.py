"""汽车票识别: a bus ticket."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("bus_ticket", Kind.BUS_TICKET)
