"""What the operations for licences, plates and invoices share: a document of the picture, and its
fields as items.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.recognition import Quad, Recognition, float32
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_document, what_is_shown
from mockocr.vendors.tencent.legacy.rendering import item_box


def shown_document(recognition: Recognition, kinds: Collection[Kind]) -> Document:
    """The first document of the kinds; `ApiError(NOTHING_FOUND)` if the picture shows none."""
    document = find_document(recognition, kinds)
    if document is None:
        wanted = " or ".join(kind.words for kind in kinds)
        detail = f"no {wanted}; {what_is_shown(recognition)}"
        raise ApiError(ErrorKind.NOTHING_FOUND, detail)
    return document


def document_item(name: str, value: Value, text: str | None = None) -> dict[str, Any]:
    """An item with the text of the field, or another form of it."""
    return item(name, value.text if text is None else text, value.quad, value.confidence)


def item(name: str, text: str, quad: Quad | None, confidence: float) -> dict[str, Any]:
    """An item, its box in whole pixels and its confidence from 0 to 1 (observed)."""
    return {
        "item": name,
        "itemcoord": item_box(quad),
        "itemconf": float32(confidence),
        "itemstring": text,
    }
