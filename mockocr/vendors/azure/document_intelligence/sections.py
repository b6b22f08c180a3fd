"""The sections of a document: a tree of what stands below each heading."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.vendors.azure.document_intelligence.content import Content, Span
from mockocr.vendors.azure.document_intelligence.page_text import HEADING, TITLE


class _Section:
    def __init__(self, level: int) -> None:
        self.level = level
        self.elements: list[str] = []
        self.spans: list[Span] = []


def sections(content: Content) -> Sequence[tuple[Span, Sequence[str]]]:
    """Each section's place and its elements as JSON pointers; the first one is the whole document.

    A title opens a section below the document, and a heading one below the title if there is one.
    doc: layout model, document structure.
    """
    if not content.order:
        return ()
    found = [_Section(0)]
    open_sections = [found[0]]
    for pointer, role, span in content.order:
        level = _level(role, open_sections)
        if level:
            while open_sections[-1].level >= level:
                open_sections.pop()
            open_sections[-1].elements.append(f"/sections/{len(found)}")
            section = _Section(level)
            found.append(section)
            open_sections.append(section)
        open_sections[-1].elements.append(pointer)
        for section in open_sections:
            section.spans.append(span)
    return [
        (Span(min(s.start for s in each.spans), max(s.end for s in each.spans)), each.elements)
        for each in found
    ]


def _level(role: str, open_sections: Sequence[_Section]) -> int:
    if role == TITLE:
        return 1
    if role == HEADING:
        return 2 if any(section.level == 1 for section in open_sections) else 1
    return 0
