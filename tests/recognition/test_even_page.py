"""Even pages of print need no detector, and every other page is left to it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image as Pillow

from mockocr.recognition import even_page, preprocess
from mockocr.recognition.conversion import Glyph, Row
from mockocr.samples.drawing import Panel, Picture, Text, render
from tests.recognition.reading import image_of, overlap


class Reader:
    """Sees the same text with the same confidence in every line, and counts the lines."""

    name = "scripted"

    def __init__(self, text: str = "合计", confidence: float = 0.95) -> None:
        self.text, self.confidence, self.lines = text, confidence, 0

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        found = [preprocess.rows(preprocess.inked(picture)) for picture in pictures]
        self.lines += sum(map(len, found))
        return [[self._row(*band) for band in bands if self.text] for bands in found]

    def _row(self, top: int, bottom: int) -> Row:
        glyphs = [
            Glyph(c, (12 + i * 24, top, 36 + i * 24, bottom), self.confidence)
            for i, c in enumerate(self.text)
        ]
        return Row((12, top, 12 + 24 * len(self.text), bottom), 0.0, glyphs)


PAGE = render([f"第{n}行的文字" for n in range(9)], pixels=24)


def read(picture: Picture, reader: Reader) -> list[even_page.Piece] | None:
    return even_page.read(image_of(picture), reader)


def test_every_line_of_an_even_page_is_a_piece_at_its_place() -> None:
    reader = Reader()
    pieces = read(PAGE, reader)
    assert pieces is not None
    assert reader.lines == len(pieces) == len(PAGE.lines)
    for piece, line in zip(pieces, PAGE.lines, strict=True):
        assert overlap(piece.quad, line.quad) > 0.7
        assert not piece.is_doubtful


def test_a_page_whose_first_lines_are_not_sure_is_left_after_a_sample() -> None:
    reader = Reader(confidence=0.6)
    assert read(PAGE, reader) is None
    assert reader.lines < len(PAGE.lines)


class DoubtfulOnce(Reader):
    """Is not sure of the second line, as of an e-mail address."""

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        (sheet, *others) = super().rows(pictures, mode, languages)
        if self.lines > len(sheet):  # not the first sheet
            return [sheet, *others]
        sure, self.confidence = self.confidence, 0.3
        (doubtful, *_) = super().rows(pictures, mode, languages)
        self.confidence = sure
        return [[sheet[0], doubtful[1], *sheet[2:]], *others]


def test_one_doubtful_line_in_the_sample_does_not_make_a_page_doubtful() -> None:
    pieces = read(PAGE, DoubtfulOnce())
    assert pieces is not None
    assert [piece.is_doubtful for piece in pieces].count(True) == 1


def test_a_piece_that_gives_no_text_means_that_the_page_is_left() -> None:
    assert read(PAGE, Reader(text="")) is None


@pytest.mark.parametrize(
    "picture",
    [
        render([Text("白字", 20, 20, 30, ink="white")], panels=[Panel(0, 0, 200, 70, "#20406a")],
               size=(400, 300)),
        render(["渐变"], ground="#ffffff-#405060"),
        render([], size=(200, 100)),
    ],
    ids=["a panel", "a gradient", "nothing"],
)  # fmt: skip
def test_other_pages_are_not_even_shown_to_tesseract(picture: Picture) -> None:
    reader = Reader()
    assert read(picture, reader) is None
    assert reader.lines == 0


def test_ink_that_no_piece_covers_means_that_the_page_is_left() -> None:
    page = PAGE.open()
    framed = Pillow.new("RGB", (page.width + 200, page.height + 200), "white")
    framed.paste(page, (100, 100))
    for x in range(0, framed.width, 6):  # faint hatching, which is no text
        framed.paste("#d8d8d8", (x, framed.height - 60, x + 2, framed.height - 10))
    assert even_page.read(image_of(framed), Reader()) is None
