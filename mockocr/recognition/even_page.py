"""Reads pages of print on an even ground by Tesseract alone, when a cheap look says that this is
enough: most screenshots and documents need no detector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageChops, ImageFilter

from mockocr.core.image import Image
from mockocr.core.recognition import Quad, mean
from mockocr.recognition import preprocess, segmentation, word_spacing
from mockocr.recognition.line_text import LineText, of_rows
from mockocr.recognition.passes import CHINESE, LINE, Tesseract
from mockocr.recognition.segmentation import Region

_MOST = 40
"""Pieces of a page at most: the detector's share of the time is small for more."""
_SAMPLE = 4
"""Pieces that are read first; only when they are sure, the page is read so."""
_SURE = 0.85
"""A page is this sure on the whole; a piece that is less sure is doubtful."""
_DOUBTFUL = 0.34
"""The share of doubtful pieces of a page that is read so."""
_TALL = 3.0
"""A piece of so many letter heights holds several lines: a frame, or a picture."""
_SIDE = 800
"""Pixels of the longer side of the page for the look at its edges."""
_EDGE, _OUTSIDE = 28, 0.02
"""Levels between neighbouring pixels that are an edge, and the share of all edges that may lie
outside of the pieces.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the page: its corners in the picture as sent, and the text."""

    quad: Quad
    text: LineText

    @property
    def is_doubtful(self) -> bool:
        return self.text.surety < _SURE


def read(image: Image, tesseract: Tesseract) -> list[Piece] | None:
    """The pieces of the page; None for a page that has to be read by other means."""
    grey = preprocess.grey(image)
    page = preprocess.even_page(grey)
    if page is None:
        return None
    regions = segmentation.find(page)
    if not 0 < len(regions) <= _MOST or _outside(grey, regions) > _OUTSIDE:
        return None
    usual = sorted(region.em for region in regions)[len(regions) // 2]
    if any(region.em > _TALL * usual for region in regions):
        return None
    step = max(1, len(regions) // _SAMPLE)
    first = regions[::step][:_SAMPLE]
    found = dict(zip(first, _texts(page, first, tesseract), strict=True))
    if mean(text.surety for text in found.values()) < _SURE:
        return None
    rest = [region for region in regions if region not in found]
    found |= zip(rest, _texts(page, rest, tesseract), strict=True)
    if not all(found.values()):
        return None
    pieces = [Piece(Quad.upright(*region.box), found[region]) for region in regions]
    doubtful = sum(piece.is_doubtful for piece in pieces)
    return pieces if doubtful <= _DOUBTFUL * len(pieces) else None


def read_page(page: Pillow.Image, tesseract: Tesseract) -> list[Piece]:
    """The pieces of a page with dark text on white, whatever they are like."""
    regions = segmentation.find(page)
    texts = _texts(page, regions, tesseract)
    return [Piece(Quad.upright(*r.box), t) for r, t in zip(regions, texts, strict=True)]


def _texts(page: Pillow.Image, regions: Sequence[Region], tesseract: Tesseract) -> list[LineText]:
    images = [segmentation.line_image(page, region) for region in regions]
    read = tesseract.rows(images, LINE, CHINESE) if images else []
    margin = segmentation.MARGIN
    return [
        word_spacing.restored(
            of_rows(rows, picture.width - 2 * margin, margin), picture, segmentation.EM, margin
        )
        for rows, picture in zip(read, images, strict=True)
    ]


def _outside(grey: Pillow.Image, regions: Sequence[Region]) -> float:
    """The share of all edges in the picture that no region covers."""
    factor = min(1.0, _SIDE / max(grey.size))
    size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
    small = grey.resize(size, Pillow.Resampling.BOX) if factor < 1 else grey
    apart = ImageChops.difference(
        small.filter(ImageFilter.MaxFilter(3)), small.filter(ImageFilter.MinFilter(3))
    )
    edges = apart.point([255 if v > _EDGE else 0 for v in range(256)])
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
