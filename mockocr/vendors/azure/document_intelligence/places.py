"""Where things are on a page: in whole pixels of a picture, or in inches of a document."""

from __future__ import annotations

from typing import Any

from mockocr.core.recognition import Quad
from mockocr.vendors.azure.document_intelligence.page_text import Page


def regions(page: Page, quad: Quad) -> list[dict[str, Any]]:
    """Where something is, as `boundingRegions`."""
    return [{"pageNumber": page.number, "polygon": polygon(quad, page.dpi)}]


def polygon(quad: Quad, dpi: float) -> list[float]:
    """x and y of the four corners, clockwise from the text's top left."""
    return [length(max(value, 0.0), dpi) for point in quad for value in point]


def length(value: float, dpi: float) -> float:
    """Whole pixels, or inches with four decimals."""
    return number(value / dpi) if dpi else round(value)


def number(value: float) -> float:
    """Four decimals; a whole number as an integer, as the service writes it."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
