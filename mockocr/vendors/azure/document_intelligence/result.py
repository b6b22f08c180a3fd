"""The JSON of an analysis, in the order of the members of Azure's models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.analysis import Analysis
from mockocr.vendors.azure.document_intelligence.content import (
    PlacedCell,
    PlacedPage,
    PlacedParagraph,
    PlacedTable,
    Span,
    write,
)
from mockocr.vendors.azure.document_intelligence.fields import documents
from mockocr.vendors.azure.document_intelligence.languages import locale_of
from mockocr.vendors.azure.document_intelligence.page_text import Page, around
from mockocr.vendors.azure.document_intelligence.pairs import key_value_pairs
from mockocr.vendors.azure.document_intelligence.places import length, number, polygon, regions
from mockocr.vendors.azure.document_intelligence.sections import sections
from mockocr.vendors.azure.text_units import positions
from mockocr.vendors.azure.words import confidence

Json = dict[str, Any]


class Result:
    """The result of an analysis of pages; `json` has its members."""

    def __init__(
        self, analysis: Analysis, pages: Sequence[Page], readings: Sequence[Recognition]
    ) -> None:
        self._analysis = analysis
        self._readings = readings
        self.content = write(pages, markdown=analysis.markdown)
        self._positions = positions(self.content.text, analysis.unit)

    def json(self) -> Json:
        """`analyzeResult`; the pages must have been read as the model needs."""
        analysis, content = self._analysis, self.content
        model = analysis.model
        made: Json = {
            "apiVersion": analysis.version,
            "modelId": model.name,
            "stringIndexType": analysis.unit,
        }
        if not analysis.is_v3:
            made["contentFormat"] = "markdown" if analysis.markdown else "text"
        made["content"] = content.text
        made["pages"] = [self._page(page) for page in content.pages]
        if not model.document or model.layout:
            made["paragraphs"] = [self._paragraph(p) for p in content.paragraphs]
        if model.layout:
            made["tables"] = [self._table(table) for table in content.tables]
        if model.layout and not analysis.is_v3 and not model.document:
            made["sections"] = [
                {"spans": [self.span(span)], "elements": list(elements)}
                for span, elements in sections(content)
            ]
        if model.pairs or "keyValuePairs" in analysis.features:
            made["keyValuePairs"] = key_value_pairs(content, self.span)
        made["styles"] = []
        if "languages" in analysis.features:
            made["languages"] = self._languages()
        if model.document:
            made["documents"] = documents(model.document, content, self._readings, self.span)
        return made

    def span(self, span: Span) -> Json:
        """Offset and length in the requested unit."""
        start, end = self._positions[span.start], self._positions[span.end]
        return {"offset": start, "length": end - start}

    def _page(self, placed: PlacedPage) -> Json:
        page = placed.page
        dpi = page.dpi
        made: Json = {
            "pageNumber": page.number,
            "angle": number(page.angle),
            "width": length(page.width, dpi),
            "height": length(page.height, dpi),
            "unit": "inch" if dpi else "pixel",
            "spans": [self.span(placed.span)],
            "words": [
                {
                    "content": word.text,
                    "polygon": polygon(word.quad, dpi),
                    "confidence": confidence(word.confidence),
                    "span": self.span(span),
                }
                for word, span in placed.words
            ],
        }
        if self._analysis.model.layout:
            made["selectionMarks"] = []
        made["lines"] = [
            {
                "content": line.text,
                "polygon": polygon(line.quad, dpi),
                "spans": [self.span(span)],
            }
            for line, span in placed.lines
        ]
        return made

    def _paragraph(self, placed: PlacedParagraph) -> Json:
        paragraph = placed.paragraph
        made: Json = {"spans": [self.span(placed.span)]}
        quad = around(tuple(line.quad for line in paragraph.lines))
        made["boundingRegions"] = regions(placed.page, quad)
        if paragraph.role and self._analysis.model.layout:
            made["role"] = paragraph.role
        made["content"] = paragraph.text
        return made

    def _table(self, placed: PlacedTable) -> Json:
        table = placed.table
        return {
            "rowCount": table.rows,
            "columnCount": table.columns,
            "cells": [self._cell(placed.page, cell) for cell in placed.cells],
            "boundingRegions": regions(placed.page, table.quad),
            "spans": [self.span(placed.span)],
        }

    def _cell(self, page: Page, placed: PlacedCell) -> Json:
        cell = placed.cell
        made: Json = {"kind": cell.kind} if cell.kind else {}
        made |= {"rowIndex": cell.row, "columnIndex": cell.column}
        if cell.row_span > 1:
            made["rowSpan"] = cell.row_span
        if cell.column_span > 1:
            made["columnSpan"] = cell.column_span
        made["content"] = cell.text
        made["boundingRegions"] = regions(page, cell.quad)
        made["spans"] = [] if placed.paragraph is None else [self.span(placed.span)]
        if placed.paragraph is not None:
            made["elements"] = [f"/paragraphs/{placed.paragraph}"]
        return made

    def _languages(self) -> list[Json]:
        """The language of each line by its script; the confidence is a constant (guess)."""
        spans: dict[str, list[Json]] = {}
        for page in self.content.pages:
            for line, span in page.lines:
                locale = locale_of(line.text)
                if locale:
                    spans.setdefault(locale, []).append(self.span(span))
        return [
            {"locale": locale, "spans": found, "confidence": 0.9} for locale, found in spans.items()
        ]
