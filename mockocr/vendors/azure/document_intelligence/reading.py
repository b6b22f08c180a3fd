"""Reads the pages of a file: each is loaded, recognised, and turned into paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.page_text import Page, Paragraph
from mockocr.vendors.azure.words import text_line

OPTIONS = ReadOptions(turn=True)
"""Text at any angle is found. doc: the angle of a page."""


async def read_pages(
    file: Inline, limits: Limits, numbers: Sequence[int], layout: bool, context: Context
) -> list[Page]:
    """The pages with these numbers; `ApiError` if one of them cannot be read."""
    pages = []
    for number in numbers:
        image = await context.load(file, replace(limits, page=number, frames=True))
        recognition = await context.recognize(image, OPTIONS)
        pages.append(_page(number, image.without_pixels(), recognition, layout))
    return pages


def _page(number: int, image: Image, recognition: Recognition, layout: bool) -> Page:
    lines = [line for line in recognition.lines if line.text]
    blocks = tuple(
        Paragraph(tuple(text_line(line) for line in block))
        for _, block in groupby(lines, key=lambda line: line.block)
    )
    return Page(number, image.width, image.height, recognition.angle, image.dpi, blocks)
