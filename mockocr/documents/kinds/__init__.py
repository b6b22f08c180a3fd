"""The documents that people photograph (cards, licences, invoices): one module per kind, each a
pure function from `Recognition` to the documents of that kind.

The modules compile a hundred patterns, and importing them takes a third of the time that importing
all vendors takes, so they are imported when the first document is looked for.
"""

from __future__ import annotations

from collections.abc import Collection

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Document, Kind

__all__ = ["Document", "Kind", "find_document", "find_documents", "what_is_shown", "why_none"]


def find_document(recognition: Recognition, kinds: Collection[Kind]) -> Document | None:
    """See `finding.find_document`."""
    from mockocr.documents.kinds import finding

    return finding.find_document(recognition, kinds)


def find_documents(recognition: Recognition, kinds: Collection[Kind]) -> tuple[Document, ...]:
    """See `finding.find_documents`."""
    from mockocr.documents.kinds import finding

    return finding.find_documents(recognition, kinds)


def what_is_shown(recognition: Recognition) -> str:
    """See `finding.what_is_shown`."""
    from mockocr.documents.kinds import finding

    return finding.what_is_shown(recognition)


def why_none(recognition: Recognition, kinds: Collection[Kind]) -> str:
    """See `absence.why_none`."""
    from mockocr.documents.kinds import absence

    return absence.why_none(recognition, kinds)
