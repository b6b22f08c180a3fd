"""The text of one line: from Tesseract's rows or from columns of a model, to a line with words."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Point, Quad
from mockocr.recognition import line_text
from mockocr.recognition.conversion import Glyph, Row
from mockocr.recognition.line_text import LineText

QUAD = Quad.upright(100, 20, 300, 60)


def row(text: str, left: float, width: float = 20, confidence: float = 0.9) -> Row:
    glyphs = [
        Glyph(c, (left + i * width, 0, left + (i + 1) * width, 30), confidence)
        for i, c in enumerate(text)
    ]
    return Row((left, 0, left + len(text) * width, 30), 0.0, glyphs)


def test_rows_of_one_image_are_parts_of_one_line_from_left_to_right() -> None:
    read = line_text.of_rows([row("ab", 110), row("合计", 10)], width=200, margin=10)
    assert read.text == "合计 ab"
    assert read.places == ((0.0, 0.1), (0.1, 0.2), (0.5, 0.6), (0.6, 0.7))
    assert read.confidence == pytest.approx(0.9)


def test_chinese_characters_share_their_run_evenly_and_latin_ones_keep_their_edges() -> None:
    mixed = row("合计ab", 0)
    mixed.glyphs[0].edges = (0, 0, 5, 30)
    mixed.glyphs[3].edges = (66, 0, 80, 30)
    read = line_text.of_rows([mixed], width=100, margin=0)
    assert read.places[:2] == ((0.0, 0.2), (0.2, 0.4))
    assert read.places[3] == (0.66, 0.8)


def test_characters_of_known_middles_meet_half_way_and_leave_blanks_free() -> None:
    assert line_text.edges_of([0.25, 0.75], set()) == [(0.0, 0.5), (0.5, 1.0)]
    (_, first), (second, _) = line_text.edges_of([0.25, 0.75], {1})
    assert (first, second) == pytest.approx((0.415, 0.585))


def test_blanks_around_a_text_are_left_out() -> None:
    read = line_text.of_columns(" a b ", [0.1, 0.3, 0.5, 0.7, 0.9], [0.1, 0.8, 0.1, 0.6, 0.1])
    assert read.text == "a b"
    assert len(read.places) == 2
    assert read.confidences == (0.8, 0.6)


@pytest.mark.parametrize("text", ["", "  "])
def test_a_text_of_blanks_is_no_text(text: str) -> None:
    read = line_text.of_columns(text, [0.5] * len(text), [0.9] * len(text))
    assert not read
    assert read.confidence == read.surety == 0.0


def test_one_doubtful_character_makes_a_line_doubtful() -> None:
    read = LineText("abcd", ((0.0, 1.0),) * 4, (1.0, 1.0, 1.0, 0.2))
    assert read.confidence == pytest.approx(0.8)
    assert read.surety == pytest.approx(0.5)


def test_words_part_at_blanks_and_where_chinese_meets_other_text() -> None:
    places = tuple((i / 6, (i + 1) / 6) for i in range(6))
    line = line_text.line_of(LineText("合计:1 ab", places, (0.9,) * 6), QUAD)
    assert [(word.text, word.spaced) for word in line.words] == [
        ("合计", False),
        (":1", False),
        ("ab", True),
    ]
    assert line.text == "合计:1 ab"
    assert line.words[0].quad.extent == pytest.approx((100, 20, 100 + 200 / 3, 60))
    assert line.quad.extent == pytest.approx((100, 20, 300, 60))


def test_the_rim_that_a_detector_leaves_is_taken_off() -> None:
    read = LineText("ab", ((0.1, 0.5), (0.5, 0.9)), (0.9, 0.9))
    line = line_text.line_of(read, QUAD, (0.1, 0.25, 0.9, 0.75))
    assert line.quad.extent == pytest.approx((120, 30, 280, 50))
    assert line.characters[0].quad.extent == pytest.approx((120, 30, 200, 50))


def test_a_part_of_a_region_keeps_the_order_of_the_corners() -> None:
    part = line_text.part_of(Quad.upright(0, 0, 100, 40), 0.1, 0.25, 0.9, 0.5)
    assert part == Quad.upright(10, 10, 90, 20)


def test_a_line_that_runs_down_has_its_characters_below_each_other() -> None:
    down = Quad(Point(40, 0), Point(40, 100), Point(0, 100), Point(0, 0))
    line = line_text.line_of(LineText("上下", ((0.0, 0.5), (0.5, 1.0)), (0.9, 0.9)), down)
    above, below = line.characters
    assert line.quad.angle == 90
    assert [above.quad.extent, below.quad.extent] == [(0, 0, 40, 50), (0, 50, 40, 100)]


def test_pale_print_before_dark_text_is_part_of_the_line() -> None:
    read = LineText("性别男", ((0.0, 0.3), (0.3, 0.6), (0.6, 1.0)), (0.9, 0.9, 0.9))
    dark = line_text.line_of(read, QUAD, (0.7, 0.1, 0.9, 0.9))
    assert dark.quad.extent == pytest.approx((100, 24, 300, 56))
    inked = line_text.line_of(read, QUAD, (0.1, 0.1, 0.9, 0.9))
    assert inked.quad.extent == pytest.approx((120, 24, 280, 56))
