"""How Tesseract alone reads a page: which passes it makes and which reading stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.recognition import page_reader
from mockocr.recognition.conversion import Glyph, Row
from mockocr.recognition.passes import BLOCK, BOTH, CHINESE, SPARSE
from mockocr.samples.drawing import render
from tests.recognition.reading import image_of

Answer = tuple[str, float]


class Reader:
    """Answers by page mode and models: a text and its confidence, once for every picture."""

    name = "scripted"

    def __init__(self, answers: dict[tuple[int, str], Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[int, str]] = []

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        if pictures:
            self.asked.append((mode, languages))
        text, confidence = self.answers.get((mode, languages), ("", 0.0))
        return [[self._row(text, confidence, p)] if text else [] for p in pictures]

    def _row(self, text: str, confidence: float, picture: Pillow.Image) -> Row:
        step = picture.width / len(text)
        glyphs = [
            Glyph(c, (i * step, 10, (i + 1) * step, 50), confidence) for i, c in enumerate(text)
        ]
        return Row((0, 10, picture.width, 50), 0.0, glyphs)


EVEN = image_of(render(["合计金额"], pixels=28, size=(400, 300)))
UNEVEN = image_of(render(["合计金额"], pixels=28, ground="#ffffff-#506070", size=(400, 300)))


def read(reader: Reader, image: Image = UNEVEN, **options: Any) -> list[str]:
    return [line.text for line in page_reader.read(image, ReadOptions(**options), reader).lines]


def test_a_sure_even_page_needs_one_pass() -> None:
    reader = Reader({(BLOCK, CHINESE): ("合计金额", 0.95)})
    assert read(reader, EVEN) == ["合计金额"]
    assert reader.asked == [(BLOCK, CHINESE)]


def test_a_sure_page_reading_of_another_page_is_enough() -> None:
    reader = Reader({(SPARSE, BOTH): ("合计金额", 0.95)})
    assert read(reader) == ["合计金额"]
    assert reader.asked == [(SPARSE, BOTH)]


def test_a_weak_line_is_replaced_by_a_stronger_reading_of_itself() -> None:
    reader = Reader({(SPARSE, BOTH): ("台计金额", 0.7), (BLOCK, CHINESE): ("合计金额", 0.93)})
    assert read(reader) == ["合计金额"]
    assert reader.asked == [(SPARSE, BOTH), (BLOCK, CHINESE)]


def test_chinese_is_not_taken_for_latin_capitals() -> None:
    reader = Reader({(SPARSE, BOTH): ("合计金额", 0.8), (BLOCK, BOTH): ("AITEMFGH", 0.99)})
    assert read(reader) == ["合计金额"]


def test_a_page_that_stays_unsure_is_read_with_its_ground_taken_away() -> None:
    reader = Reader({(SPARSE, BOTH): ("合计金额", 0.6)})
    assert read(reader) == ["合计金额"]
    assert reader.asked.count((SPARSE, BOTH)) == 2


def test_a_single_line_is_read_as_one() -> None:
    reader = Reader({(BLOCK, BOTH): ("合计", 0.9)})
    assert read(reader, layout="line") == ["合计"]
    assert all(mode != SPARSE for mode, _ in reader.asked)


@pytest.mark.parametrize("turn", [False, True])
def test_an_even_picture_is_not_even_shown_to_tesseract(turn: bool) -> None:
    reader = Reader({(BLOCK, BOTH): ("合计", 0.9), (SPARSE, BOTH): ("合计", 0.9)})
    blank = image_of(Pillow.new("RGB", (50, 40), "#777"))
    assert read(reader, blank, turn=turn) == []
    assert reader.asked == []


class Inverted(Reader):
    """Reads the page well only on its head, which it knows by the darker corner of `UNEVEN`."""

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        found = super().rows(pictures, mode, languages)
        if mode != SPARSE:
            return found
        is_turned = pictures[0].getpixel((5, 5)) < pictures[0].getpixel((395, 295))  # type: ignore[operator] # numbers
        text, confidence = ("合计金额", 0.95) if is_turned else ("丨一", 0.3)
        return [[self._row(text, confidence, p)] for p in pictures]


def test_a_page_that_reads_badly_is_read_on_its_head() -> None:
    reader = Inverted({})
    recognition = page_reader.read(UNEVEN, ReadOptions(), reader)
    assert [line.text for line in recognition.lines] == ["合计金额"]
    left, top = recognition.lines[0].quad.tl
    right, bottom = recognition.lines[0].quad.br
    assert left > right
    assert top > bottom
    assert recognition.angle == 0


def test_a_page_is_turned_only_when_it_is_poor() -> None:
    reader = Reader({(SPARSE, BOTH): ("合计金额", 0.4)})
    read(reader)
    assert reader.asked.count((SPARSE, BOTH)) == 3
    reader = Reader({(SPARSE, BOTH): ("合计金额", 0.55)})
    read(reader)
    assert reader.asked.count((SPARSE, BOTH)) == 2
