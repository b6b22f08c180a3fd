"""Reads a picture with Tesseract alone: an even page piece by piece, any other by Tesseract's own
layout analysis, each of its lines made plain by itself and read again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition, mean
from mockocr.recognition import (
    even_page,
    line_filter,
    orientation,
    page_order,
    polarity,
    preprocess,
    sheet,
    word_spacing,
)
from mockocr.recognition.conversion import is_wide
from mockocr.recognition.line_text import LineText, line_of, of_rows
from mockocr.recognition.page_rows import Found, join_pieces, line_of_row
from mockocr.recognition.passes import BLOCK, BOTH, CHINESE, RAW, SPARSE, Tesseract
from mockocr.recognition.worker_pool import stop_if_abandoned

_LOW, _LONG = 100, 5
"""A picture this low, or this many times longer than high, is one line."""
_SMALL, _LARGE = 640, 2000
"""Pixels of the longer side: smaller pictures are read twice as large, larger ones made smaller."""
_WELL = 0.8
"""A picture whose lines are this sure is not read once more with its ground taken away."""
_WIDTH = 16_000
"""Pixels of width of the lines that are read again, so that no picture takes more than seconds."""
_EM, _MARGIN = 36, 10
"""The height of a line with its rim for Tesseract, and the white around it, in pixels."""
_TEXT = 0.8
"""The height of the text of a line, as a share of the line with its rim."""
_GOOD = 0.85
"""A line less sure than this is read again by another model."""
_FAIR = 0.5
"""An even page this sure is read piece by piece."""
_DOUBTFUL, _FEW = 0.75, 6
"""A line still less sure than this is read alone, if no more than so many or half of all are."""
_ASKEW = 0.4, 15.0
"""Degrees that an even page may be askew when no request asks for its direction."""
_SAME = 0.5
"""Two lines that share so much of the smaller one's box are the same."""


def read(image: Image, options: ReadOptions, tesseract: Tesseract) -> Recognition:
    """All lines of the picture; corners are those of the picture as sent."""
    if options.turn and options.layout == "page":
        return _turned(image, tesseract)
    found = _read(image, options.layout, tesseract)
    lines = [line_of(one.text, one.quad) for one in found]
    return Recognition(page_order.ordered(lines, 0.0), 0.0, tesseract.name)


def _read(image: Image, layout: str, tesseract: Tesseract) -> list[Found]:
    if layout == "page":
        pieces = even_page.read(image, tesseract, _FAIR)
        if pieces is not None:
            return line_filter.believed(_improved(_picture(image), pieces, tesseract))
        found = _levelled(image, tesseract)
        if found is not None:
            return found
    picture = _picture(image)
    if preprocess.is_even(picture):
        return []
    low, long = sorted(picture.size)
    is_strip = layout == "line" or low <= _LOW or long > _LONG * low
    strip = _strip(picture, tesseract) if is_strip else []
    if layout == "line":
        return strip
    found = _layout(picture, picture, tesseract)
    if _mean(found) < _WELL:
        prepared = preprocess.page(image)
        if not preprocess.is_blank(prepared):
            found = _merged(found, _layout(prepared, picture, tesseract))
    # a strip is text, however badly it reads
    return line_filter.believed(_merged(strip, found)) or strip


def _improved(
    page: Pillow.Image, pieces: Sequence[even_page.Piece], tesseract: Tesseract
) -> list[Found]:
    """The pieces, the doubtful ones read again by both models, and the worst of them alone."""
    found = [Found(piece.quad, piece.text) for piece in pieces]
    for mode, languages, least in ((BLOCK, BOTH, _GOOD), (RAW, CHINESE, _DOUBTFUL)):
        weak = [n for n, one in enumerate(found) if one.text.surety < least]
        if mode == RAW and len(weak) > max(_FEW, len(found) // 2):
            break
        again = _texts(page, [found[n].quad for n in weak], mode, languages, tesseract)
        for n, text in zip(weak, again, strict=True):
            found[n] = _stronger(found[n], Found(found[n].quad, text))
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
    if _mean(found) < _WELL:
        return None
    move = preprocess.back(page, upright, angle)
    kept = line_filter.believed(found)
    return [Found(Quad(*(move(p) for p in one.quad)), one.text) for one in kept]


def _picture(image: Image) -> Pillow.Image:
    mode = "L" if image.channels == 1 else "RGB"
    return Pillow.frombytes(mode, (image.width, image.height), image.pixels)


def _strip(picture: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The whole picture as one line, by the surer of three readings."""
    quad = Quad.upright(0, 0, *picture.size)
    ways = (BLOCK, CHINESE), (BLOCK, BOTH), (RAW, BOTH)
    read = [Found(quad, _texts(picture, [quad], *way, tesseract)[0]) for way in ways]
    best = max(read, key=lambda one: one.strength)
    return [best] if any(c.isalnum() for c in best.text.text) else []


def _layout(page: Pillow.Image, picture: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The lines of Tesseract's own page reading, each read again by itself where it is weak."""
    factor = 1.0
    if max(page.size) < _SMALL:
        factor = 2.0
    elif max(page.size) > _LARGE:
        factor = _LARGE / max(page.size)
    seen = page.convert("L")
    if factor != 1:
        size = max(1, round(page.width * factor)), max(1, round(page.height * factor))
        seen = seen.resize(size, Pillow.Resampling.BICUBIC)
    (rows,) = tesseract.rows([seen], SPARSE, BOTH)
    found = [line_of_row(row, factor) for row in join_pieces(rows) if row.height >= 4]
    for languages in (CHINESE, BOTH):
        stop_if_abandoned()
        weak = _affordable(found)
        quads = [found[n].quad for n in weak]
        for n, text in zip(weak, _texts(picture, quads, BLOCK, languages, tesseract), strict=True):
            found[n] = _stronger(found[n], Found(found[n].quad, text))
    return found


def _affordable(found: Sequence[Found]) -> list[int]:
    """The numbers of the weak lines, narrow ones first, as many as may be read again."""
    widths = {
        n: _EM * math.dist(one.quad.tl, one.quad.tr) / max(1.0, math.dist(one.quad.tl, one.quad.bl))
        for n, one in enumerate(found)
        if one.text.surety < _GOOD
    }
    kept, total = [], 0.0
    for n in sorted(widths, key=lambda n: (widths[n], n)):
        total += widths[n]
        if total > _WIDTH:
            break
        kept.append(n)
    return kept


def _mean(found: Sequence[Found]) -> float:
    """How sure all lines are together, long ones counting more."""
    return mean(c for one in found for c in one.text.confidences)


def _texts(
    picture: Pillow.Image, quads: Sequence[Quad], mode: int, languages: str, tesseract: Tesseract
) -> list[LineText]:
    """What one of Tesseract's models sees in each line, made plain by itself."""
    if not quads:
        return []
    made = [_line_image(picture, quad) for quad in quads]
    if mode == RAW:
        margin = _MARGIN
        framed = [_framed(image) for image in made]
        read = tesseract.rows(framed, mode, languages)
    else:
        margin = 0
        read = sheet.read(tesseract, made, languages)
    return [
        word_spacing.restored(of_rows(rows, image.width, margin), image, _TEXT * _EM)
        for rows, image in zip(read, made, strict=True)
    ]


def _line_image(picture: Pillow.Image, quad: Quad) -> Pillow.Image:
    """The line cut out level, plain, and scaled for Tesseract."""
    height = max(4.0, (quad.bl.y - quad.tl.y + quad.br.y - quad.tr.y) / 2)
    width = max(4.0, quad.tr.x - quad.tl.x)
    rim = 0.08 * height
    scale = _EM / (height + 2 * rim)
    size = max(8, round(width * scale)), _EM
    corners = (
        *(quad.tl.x, quad.tl.y - rim),
        *(quad.bl.x, quad.bl.y + rim),
        *(quad.br.x, quad.br.y + rim),
        *(quad.tr.x, quad.tr.y - rim),
    )
    level = picture.transform(
        (max(8, round(width)), max(4, round(height + 2 * rim))),
        Pillow.Transform.QUAD,
        corners,
        Pillow.Resampling.BICUBIC,
    )
    return polarity.plain(level.resize(size, Pillow.Resampling.LANCZOS))


def _framed(line: Pillow.Image) -> Pillow.Image:
    framed = Pillow.new("L", (line.width + 2 * _MARGIN, line.height + 2 * _MARGIN), 255)
    framed.paste(line, (_MARGIN, _MARGIN))
    return framed


def _stronger(old: Found, new: Found) -> Found:
    """The stronger of two readings of one line; Latin does not replace Chinese that was read well,
    because the English model sees capitals in Chinese, and is sure of them.
    """
    wide = [sum(is_wide(c) for c in one.text.text) for one in (old, new)]
    if wide[1] < wide[0] > 1 and old.text.confidence >= line_filter.TRUSTED:
        return old
    return new if new.strength > old.strength else old


def _merged(some: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """The lines of two readings of a page; of those that cover each other the stronger ones."""
    kept: list[Found] = []
    for one in sorted([*some, *others], key=lambda one: -one.strength):
        if not any(_shared(one.quad, other.quad) > _SAME for other in kept):
            kept.append(one)
    return kept


def _shared(a: Quad, b: Quad) -> float:
    """How much of the smaller box lies in the other one."""
    (l1, t1, r1, b1), (l2, t2, r2, b2) = a.extent, b.extent
    shared = max(0.0, min(r1, r2) - max(l1, l2)) * max(0.0, min(b1, b2) - max(t1, t2))
    return shared / max(1e-6, min((r1 - l1) * (b1 - t1), (r2 - l2) * (b2 - t2)))


def _turned(image: Image, tesseract: Tesseract) -> Recognition:
    """Try the likelier directions of the text until one reads well; else the best of all four."""
    grey = preprocess.page(image)
    if preprocess.is_blank(grey):
        return Recognition(engine=tesseract.name)
    best: tuple[float, float, list[Found], Pillow.Image] | None = None
    for angle in orientation.guesses(grey):
        stop_if_abandoned()
        upright = preprocess.turn(grey, angle)
        found = _upright(upright, tesseract)
        score = sum(one.strength for one in found)
        if best is None or score > best[0]:
            best = score, angle, found, upright
        sure = [c for one in found for c in one.text.confidences]
        if len(sure) >= 4 and sum(sure) / len(sure) >= _GOOD:
            break
    assert best is not None
    _, angle, found, upright = best
    move = preprocess.back(grey, upright, angle)
    lines: list[Line] = [
        line_of(one.text, Quad(*(move(p) for p in one.quad))) for one in line_filter.believed(found)
    ]
    angle = angle if lines else 0.0
    return Recognition(page_order.ordered(lines, angle), angle, tesseract.name)


def _upright(page: Pillow.Image, tesseract: Tesseract) -> list[Found]:
    """The lines of a page that was turned, piece by piece."""
    return _improved(page, even_page.read_page(page, tesseract), tesseract)
