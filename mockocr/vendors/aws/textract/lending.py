"""AnalyzeLending: pages are not classified here, so each is UNCLASSIFIED and has no fields."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import float32
from mockocr.vendors.aws.textract.blocks import Json
from mockocr.vendors.aws.textract.document import ReadPage

UNCLASSIFIED = "UNCLASSIFIED"
UNDETECTED = "UNDETECTED"


def lending_result(page: ReadPage) -> Json:
    """An item of `Results`. guess: what an unknown paper looks like."""
    return {
        "Page": page.number,
        "PageClassification": {
            "PageType": [{"Value": UNCLASSIFIED, "Confidence": float32(100.0)}],
            "PageNumber": [{"Value": UNDETECTED, "Confidence": float32(100.0)}],
        },
        "Extractions": [],
    }


def lending_summary(results: Sequence[Json]) -> Json:
    """`Summary`: the pages by their types."""
    pages = [result["Page"] for result in results]
    group = {
        "Type": UNCLASSIFIED,
        "SplitDocuments": [{"Index": 1, "Pages": pages}],
        "DetectedSignatures": [],
        "UndetectedSignatures": [],
    }
    return {"DocumentGroups": [group] if pages else [], "UndetectedDocumentTypes": []}
