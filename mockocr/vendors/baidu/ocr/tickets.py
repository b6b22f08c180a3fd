"""What the operations for one kind of ticket share."""

from __future__ import annotations

from mockocr.core.operation import Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import counted, document_renderer
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import Fields, Rules
from mockocr.vendors.baidu.ocr.prices import TICKET
from mockocr.vendors.baidu.ocr.rendering import Json
from mockocr.vendors.baidu.ocr.ticket_fields import ticket_fields, ticket_rows

RULES = Rules(turned=True)


def ticket_operation(name: str, kind: Kind, *, listed: bool = False) -> Operation:
    """The operation for tickets of a kind. `listed`: each field is a list of words, not a text."""

    def body(ticket: Document, recognition: Recognition, fields: Fields) -> Json:
        texts = {name: value.text for name, value in ticket_fields(ticket)}
        if not listed:
            return counted({**texts, **_rows(ticket)})
        return counted({name: [{"word": text}] for name, text in texts.items()})

    render = document_renderer(lambda fields: (kind,), WRONG_TARGET, body)
    return operation(name, "", RULES.parse, render, price=TICKET)


def _rows(ticket: Document) -> Json:
    """As in VAT invoices: each cell with the number of its row as text."""
    return {
        name: [{"word": cell.text, "row": str(row)} for row, cell in enumerate(cells, start=1)]
        for name, cells in ticket_rows(ticket)
    }
