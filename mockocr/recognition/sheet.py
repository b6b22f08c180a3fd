"""Lays images of lines out one below the other, so that Tesseract reads all of them in one pass.

Of drawn lines it reads more right so than one by one: its page mode for a block finds the height of
the letters from all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from PIL import Image as Pillow

from mockocr.recognition.conversion import Edges, Row
from mockocr.recognition.passes import BLOCK, Tesseract

_MARGIN, _SPACE = 12, 17
"""White pixels around the sheet and between two lines."""
_MOST, _WIDTH = 40, 24_000
"""Lines of one sheet, and pixels of their width together, which are 900 Chinese characters: a
reading stops only between two sheets.
"""


def read(tesseract: Tesseract, lines: Sequence[Pillow.Image], languages: str) -> list[list[Row]]:
    """The rows that Tesseract sees in each grey line, in pixels of that line."""
    found: list[list[Row]] = []
    for some in _sheets(lines):
        found += _read(tesseract, some, languages)
    return found


def _sheets(lines: Sequence[Pillow.Image]) -> Iterator[list[Pillow.Image]]:
    some: list[Pillow.Image] = []
    for line in lines:
        if some and (len(some) == _MOST or sum(one.width for one in some) + line.width > _WIDTH):
            yield some
            some = []
        some.append(line)
    if some:
        yield some


def _read(tesseract: Tesseract, lines: Sequence[Pillow.Image], languages: str) -> list[list[Row]]:
    width = max(line.width for line in lines) + 2 * _MARGIN
    height = sum(line.height + _SPACE for line in lines) - _SPACE + 2 * _MARGIN
    page = Pillow.new("L", (width, height), 255)
    tops, top = list[int](), _MARGIN
    for line in lines:
        page.paste(line, (_MARGIN, top))
        tops.append(top)
        top += line.height + _SPACE
    found: list[list[Row]] = [[] for _ in lines]
    (rows,) = tesseract.rows([page], BLOCK, languages)
    for row in rows:
        middle = (row.edges[1] + row.edges[3]) / 2
        number = min(
            range(len(lines)),
            key=lambda n: max(tops[n] - middle, middle - tops[n] - lines[n].height, 0),
        )
        found[number].append(_moved(row, tops[number]))
    return found


def _moved(row: Row, top: int) -> Row:
    def move(edges: Edges) -> Edges:
        return edges[0] - _MARGIN, edges[1] - top, edges[2] - _MARGIN, edges[3] - top

    glyphs = [replace(glyph, edges=move(glyph.edges)) for glyph in row.glyphs]
    return Row(move(row.edges), row.slope, glyphs)
