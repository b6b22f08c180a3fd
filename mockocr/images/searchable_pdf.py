"""Draws pictures as a PDF document with their text, invisible, over them; with ReportLab from the
extra `pdf`.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from PIL import Image as Pillow

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition, Word

_POINTS_PER_PIXEL = 72 / 200
"""A picture is shown at 200 dpi."""
_INVISIBLE = 3
"""The text rendering mode of PDF (ISO 32000-1, 9.3.6) that draws nothing."""
_LATIN, _CHINESE = "Helvetica", "STSong-Light"
"""Neither is embedded: a viewer only needs them to select and search."""
_ASCENT = 0.8
"""Share of the height of a word that is above its baseline."""


def searchable_pdf(pages: Sequence[tuple[Image, Recognition]]) -> bytes:
    """The document, one page for each picture. Takes about 50 ms a megapixel.

    Raises `ApiError(ENGINE_FAILED)` without ReportLab.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        detail = "making PDF documents needs ReportLab: pip install 'mockocr[pdf]'"
        raise ApiError(ErrorKind.ENGINE_FAILED, detail) from None
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for image, recognition in pages:
        canvas.setPageSize((image.width * _POINTS_PER_PIXEL, image.height * _POINTS_PER_PIXEL))
        canvas.scale(_POINTS_PER_PIXEL, _POINTS_PER_PIXEL)
        _draw_picture(canvas, image)
        for word in (word for line in recognition.lines for word in line.words):
            _draw_word(canvas, word, image.height, pdfmetrics.stringWidth)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_picture(canvas: Any, image: Image) -> None:
    from reportlab.lib.utils import ImageReader

    mode = "L" if image.channels == 1 else "RGB"
    picture = Pillow.frombytes(mode, (image.width, image.height), image.pixels)
    canvas.drawImage(ImageReader(picture), 0, 0, image.width, image.height)


def _draw_word(canvas: Any, word: Word, height: int, width_of: Any) -> None:
    size, length = max(word.quad.height, 1.0), word.quad.width
    font = _LATIN if word.text.isascii() else _CHINESE
    natural = width_of(word.text, font, size)
    if not natural or not length:
        return
    corner, angle = word.quad.bl, -math.radians(word.quad.angle)  # PDF turns counterclockwise
    rise = size * (1 - _ASCENT)  # the baseline is above the lower edge
    left = corner.x - rise * math.sin(angle)
    bottom = height - corner.y + rise * math.cos(angle)
    text = canvas.beginText()
    text.setTextRenderMode(_INVISIBLE)
    text.setFont(font, size)
    text.setHorizScale(100 * length / natural)
    cosine, sine = math.cos(angle), math.sin(angle)
    text.setTextTransform(cosine, sine, -sine, cosine, left, bottom)
    text.textOut(word.text)
    canvas.drawText(text)
