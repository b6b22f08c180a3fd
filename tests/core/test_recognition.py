"""Corners, boxes and angles: pixels from the top left, corners in the text's own frame."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import (
    Box,
    Line,
    Point,
    Quad,
    Recognition,
    Word,
    float32,
    line_of_text,
    mean,
)
from mockocr.core.recognition_json import (
    READABLE,
    recognition_from_json,
    recognition_to_json,
)

BOX = Quad.upright(10, 20, 110, 60)
DOWN = Quad(Point(100, 50), Point(100, 250), Point(60, 250), Point(60, 50))


def test_an_upright_quad_runs_top_left_top_right_bottom_right_bottom_left() -> None:
    assert list(BOX) == [Point(10, 20), Point(110, 20), Point(110, 60), Point(10, 60)]
    assert BOX.bounds == Box(x=10, y=20, width=100, height=40)


def test_bounds_of_turned_text_are_the_upright_box_around_it() -> None:
    assert DOWN.bounds == Box(60, 50, 40, 200)


@pytest.mark.parametrize(
    ("quad", "degrees"),
    [
        (BOX, 0),
        (DOWN, 90),
        (Quad(BOX.br, BOX.bl, BOX.tl, BOX.tr), 180),
        (Quad(DOWN.br, DOWN.bl, DOWN.tl, DOWN.tr), -90),
    ],
)
def test_an_angle_is_clockwise_from_horizontal(quad: Quad, degrees: float) -> None:
    assert quad.angle == pytest.approx(degrees)


def test_corners_round_to_the_nearest_pixel() -> None:
    assert Quad.upright(0.4, 0.6, 9.5, 10.49).rounded == ((0, 1), (10, 1), (10, 10), (0, 10))


def test_a_share_runs_along_the_reading_direction() -> None:
    assert DOWN.share(0.5, 1) == Quad(
        Point(100, 150), Point(100, 250), Point(60, 250), Point(60, 150)
    )
    assert BOX.share(0, 0.1).bounds == Box(10, 20, 10, 40)


def test_a_line_keeps_blanks_between_words_and_none_between_characters() -> None:
    line = line_of_text("发票 No 1", BOX, 0.5)
    assert line.text == "发票 No 1"
    assert [w.text for w in line.words] == ["发票", "No", "1"]
    assert "".join(c.text for c in line.characters) == "发票No1"
    assert line.words[1].quad.tl.x == pytest.approx(10 + 100 * 3 / 7)


def test_words_that_are_not_spaced_join() -> None:
    words = (Word("发", BOX, 1), Word("票", BOX, 1), Word("A", BOX, 1, spaced=True))
    assert Line(words, BOX, 1).text == "发票 A"


def test_an_empty_line_has_no_words() -> None:
    assert line_of_text("", BOX).text == ""


def test_the_mean_of_nothing_is_zero() -> None:
    assert mean([]) == 0.0
    assert mean([1, 2]) == 1.5


def test_a_word_without_characters_gets_them_evenly_spread() -> None:
    word = Word("发A", Quad.upright(0, 0, 20, 10), 0.5)
    assert [c.text for c in word.characters] == ["发", "A"]
    assert [c.quad.bounds for c in word.characters] == [Box(0, 0, 10, 10), Box(10, 0, 10, 10)]
    assert {c.confidence for c in word.characters} == {0.5}


def test_a_turned_quad_levels_about_its_centre() -> None:
    level = DOWN.leveled()
    assert level.angle == pytest.approx(0)
    assert (level.width, level.height) == pytest.approx((200, 40))
    assert level.center == pytest.approx(DOWN.center)
    assert DOWN.rotated(-90).angle == pytest.approx(0)


def test_a_float32_prints_all_its_digits() -> None:
    assert float32(0.9) == 0.8999999761581421


def test_a_recognition_survives_json() -> None:
    word = Word("发票", DOWN, 0.25, spaced=True)
    recognition = Recognition((Line((word,), DOWN, 0.5, 3),), 90.0, "engine 1")
    assert recognition_from_json(recognition_to_json(recognition)) == recognition
    assert recognition_to_json(recognition, READABLE)["lines"][0]["words"][0]["confidence"] == 0.25
