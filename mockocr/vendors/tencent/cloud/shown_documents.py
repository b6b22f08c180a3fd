"""What the actions for cards and licences have in common: the document that a picture shows, and
the entry of its absence.
"""

from __future__ import annotations

from collections.abc import Collection

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind, find_documents, what_is_shown


def shown_document(recognition: Recognition, kind: Kind) -> Document:
    """The first document of the kind; `ApiError(NOTHING_FOUND)` if the picture shows none."""
    found = find_documents(recognition, (kind,))
    if not found:
        raise nothing_shown(recognition, kind.words)
    return found[0]


def shown_sides(
    recognition: Recognition,
    name: str,
    sides: Collection[Kind],
    asked: Collection[Kind],
    other_side: ErrorEntry,
    several: ErrorEntry | None = None,
) -> dict[Kind, Document]:
    """The sides of a card that the picture shows and the request asks for.

    Raises `ApiError`: NOTHING_FOUND if it shows no side, `other_side` if it shows only one that is
    not asked for, and `several`, if given, if it shows one side more than once.
    """
    found = find_documents(recognition, tuple(sides))
    if not found:
        raise nothing_shown(recognition, name)
    shown: dict[Kind, Document] = {}
    for document in found:
        if document.kind in shown and several is not None:
            detail = f"two of the same side; {what_is_shown(recognition)}"
            raise ApiError(several, detail)
        shown.setdefault(document.kind, document)
    wanted = {kind: document for kind, document in shown.items() if kind in asked}
    if not wanted:
        missing = " or ".join(kind.words for kind in asked)
        raise ApiError(other_side, f"no {missing}; {what_is_shown(recognition)}")
    return wanted


def nothing_shown(recognition: Recognition, name: str) -> ApiError:
    """The refusal of a picture without a document of that name: it says what is shown instead."""
    return ApiError(ErrorKind.NOTHING_FOUND, f"no {name}; {what_is_shown(recognition)}")
