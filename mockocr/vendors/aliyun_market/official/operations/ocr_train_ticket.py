"""ocr_train_ticket, 火车票识别: a train ticket."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import (
    Configure,
    Json,
    document_operation,
)

_NAMES = {
    "destination": "to",
    "level": "seat_class",
    "name": "passenger",
    "number": "train",
    "place": "from",
    "seat": "carriage_seat",
}


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    """guess: the keys; the price is a number, 0 if it was not read."""
    ticket = found[0]
    price = ticket.text("price")
    body: Json = ticket.texts(_NAMES)
    body["date"] = chinese_date(ticket.text("date")) + ticket.text("time")
    body["price"] = float(price) if price.replace(".", "", 1).isdecimal() else 0.0
    return body


OPERATION = document_operation(
    "ocr_train_ticket",
    "/api/predict/ocr_train_ticket",
    "observed: address and request in public clients; guess: the keys of the answer",
    lambda configure: (Kind.TRAIN_TICKET,),
    fields,
)
