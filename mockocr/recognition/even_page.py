"""Reads pages of print on an even ground by Tesseract alone, when a cheap look says that this is
enough: most screenshots and documents need no detector.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec
from PIL import Image as Pillow
from PIL import ImageChops

from mockocr.core.image import Image
from mockocr.core.recognition import Quad
from mockocr.recognition import passes, preprocess, segmentation, sheet, word_spacing
from mockocr.recognition.line_text import LineText, of_rows
from mockocr.recognition.passes import CHINESE, Tesseract
from mockocr.recognition.segmentation import Region
from mockocr.recognition.worker_pool import is_spent

_MOST = 40
"""Pieces of a page at most: the detector's share of the time is small for more."""
_SAMPLE, _SAMPLE_WIDTH = 4, 4000
"""Pieces that are read first, and pixels of their width together, past which no further piece is
added; only when most of them are sure, the page is read so: an e-mail address is often doubtful.
"""
SURE = 0.85
"""A page is this sure on the whole; a piece that is less sure is doubtful."""
_DOUBTFUL = 0.34
"""The share of doubtful pieces of a page that is read so."""
_TALL = 5.0
"""A piece of so many letter heights holds several lines: a frame, or a picture."""
_SIDE = 800
"""Pixels of the longer side of the page for the look at its edges."""
_EDGE, _OUTSIDE = 28, 0.02
"""Levels between neighbouring pixels that are an edge, and the share of all edges that may lie
outside of the pieces.
"""


class Piece(msgspec.Struct, frozen=True):
    """One piece of the page: its corners in the picture as sent, and the text."""

    quad: Quad
    text: LineText

    @property
    def is_doubtful(self) -> bool:
        return self.text.surety < SURE


def read(image: Image, tesseract: Tesseract, sure: float = SURE) -> list[Piece] | None:
    """The pieces of the page; None for a page that has to be read by other means: one that is less
    sure on the whole than `sure`, or so doubtful in many pieces.
    """
    grey = preprocess.grey(image)
    ruled = preprocess.even_page(grey)
    if ruled is None:
        return None
    page = preprocess.without_rules(ruled)
    regions = segmentation.find(page)
    rules = ImageChops.difference(page, ruled)
    if not 0 < len(regions) <= _MOST or _outside(grey, regions, rules) > _OUTSIDE:
        return None
    usual = sorted(region.em for region in regions)[len(regions) // 2]
    if any(region.em > _TALL * usual for region in regions):
        return None
    first = _sample(regions)
    found = dict(zip(first, _texts(page, first, tesseract), strict=True))
    if median(text.surety for text in found.values()) < sure:
        return None
    rest = [region for region in regions if region not in found]
    found |= zip(rest, _texts(page, rest, tesseract), strict=True)
    if is_spent(passes.SECONDS):
        return [Piece(_quad(page, region), text) for region, text in found.items() if text]
    empty = sum(not text for text in found.values())
    if empty > (0 if sure >= SURE else _DOUBTFUL * len(regions)):
        return None
    pieces = [Piece(_quad(page, region), found[region]) for region in regions]
    doubtful = sum(piece.text.surety < sure for piece in pieces)
    return pieces if doubtful <= _DOUBTFUL * len(pieces) else None


def read_page(page: Pillow.Image, tesseract: Tesseract) -> list[Piece]:
    """The pieces of a page with dark text on white, whatever they are like."""
    page = preprocess.without_rules(page)
    regions = segmentation.find(page)
    texts = _texts(page, regions, tesseract)
    return [Piece(_quad(page, r), t) for r, t in zip(regions, texts, strict=True)]


def _sample(regions: Sequence[Region]) -> list[Region]:
    """Pieces from all over the page: few of a dense one, whose long lines take seconds."""
    step = max(1, len(regions) // _SAMPLE)
    first: list[Region] = []
    width = 0.0
    for region in regions[::step][:_SAMPLE]:
        if width < _SAMPLE_WIDTH:
            first.append(region)
        width += segmentation.EM / region.em * (region.box[2] - region.box[0])
    return first


def _quad(page: Pillow.Image, region: Region) -> Quad:
    """The corners of the ink of a region, which has a rim."""
    left, top, right, bottom = region.box
    ink = preprocess.inked(page.crop(region.box)).getbbox() or (0, 0, right - left, bottom - top)
    return Quad.upright(left + ink[0], top + ink[1], left + ink[2], top + ink[3])


def _texts(page: Pillow.Image, regions: Sequence[Region], tesseract: Tesseract) -> list[LineText]:
    images = [segmentation.line_image(page, region) for region in regions]
    return [
        word_spacing.restored(of_rows(rows, image.width, 0), image, segmentation.EM)
        for rows, image in zip(sheet.read(tesseract, images, CHINESE), images, strict=True)
    ]


def _outside(grey: Pillow.Image, regions: Sequence[Region], rules: Pillow.Image) -> float:
    """The share of all edges in the picture that neither a region nor a rule covers."""
    factor = min(1.0, _SIDE / max(grey.size))
    size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
    small = grey.resize(size, Pillow.Resampling.BOX) if factor < 1 else grey
    darkest = ImageChops.invert(_lightest(ImageChops.invert(small)))
    apart = ImageChops.difference(_lightest(small), darkest)
    edges = apart.point([255 if v > _EDGE else 0 for v in range(256)])
    ruled = _lightest(_lightest(rules.resize(size, Pillow.Resampling.BOX)))
    edges.paste(0, (0, 0), ruled.point([0] * 24 + [255] * 232))
    total = edges.histogram()[255]
    for region in regions:
        left, top, right, bottom = region.box
        rim = 0.2 * region.em
        edges.paste(
            0,
            (
                int((left - rim) * factor),
                int((top - rim) * factor),
                int((right + rim) * factor) + 1,
                int((bottom + rim) * factor) + 1,
            ),
        )
    return edges.histogram()[255] / max(1, total)


def _lightest(picture: Pillow.Image) -> Pillow.Image:
    """The lightest level of each pixel and its eight neighbours.

    It is Pillow's `MaxFilter(3)`, which takes twenty times as long: a fifth of the time of a page.
    """
    for across, down in ((1, 0), (0, 1)):
        box = 0, 0, picture.width, picture.height
        for by in (-1, 1):
            x, y = by * across, by * down
            moved = picture.crop((box[0] + x, box[1] + y, box[2] + x, box[3] + y))
            picture = ImageChops.lighter(picture, moved)
    return picture
