"""智能财务票据识别: every invoice, ticket and bill on a picture, each with its kind and place."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_documents, why_none
from mockocr.vendors.baidu.ocr.documents import place
from mockocr.vendors.baidu.ocr.errors import NO_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import MULTIPLE_INVOICE
from mockocr.vendors.baidu.ocr.rendering import Json, envelope
from mockocr.vendors.baidu.ocr.ticket_fields import ticket_fields
from mockocr.vendors.baidu.ocr.vat_fields import vat_fields, vat_rows, verification

_TYPES = {
    Kind.VAT_INVOICE: "vat_invoice",
    Kind.VAT_ROLL_INVOICE: "roll_normal_invoice",
    Kind.TRAIN_TICKET: "train_ticket",
    Kind.TAXI_RECEIPT: "taxi_receipt",
    Kind.QUOTA_INVOICE: "quota_invoice",
    Kind.AIR_ITINERARY: "air_ticket",
    Kind.BUS_TICKET: "bus_ticket",
    Kind.TOLL_RECEIPT: "toll_invoice",
    Kind.MACHINE_INVOICE: "printed_invoice",
}
"""doc: 7ktb8md0j, the types of this page that are read here."""
_VAT = (Kind.VAT_INVOICE, Kind.VAT_ROLL_INVOICE)
RULES = Rules(
    {"verify_parameter": BOOLEAN, "probability": BOOLEAN, "location": BOOLEAN},
    megabytes=4,
    turned=True,
)


def render(
    request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
) -> Response:
    """From the top, then from the left. Each is paid for. `ApiError(NO_TARGET)` without any."""
    image, recognition = single_result(results)
    found = find_documents(recognition, tuple(_TYPES))
    if not found:
        raise ApiError(NO_TARGET, why_none(recognition, tuple(_TYPES)))
    words = [_invoice(document, parsed.extra) for document in sorted(found, key=_order)]
    body: Json = {"words_result": words, "words_result_num": len(words)}
    return envelope(request, body, parsed.extra, image).replaced(units=len(words))


def _order(document: Document) -> tuple[float, float]:
    left, top, _, _ = document.quad.extent if document.quad else (0.0, 0.0, 0.0, 0.0)
    return top, left


def _invoice(document: Document, fields: Fields) -> Json:
    around = place(document.quad)
    confidences = [value.confidence for value in document.fields.values() if value.text]
    body: Json = {
        "type": _TYPES[document.kind],
        **{name: around[name] for name in ("top", "left", "width", "height")},
        "probability": round(sum(confidences) / len(confidences), 6) if confidences else 0.0,
        "result": _result(document, fields),
    }
    if fields.flag("verify_parameter") and document.kind in _VAT:
        body["verify_parameter"] = verification(document)
    return body


def _result(document: Document, fields: Fields) -> Json:
    """observed: each field is a list of words, and so is each column of an invoice's rows."""
    if document.kind not in _VAT:
        return {name: [_word(value, fields)] for name, value in ticket_fields(document)}
    result = {name: [_word(value, fields)] for name, value in vat_fields(document)}
    for name, cells in vat_rows(document):
        result[name] = [
            {**_word(cell, fields), "row": str(row)} for row, cell in enumerate(cells, start=1)
        ]
    return result


def _word(value: Value, fields: Fields) -> Json:
    body: Json = {"word": value.text}
    if fields.flag("probability"):
        body["probability"] = round(value.confidence, 6)
    if fields.flag("location"):
        body["location"] = place(value.quad)
    return body


OPERATION = operation("multiple_invoice", "7ktb8md0j", RULES.parse, render, price=MULTIPLE_INVOICE)
