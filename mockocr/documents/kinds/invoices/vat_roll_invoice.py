"""VAT invoices that tills print on rolls."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.parts import sheets_of
from mockocr.documents.kinds.invoices.till_invoice import read_till
from mockocr.documents.kinds.invoices.titles import kind_of, title_of


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    for sheet in sheets_of(recognition):
        if kind_of(sheet) is Kind.VAT_ROLL_INVOICE:
            fields, items, _ = read_till(sheet)
            title = title_of(sheet, Kind.VAT_ROLL_INVOICE)
            yield Document.of(Kind.VAT_ROLL_INVOICE, fields | {"title": title}, items)
