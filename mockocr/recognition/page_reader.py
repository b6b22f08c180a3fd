"""Reads a picture with Tesseract alone: an even page piece by piece, any other by Tesseract's own
layout analysis, each of its lines made plain by itself and read again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition
from mockocr.recognition import (
    bands,
    even_page,
    line_filter,
    orientation,
    page_order,
    passes,
    preprocess,
)
from mockocr.recognition.line_readings import (
    GOOD,
    Budget,
    merged,
    read_weak,
    stronger,
    sureness,
    texts,
)
from mockocr.recognition.line_text import line_of
from mockocr.recognition.page_rows import Found, join_pieces, line_of_row
from mockocr.recognition.passes import BLOCK, BOTH, CHINESE, RAW, SPARSE, Tesseract
from mockocr.recognition.worker_pool import is_spent, stop_if_abandoned

_LOW, _LONG = 100, 5
"""A picture this low, or this many times longer than high, is one line."""
_TINY, _SMALL, _LARGE = 160, 640, 2000
"""Pixels of the longer side: tiny pictures are read four times as large, small ones twice, large
ones made smaller.
"""
_WELL = 0.8
"""A picture whose lines are this sure is not read once more with its ground taken away."""
_POOR, _SURER = 0.5, 0.1
"""A picture less sure than this is looked at on its head, which has to be so much surer."""
_FAIR = 0.5
"""An even page this sure is read piece by piece."""
_DOUBTFUL, _FEW = 0.75, 6
"""A line still less sure than this is read alone, if no more than so many or half of all are."""
_ENOUGH = 4
"""Characters that are enough to be sure of a direction."""
_ASKEW = 0.4, 15.0
"""Degrees that an even page may be askew when no request asks for its direction."""


def read(image: Image, options: ReadOptions, tesseract: Tesseract) -> Recognition:
    """All lines of the picture; corners are those of the picture as sent."""
    small = preprocess.bounded(image)
    across, down = image.width / small.width, image.height / small.height
    if options.turn and options.layout == "page":
        angle, found = _turned(small, tesseract)
    else:
        angle, found = 0.0, _read(small, options.layout, tesseract)
    lines = [line_of(one.text, one.quad.scaled(across, down)) for one in found]
    order = angle if options.turn else round(page_order.angle_of(lines) / 90) * 90.0
    return Recognition(page_order.ordered(lines, order), angle, tesseract.name)


def _read(image: Image, layout: str, tesseract: Tesseract) -> list[Found]:
    if layout == "page":
        pieces = even_page.read(image, tesseract, _FAIR)
        if pieces is not None:
            return line_filter.believed(_improved(preprocess.picture(image), pieces, tesseract))
        levelled = _levelled(image, tesseract)
        if levelled is not None:
            return levelled
    picture = preprocess.picture(image)
    if preprocess.is_even(picture):
        return []
    low, long = sorted(picture.size)
    is_strip = layout == "line" or low <= _LOW or long > _LONG * low
    strip = _strip(picture, tesseract) if is_strip else []
    if layout == "line":
        return strip
    # a strip is text, however badly it reads
    return line_filter.believed(merged(strip, _layout(image, picture, tesseract))) or strip


def _layout(image: Image, picture: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The lines that Tesseract's own page reading finds, each read again where it is weak."""
    found, budget = _seen(picture, tesseract), Budget()
    angle, upright = 0, picture
    if found and sureness(found) < _POOR and not is_spent(passes.SECONDS):
        stop_if_abandoned()
        on_its_head = preprocess.turn(picture, 180)
        others = _seen(on_its_head, tesseract)
        if sureness(others) > sureness(found) + _SURER:
            angle, upright, found = 180, on_its_head, others
    found = read_weak(upright, found, tesseract, budget)
    if sureness(found) < _WELL and not is_spent(passes.SECONDS):
        stop_if_abandoned()
        prepared = preprocess.page(image)
        if not preprocess.is_blank(prepared):
            others = _seen(preprocess.turn(prepared, angle), tesseract)
            found = merged(found, read_weak(upright, others, tesseract, budget))
    move = preprocess.back(picture, upright, angle)
    return [Found(Quad(*(move(p) for p in one.quad)), one.text) for one in found]


def _seen(page: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The lines of Tesseract's own page reading, in pixels of the page."""
    factor = 1.0
    if max(page.size) < _TINY:
        factor = 4.0
    elif max(page.size) < _SMALL:
        factor = 2.0
    elif max(page.size) > _LARGE:
        factor = _LARGE / max(page.size)
    seen = page.convert("L")
    if factor != 1:
        size = max(1, round(page.width * factor)), max(1, round(page.height * factor))
        seen = seen.resize(size, Pillow.Resampling.BICUBIC)
    found: list[Found] = []
    for top, band in bands.of(seen):
        (rows,) = tesseract.rows([band], SPARSE, BOTH)
        lines = [line_of_row(row, factor) for row in join_pieces(rows) if row.height >= 4]
        found += [Found(one.quad.moved(0, top / factor), one.text) for one in lines]
    return found


def _improved(
    page: Pillow.Image, pieces: Sequence[even_page.Piece], tesseract: Tesseract
) -> list[Found]:
    """The pieces, the doubtful ones read again by both models, and the worst of them alone."""
    found = [Found(piece.quad, piece.text) for piece in pieces]
    for mode, languages, least in ((BLOCK, BOTH, GOOD), (RAW, CHINESE, _DOUBTFUL)):
        weak = [n for n, one in enumerate(found) if one.text.surety < least]
        if mode == RAW and len(weak) > max(_FEW, len(found) // 2):
            break
        again = texts(page, [found[n].quad for n in weak], mode, languages, tesseract)
        for n, text in zip(weak, again, strict=True):
            found[n] = stronger(found[n], Found(found[n].quad, text))
    return found


def _levelled(image: Image, tesseract: Tesseract) -> list[Found] | None:
    """The lines of an even page that came askew, as from a scanner; None for another page."""
    page = preprocess.even_page(preprocess.grey(image))
    if page is None or preprocess.is_blank(page):
        return None
    angle = min(orientation.skew(page), key=abs)
    if not _ASKEW[0] <= abs(angle) <= _ASKEW[1]:
        return None
    upright = preprocess.turn(page, angle)
    found = _upright(upright, tesseract)
    if sureness(found) < _WELL and not is_spent(passes.SECONDS):
        return None
    move = preprocess.back(page, upright, angle)
    kept = line_filter.believed(found)
    return [Found(Quad(*(move(p) for p in one.quad)), one.text) for one in kept]


def _strip(picture: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The whole picture as one line, by the surer of three readings."""
    quad = Quad.upright(0, 0, *picture.size)
    ways = (BLOCK, CHINESE), (BLOCK, BOTH), (RAW, BOTH)
    read = [Found(quad, texts(picture, [quad], *way, tesseract)[0]) for way in ways]
    best = max(read, key=lambda one: one.strength)
    return [best] if any(c.isalnum() for c in best.text.text) else []


def _turned(image: Image, tesseract: Tesseract) -> tuple[float, list[Found]]:
    """Try the likelier directions of the text until one reads well; else the best of all four."""
    grey = preprocess.page(image)
    if preprocess.is_blank(grey):
        return 0.0, []
    best: tuple[float, float, list[Found], Pillow.Image] | None = None
    for angle in orientation.guesses(grey):
        stop_if_abandoned()
        upright = preprocess.turn(grey, angle)
        found = _upright(upright, tesseract)
        score = sum(one.strength for one in found)
        if best is None or score > best[0]:
            best = score, angle, found, upright
        if sum(len(one.text.places) for one in found) >= _ENOUGH and sureness(found) >= GOOD:
            break
    assert best is not None
    _, angle, found, upright = best
    move = preprocess.back(grey, upright, angle)
    kept = line_filter.believed(found)
    placed = [Found(Quad(*(move(p) for p in one.quad)), one.text) for one in kept]
    return angle if placed else 0.0, placed


def _upright(page: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The lines of a page that was turned, piece by piece."""
    return _improved(page, even_page.read_page(page, tesseract), tesseract)
