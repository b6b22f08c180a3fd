"""Cuts a page that is full of small text into bands, since Tesseract cannot be stopped within a
page: it takes 5 ms of processor for a Chinese character, and more for each the more there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from PIL import Image as Pillow
from PIL import ImageChops

_EDGE = 48
"""Levels between two neighbouring pixels of a row that are the edge of a stroke."""
_MOST, _BAND = 120_000, 40_000
"""Edges of a page that is read at once, and of one band: some 600 small Chinese characters."""
_CALM = 0.4
"""A band ends at the row with the fewest edges in this last share of it."""


def of(page: Pillow.Image) -> Iterator[tuple[int, Pillow.Image]]:
    """The top of each band of a grey page and its picture; the whole page if it is not dense."""
    counts = _edges(page)
    if sum(counts) <= _MOST:
        yield 0, page
        return
    top, full = 0, 0.0
    for row, count in enumerate(counts):
        full += count
        if full < _BAND:
            continue
        earliest = row - int(_CALM * (row - top))
        end = min(range(earliest, row + 1), key=lambda n: (counts[n], -n))
        if end > top:
            yield top, page.crop((0, top, page.width, end))
            top, full = end, sum(counts[end : row + 1])
    yield top, page.crop((0, top, page.width, page.height))


def _edges(page: Pillow.Image) -> list[float]:
    """How many edges each row has."""
    beside = ImageChops.difference(page, ImageChops.offset(page, 1, 0))
    edges = beside.point([255 if level > _EDGE else 0 for level in range(256)])
    rows = edges.convert("F").resize((1, page.height), Pillow.Resampling.BOX)
    return [share / 255 * page.width for share in array("f", rows.tobytes())]
