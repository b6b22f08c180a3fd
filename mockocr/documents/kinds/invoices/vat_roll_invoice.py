"""VAT invoices that tills print on rolls."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.sheet import Sheet
from mockocr.documents.kinds.invoices.till_invoice import read_till
from mockocr.documents.kinds.invoices.titles import title_of


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    return documents_of(recognition, Kind.VAT_ROLL_INVOICE, _document, titled=True)


def _document(sheet: Sheet) -> Document:
    fields, items, _ = read_till(sheet)
    title = title_of(sheet, Kind.VAT_ROLL_INVOICE)
    return Document.of(Kind.VAT_ROLL_INVOICE, fields | {"title": title}, items)
