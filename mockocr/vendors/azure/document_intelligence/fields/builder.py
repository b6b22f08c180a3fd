"""Builds fields: each with its value, its text, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.recognition import Character, mean
from mockocr.vendors.azure.document_intelligence.content import Content, Span
from mockocr.vendors.azure.document_intelligence.fields import values
from mockocr.vendors.azure.document_intelligence.page_text import Page, around
from mockocr.vendors.azure.document_intelligence.pairs import (
    ToJson,
    character_places,
    spans_of,
)
from mockocr.vendors.azure.document_intelligence.places import regions
from mockocr.vendors.azure.words import confidence

Json = dict[str, Any]


class Document(msgspec.Struct):
    """A document's type and its fields by name."""

    kind: str
    fields: dict[str, Json] = msgspec.field(default_factory=dict)

    def json(self, content: Content, span_json: ToJson) -> Json:
        """The document over the whole content; the confidence is the mean of its fields."""
        known = [one["confidence"] for one in self.fields.values() if "confidence" in one]
        return {
            "docType": self.kind,
            "spans": [span_json(Span(0, len(content.text)))],
            "fields": self.fields,
            "confidence": confidence(mean(known)),
        }


class Builder:
    """Makes the JSON of fields whose characters stand in the content."""

    def __init__(self, content: Content, span_json: ToJson) -> None:
        self.content = content
        self._span_json = span_json
        self._places = character_places(content)

    @property
    def pages(self) -> list[Page]:
        return [placed.page for placed in self.content.pages]

    def field(
        self, kind: str, text: str, characters: Sequence[Character], page: Page
    ) -> Json | None:
        """A field of that type; None for an empty text. A text that has not the form of the type
        has no value but its content.
        """
        if not text or not characters:
            return None
        spans = spans_of(characters, self.content, self._places)
        return {
            "type": kind,
            **values.value(kind, text),
            "content": text,
            "boundingRegions": regions(page, around(tuple(c.quad for c in characters))),
            "spans": [self._span_json(span) for span in spans],
            "confidence": confidence(mean(c.confidence for c in characters)),
        }

    @staticmethod
    def items(rows: Sequence[Mapping[str, Json]]) -> Json:
        """An array of objects."""
        return {
            "type": "array",
            "valueArray": [{"type": "object", "valueObject": dict(row)} for row in rows],
        }
