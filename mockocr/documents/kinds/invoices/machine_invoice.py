"""General invoices that a machine prints."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import FIELDS, Document, Kind
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.sheet import Sheet
from mockocr.documents.kinds.invoices.till_invoice import read_till
from mockocr.documents.kinds.invoices.titles import title_of


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    return documents_of(recognition, Kind.MACHINE_INVOICE, _document, titled=True)


def _document(sheet: Sheet) -> Document:
    fields, items, _ = read_till(sheet)
    own = {k: v for k, v in fields.items() if k in FIELDS[Kind.MACHINE_INVOICE]}
    title = title_of(sheet, Kind.MACHINE_INVOICE)
    return Document.of(Kind.MACHINE_INVOICE, own | {"title": title}, items)
