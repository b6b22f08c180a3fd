"""飞机行程单识别: an air itinerary."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.baidu.ocr.tickets import ticket_operation

OPERATION = ticket_operation("air_ticket", Kind.AIR_ITINERARY, listed=True)
