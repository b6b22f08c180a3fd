"""Reads a picture with the models: the detector finds lines, which are read one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.recognition import (
    detector,
    even_page,
    line_reader,
    line_regions,
    page_order,
    pixels,
)
from mockocr.recognition.ink import ink
from mockocr.recognition.line_images import LineImage, cut, is_tall, running_down
from mockocr.recognition.line_text import line_of
from mockocr.recognition.models import Models
from mockocr.recognition.passes import Tesseract
from mockocr.recognition.pixels import Picture
from mockocr.recognition.preprocess import MOST_PIXELS
from mockocr.recognition.worker_pool import stop_if_abandoned

_LOW, _LONG = 100, 5
"""A picture this low, or this many times longer than high, is one line when none is found."""
_FAINT = 0.95
"""A region that the detector doubts is text if its reading is this sure."""
_THINNEST = 4
"""Pixels: a thinner picture holds no text."""


def read(
    image: Image,
    options: ReadOptions,
    models: Callable[[], Models],
    tesseract: Tesseract | None,
    engine: str,
) -> Recognition:
    """All lines of the picture.

    Tesseract, where given, reads print first; `models` loads the models when they are needed.
    """
    if min(image.width, image.height) < _THINNEST:
        return Recognition(engine=engine)
    print_reader = None if options.handwriting else tesseract
    is_large = image.width * image.height > MOST_PIXELS
    is_page = options.layout == "page" and not is_large
    lines = _quickly(image, models, print_reader) if is_page else None
    if lines is None:
        picture = pixels.picture_of(image)
        loaded = models()
        images = _strip(picture) if options.layout == "line" else _found(loaded, picture)
        stop_if_abandoned()
        lines = _lines(loaded, print_reader, picture, images)
    angle = page_order.angle_of(lines)
    return Recognition(page_order.ordered(lines, angle), angle if options.turn else 0.0, engine)


def _quickly(
    image: Image, models: Callable[[], Models], tesseract: Tesseract | None
) -> list[Line] | None:
    """The lines of an even page, the doubtful ones read by the recogniser; None for other pages."""
    pieces = even_page.read(image, tesseract) if tesseract is not None else None
    if pieces is None:
        return None
    sure = [line_of(piece.text, piece.quad) for piece in pieces if not piece.is_doubtful]
    doubtful = [piece.quad for piece in pieces if piece.is_doubtful]
    if not doubtful:
        return sure
    picture = pixels.picture_of(image)
    images = _cut(picture, [picture.as_read(quad) for quad in doubtful])
    return sure + _lines(models(), None, picture, images)


def _lines(
    models: Models, tesseract: Tesseract | None, picture: Picture, images: Sequence[LineImage]
) -> list[Line]:
    return [
        line_of(text, picture.as_sent(line.quad), ink(line.pixels))
        for line, text in line_reader.read(models, tesseract, images)
        if text
    ]


def _found(models: Models, picture: Picture) -> list[LineImage]:
    regions = detector.find_all(models, picture.pixels)
    if not regions:
        low, long = sorted((picture.width, picture.height))
        return _strip(picture) if low <= _LOW or long > _LONG * low else []
    sure = [region.quad for region in regions if region.likelihood >= detector.LIKELY]
    faint = [region.quad for region in regions if region.likelihood < detector.LIKELY]
    lines = _cut(picture, line_regions.whole(picture.pixels, sure))
    return lines + [replace(line, least=_FAINT) for line in _cut(picture, faint)]


def _strip(picture: Picture) -> list[LineImage]:
    """The whole picture as one line."""
    return _cut(picture, [Quad.upright(0, 0, picture.width, picture.height)])


def _cut(picture: Picture, quads: Sequence[Quad]) -> list[LineImage]:
    frames = [running_down(quad) if is_tall(quad) else quad for quad in quads]
    return [cut(picture.pixels, frame) for frame in frames]
