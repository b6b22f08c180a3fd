"""General invoices that a machine prints."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import FIELDS, Document, Kind
from mockocr.documents.kinds.invoices.parts import sheets_of
from mockocr.documents.kinds.invoices.till_invoice import read_till
from mockocr.documents.kinds.invoices.titles import kind_of, title_of


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    for sheet in sheets_of(recognition):
        if kind_of(sheet) is Kind.MACHINE_INVOICE:
            fields, items, _ = read_till(sheet)
            own = {k: v for k, v in fields.items() if k in FIELDS[Kind.MACHINE_INVOICE]}
            title = title_of(sheet, Kind.MACHINE_INVOICE)
            yield Document.of(Kind.MACHINE_INVOICE, own | {"title": title}, items)
