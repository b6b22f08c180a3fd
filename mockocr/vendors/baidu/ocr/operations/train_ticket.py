"""火车票识别: a train ticket."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("train_ticket", Kind.TRAIN_TICKET)
