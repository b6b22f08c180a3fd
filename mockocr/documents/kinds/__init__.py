"""The documents that people photograph (cards, licences, invoices): one module per kind, each a
pure function from `Recognition` to the documents of that kind.
"""

from mockocr.documents.kinds.absence import why_none
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.finding import find_document, find_documents, what_is_shown

__all__ = ["Document", "Kind", "find_document", "find_documents", "what_is_shown", "why_none"]
