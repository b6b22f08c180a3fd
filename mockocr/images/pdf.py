"""Renders one page of a PDF document as a picture, with PDFium from the extra `pdf`."""

from __future__ import annotations

import re
import threading
from typing import Any

from PIL.Image import Image as Picture

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.image import Limits

_MAGIC = re.compile(rb"\s*%PDF-")
_POINTS = 72
_DPI = 200
"""Enough to read small print; A4 becomes 1654 x 2339 pixels."""
MAX_PIXELS = 25_000_000
"""Most pixels of a rendered page."""
_pdfium_lock = threading.Lock()
"""PDFium is not thread-safe."""


def is_pdf(data: bytes) -> bool:
    """True if the file starts with a PDF header."""
    return _MAGIC.match(data[:1024]) is not None


def render_page(data: bytes, number: int, limits: Limits) -> tuple[Picture, int, float]:
    """The page `number` (from 1) on white, at 200 dpi or less if the limits require it, the count
    of pages, and the dpi.

    Raises `ApiError`: BAD_IMAGE with the cause PDF for a document that is damaged, empty or
    encrypted, BAD_PARAMETER for a page that it does not have, ENGINE_FAILED without PDFium.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError:
        detail = "reading PDF pages needs PDFium: pip install 'mockocr[pdf]'"
        raise ApiError(ErrorKind.ENGINE_FAILED, detail) from None
    with _pdfium_lock:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            detail = f"the PDF document cannot be opened: {error}"
            raise ApiError(ErrorKind.BAD_IMAGE, detail, cause=ErrorCause.PDF) from None
        try:
            picture, dpi = _page(pdfium, document, number, limits)
            return picture, len(document), dpi
        finally:
            document.close()


def _page(pdfium: Any, document: Any, number: int, limits: Limits) -> tuple[Picture, float]:
    count = len(document)
    if not count:
        raise ApiError(ErrorKind.BAD_IMAGE, "the PDF document has no pages", cause=ErrorCause.PDF)
    if number > count:
        detail = f"page {number} was requested; the PDF document has {count}"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = _scale(width, height, limits)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        picture: Picture = bitmap.to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError, ZeroDivisionError) as error:
        detail = f"page {number} of the PDF document cannot be rendered: {error}"
        raise ApiError(ErrorKind.BAD_IMAGE, detail, cause=ErrorCause.PDF) from None
    return picture, scale * _POINTS


def _scale(width: float, height: float, limits: Limits) -> float:
    """Pixels per point (1/72 inch)."""
    most: int = min(limits.max_pixels, MAX_PIXELS)
    by_area: float = (most / (width * height)) ** 0.5
    # slightly less, because sides are rounded up
    fitting = min(limits.max_side / max(width, height), by_area) * 0.995
    return min(_DPI / _POINTS, fitting)
