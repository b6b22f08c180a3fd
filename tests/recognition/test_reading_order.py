"""The reading order of the lines of a page."""

from __future__ import annotations

from mockocr.recognition import reading_order
from mockocr.recognition.conversion import Glyph, Row


def row(text: str, left: float, top: float, confidence: float = 0.95, height: float = 20) -> Row:
    glyphs = [
        Glyph(c, (left + i * 20, top, left + i * 20 + 20, top + height), confidence)
        for i, c in enumerate(text)
    ]
    return Row((left, top, left + len(text) * 20, top + height), 0.0, glyphs)


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


def test_three_columns_are_read_one_after_the_other() -> None:
    text = "春天来了公园里开满了花"
    columns = [[row(text[: 11 - i], x, i * 30) for i in range(4)] for x in (0, 300, 600)]
    mixed = [piece for level in zip(*columns, strict=True) for piece in level]
    assert [block for block, _ in ordered(*mixed)] == [0] * 4 + [1] * 4 + [2] * 4


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
