"""Lines that are laid on one sheet come back with their own rows."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.recognition import preprocess, sheet
from mockocr.recognition.conversion import Glyph, Row
from mockocr.recognition.passes import BLOCK, CHINESE


class Reader:
    """Sees every stretch of ink of a sheet as one row, and remembers the sheets."""

    name = "scripted"

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        self.asked.append((mode, languages))
        return [
            [self._row(picture, *band) for band in self._bands(picture)] for picture in pictures
        ]

    def _bands(self, picture: Pillow.Image) -> list[tuple[int, int]]:
        return preprocess.rows(preprocess.inked(picture))

    def _row(self, picture: Pillow.Image, top: int, bottom: int) -> Row:
        ink = preprocess.inked(picture.crop((0, top, picture.width, bottom)))
        ((left, right),) = preprocess.columns(ink)
        edges = (left, top, right, bottom)
        return Row(edges, 0.0, [Glyph("x", edges, 0.9)])


def line(left: int, right: int, height: int = 28) -> Pillow.Image:
    picture = Pillow.new("L", (300, height), 255)
    picture.paste(0, (left, 4, right, height - 4))
    return picture


def test_every_line_gets_its_rows_in_its_own_pixels() -> None:
    reader = Reader()
    lines = [line(10, 90), Pillow.new("L", (200, 20), 255), line(40, 260, 60)]
    first, second, third = sheet.read(reader, lines, CHINESE)
    assert reader.asked == [(BLOCK, CHINESE)]
    assert [row.edges for row in first] == [(10, 4, 90, 24)]
    assert not second
    assert [row.edges for row in third] == [(40, 4, 260, 56)]
    assert third[0].glyphs[0].edges == (40, 4, 260, 56)


def test_many_lines_take_several_sheets() -> None:
    reader = Reader()
    found = sheet.read(reader, [line(10, 90)] * 90, CHINESE)
    assert [len(rows) for rows in found] == [1] * 90
    assert len(reader.asked) == 3


def test_no_lines_need_no_sheet() -> None:
    reader = Reader()
    assert sheet.read(reader, [], CHINESE) == []
    assert reader.asked == []


def test_wide_lines_come_on_several_sheets_so_that_none_takes_long() -> None:
    reader = Reader()
    lines = [Pillow.new("L", (10_000, 8), 255) for _ in range(5)]
    assert sheet.read(reader, lines, CHINESE) == [[]] * 5
    assert len(reader.asked) == 3
