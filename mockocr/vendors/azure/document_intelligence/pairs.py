"""The key-value pairs of a result, with their places in its content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mockocr.core.recognition import Character
from mockocr.documents.pairs import Part
from mockocr.vendors.azure.document_intelligence.content import Content, Span
from mockocr.vendors.azure.document_intelligence.page_text import Page
from mockocr.vendors.azure.document_intelligence.places import regions
from mockocr.vendors.azure.words import confidence

ToJson = Callable[[Span], dict[str, Any]]


def key_value_pairs(content: Content, span_json: ToJson) -> list[dict[str, Any]]:
    """`keyValuePairs`; a key without a value has none."""
    places = character_places(content)
    made = []
    for placed in content.pages:
        for pair in placed.page.pairs:
            entry = {"key": part_json(pair.key, placed.page, content, places, span_json)}
            if pair.value is not None:
                entry["value"] = part_json(pair.value, placed.page, content, places, span_json)
            made.append({**entry, "confidence": confidence(pair.confidence)})
    return made


def character_places(content: Content) -> Mapping[int, Span]:
    """The identity of each recognised character to its place in the content."""
    places: dict[int, Span] = {}
    for page in content.pages:
        for word, span in page.words:
            start = span.start
            for character in word.characters:
                end = min(start + len(character.text), span.end)
                places[id(character)] = Span(start, end)
                start = end
    return places


def spans_of(
    characters: Iterable[Character], content: Content, places: Mapping[int, Span]
) -> list[Span]:
    """The places of the characters, joined where only blanks are between them."""
    found = sorted(places[id(c)] for c in characters if id(c) in places)
    joined: list[Span] = []
    for span in found:
        if joined and not content.text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def part_json(
    part: Part, page: Page, content: Content, places: Mapping[int, Span], span_json: ToJson
) -> dict[str, Any]:
    """A key or a value."""
    return {
        "content": part.text,
        "boundingRegions": regions(page, part.quad),
        "spans": [span_json(span) for span in spans_of(characters_of(part), content, places)],
    }


def characters_of(part: Part) -> list[Character]:
    """The characters of all words of a key or a value."""
    return [character for word in part.words for character in word.characters]
