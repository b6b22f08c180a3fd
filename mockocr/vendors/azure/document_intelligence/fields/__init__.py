"""The fields of the prebuilt models. A field that is not read is absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.content import Content
from mockocr.vendors.azure.document_intelligence.fields import id_document, invoice, receipt
from mockocr.vendors.azure.document_intelligence.fields.builder import Builder, Document
from mockocr.vendors.azure.document_intelligence.pairs import ToJson

Find = Callable[[Builder, Sequence[Recognition]], Document | None]

_FINDERS: Mapping[str, Find] = {
    "invoice": invoice.find,
    "receipt": receipt.find,
    "idDocument": id_document.find,
}


def documents(
    kind: str, content: Content, readings: Sequence[Recognition], span_json: ToJson
) -> list[dict[str, Any]]:
    """`documents` of a result: one if any of the kind's fields was found, else none."""
    found = _FINDERS[kind](Builder(content, span_json), readings)
    return [found.json(content, span_json)] if found is not None and found.fields else []
