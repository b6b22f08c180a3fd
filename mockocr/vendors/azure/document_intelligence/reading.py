"""Reads the pages of a file: each is loaded, recognised, and turned into paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.page_layout import layout_page, plain_page
from mockocr.vendors.azure.document_intelligence.page_text import Page

PLAIN = ReadOptions(turn=True)
"""Text at any angle is found. doc: the angle of a page."""
LAYOUT = replace(PLAIN, rules=True)


async def read_pages(
    file: Inline, limits: Limits, numbers: Sequence[int], layout: bool, context: Context
) -> tuple[list[Page], list[tuple[Image, Recognition]]]:
    """The pages with these numbers, and the pictures, without pixels, with what was read in them;
    `ApiError` if one of them cannot be read.
    """
    pages, readings = [], []
    for number in numbers:
        image = await context.load(file, replace(limits, page=number))
        recognition = await context.recognize(image, LAYOUT if layout else PLAIN)
        image = image.without_pixels()
        pages.append((layout_page if layout else plain_page)(number, image, recognition))
        readings.append((image, recognition))
    return pages, readings
