"""What is text and what is a photo, from rows that are scripted."""

from __future__ import annotations

import pytest

from mockocr.recognition.conversion import Glyph, Row
from mockocr.recognition.line_filter import believed, is_photo


def row(text: str, confidence: float, left: float = 0, top: float = 0) -> Row:
    glyphs = [Glyph(c, (left, top, left + 20, top + 20), confidence) for c in text]
    return Row((left, top, left + 20 * len(text), top + 20), 0.0, glyphs)


def kept(*rows: Row, photo: bool = False) -> list[str]:
    return [r.text for r in believed(rows, photo)]


def test_a_page_read_unsurely_in_many_pieces_is_a_photo() -> None:
    assert is_photo([0.2] * 40, 40)
    assert is_photo([0.9] * 5, 40)  # most pieces gave nothing at all
    assert not is_photo([0.8] * 40, 10)
    assert not is_photo([0.2] * 4, 1)


@pytest.mark.parametrize(
    ("text", "confidence", "there"),
    [
        ("合计", 0.7, True),
        ("合计", 0.6, False),
        ("a", 0.9, True),
        ("a", 0.8, False),
        ("111", 0.95, True),
        ("111", 0.8, False),
        ("一一一一", 0.7, False),
        ("Invoice", 0.5, True),
        ("Invoice", 0.4, False),
    ],
)
def test_short_lines_and_strokes_have_to_be_surer(
    text: str, confidence: float, there: bool
) -> None:
    assert kept(row(text, confidence)) == ([text] if there else [])


def test_rows_of_strokes_are_bricks() -> None:
    bricks = [row("1", 0.95, 40 * i, 40 * k) for i in range(3) for k in range(3)]
    assert kept(*bricks) == []
    assert kept(*bricks, row("停车场", 0.9, 0, 300)) == ["停车场"]


def test_ones_on_a_receipt_stay() -> None:
    goods = [row("苹果汁", 0.9, 0, 40 * i) for i in range(6)]
    ones = [row("1", 0.7, 200, 40 * i) for i in range(6)]
    assert kept(*goods, *ones) == ["苹果汁"] * 6 + ["1"] * 6


def test_a_sign_in_a_photo_is_read_when_long_and_sure() -> None:
    rows = (row("停车", 0.9), row("停", 0.95), row("出口", 0.8), row("1111", 0.99))
    assert kept(*rows, photo=True) == ["停车"]
