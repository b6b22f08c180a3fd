"""How passes are made, chosen and put in order, with passes that are scripted."""

from __future__ import annotations

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.recognition import reading_order
from mockocr.recognition.conversion import Glyph, Row
from mockocr.samples.drawing import render
from tests.recognition.reading import image_of


def row(text: str, left: float, top: float, confidence: float = 0.95, height: float = 20) -> Row:
    glyphs = [
        Glyph(c, (left + i * 20, top, left + i * 20 + 20, top + height), confidence)
        for i, c in enumerate(text)
    ]
    return Row((left, top, left + len(text) * 20, top + height), 0.0, glyphs)


class Passes:
    """Answers the passes of one picture with given lines, and remembers how they were asked."""

    def __init__(self, *answers: list[Row]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, str]] = []

    def __call__(self, picture: Pillow.Image, mode: int, languages: str) -> list[Row]:
        self.asked.append((mode, languages))
        return self.answers.pop(0) if self.answers else []


PICTURE = image_of(render(["合计"], pixels=28))


def read(passes: Passes, options: ReadOptions | None = None) -> list[str]:
    return [
        line.text for line in passes.read(PICTURE, options or ReadOptions(), passes, "test").lines
    ]


def test_a_sure_reading_needs_one_pass() -> None:
    passes = Passes([row("合计", 12, 12)])
    assert read(passes) == ["合计"]
    assert passes.asked == [(passes.BLOCK, passes.CHINESE)]


def test_a_weak_reading_is_replaced_by_a_surer_one() -> None:
    passes = Passes([row("台计", 12, 12, 0.7)], [row("合计", 12, 12, 0.93)])
    assert read(passes) == ["合计"]
    assert passes.asked[1] == (passes.BLOCK, passes.BOTH)


def test_chinese_is_not_taken_for_latin_capitals() -> None:
    assert read(Passes([row("合计", 12, 12, 0.7)], [row("GIT", 12, 12, 0.95)])) == ["合计"]


def test_a_piece_that_stays_weak_is_read_a_third_time_alone() -> None:
    passes = Passes([row("口计", 12, 12, 0.5)], [], [row("合计", 12, 12, 0.9)])
    assert read(passes) == ["合计"]
    assert passes.asked[2] == (passes.RAW, passes.CHINESE)


def test_a_single_line_is_asked_for_as_one() -> None:
    passes = Passes([row("合计", 12, 12)])
    read(passes, ReadOptions(passes="line"))
    assert passes.asked == [(passes.LINE, passes.CHINESE)]


@pytest.mark.parametrize(
    ("text", "confidence"), [("一", 0.8), ("ab", 0.7), ("—:.", 0.99), ("abcdefgh", 0.3)]
)
def test_what_is_hardly_text_is_dropped(text: str, confidence: float) -> None:
    assert read(Passes(*[[row(text, 12, 12, confidence)]] * 3)) == []


def test_a_weak_cell_stays_beside_sure_text_and_goes_when_alone() -> None:
    sure, cell = row("苹果汁牛奶", 12, 12), row("1", 200, 12, 0.7)
    assert read(Passes(*[[sure, cell]] * 3)) == ["苹果汁牛奶", "1"]
    assert read(Passes(*[[cell]] * 3)) == []


def test_a_blank_picture_is_not_even_shown_to_tesseract() -> None:
    passes = Passes([row("合计", 12, 12)])
    blank = image_of(Pillow.new("RGB", (50, 40), "#777"))
    assert passes.read(blank, ReadOptions(turn=True), passes, "test").lines == ()
    assert passes.asked == []


def ordered(*rows: Row) -> list[tuple[int, str]]:
    return [(block, r.text) for block, r in reading_order.order(rows)]


def test_pieces_side_by_side_are_read_from_left_to_right() -> None:
    assert ordered(
        row("13.60", 300, 3), row("苹果汁", 0, 0), row("5.50", 300, 41), row("牛奶", 0, 40)
    ) == [(0, "苹果汁"), (0, "13.60"), (0, "牛奶"), (0, "5.50")]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    left = [row("春天来了公园里开满了花"[: 11 - i], 0, i * 30) for i in range(4)]
    right = [row("夏天的海边总是很热闹啊"[: 11 - i], 300, i * 30) for i in range(4)]
    mixed = [piece for pair in zip(left, right, strict=True) for piece in pair]
    assert [text for _, text in ordered(*mixed)] == [r.text for r in left + right]
    assert [block for block, _ in ordered(*mixed)] == [0] * 4 + [1] * 4


def test_a_heading_over_columns_comes_first() -> None:
    rows = [row("春天来了公园里开满了花", x, 100 + i * 30) for x in (0, 300) for i in range(4)]
    heading = row("关于春天和夏天的两段文字对照表格", 100, 20)
    assert ordered(*rows, heading)[0] == (0, heading.text)


def test_labels_with_values_are_a_form_not_columns() -> None:
    rows = [row("收货人的名称地址:", 0, i * 30) for i in range(4)]
    values = [row("深圳市南山区科技园", 300, i * 30) for i in range(4)]
    texts = [text for _, text in ordered(*rows, *values)]
    assert texts == ["收货人的名称地址:", "深圳市南山区科技园"] * 4


def test_space_between_paragraphs_begins_a_new_block() -> None:
    assert ordered(row("一段", 0, 0), row("接着", 0, 30), row("二段", 0, 100)) == [
        (0, "一段"),
        (0, "接着"),
        (1, "二段"),
    ]


def test_no_rows_have_no_order() -> None:
    assert ordered() == []


def test_an_upright_page_costs_no_more_passes_when_its_direction_is_looked_for() -> None:
    passes = Passes([row("合计合计", 12, 12)])
    assert read(passes, ReadOptions(turn=True)) == ["合计合计"]
    assert len(passes.asked) == 1


def test_a_page_that_reads_badly_is_tried_in_every_direction() -> None:
    passes = Passes([], [], [row("合计合计", 12, 12)])
    assert read(passes, ReadOptions(turn=True)) == ["合计合计"]
    assert passes.asked[:3] == [(passes.BLOCK, passes.CHINESE)] * 3


def test_words_and_characters_go_back_to_the_page_with_their_line() -> None:
    page = image_of(render(["合计 ab"], pixels=28, angle=90))
    passes = Passes(*[[row("合计ab", 12, 12)]] * 4)
    (line,) = passes.read(page, ReadOptions(turn=True), passes, "test").lines
    assert abs(line.quad.angle) == pytest.approx(90)
    left, top, right, bottom = line.quad.extent
    for part in (*line.words, *line.characters):
        assert part.quad.angle == pytest.approx(line.quad.angle)
        assert left - 1 <= part.quad.extent[0] <= part.quad.extent[2] <= right + 1
        assert top - 1 <= part.quad.extent[1] <= part.quad.extent[3] <= bottom + 1
