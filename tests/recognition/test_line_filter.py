"""The lines of Tesseract that are text, from lines that are scripted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mockocr.recognition.line_filter import believed
from mockocr.recognition.line_text import LineText


@dataclass(frozen=True, slots=True)
class Read:
    text: LineText


def line(text: str, confidence: float) -> Read:
    letters = text.replace(" ", "")
    places = tuple((i / len(letters), (i + 1) / len(letters)) for i in range(len(letters)))
    return Read(LineText(text, places, (confidence,) * len(letters)))


@pytest.mark.parametrize(
    ("text", "confidence", "is_text"),
    [
        ("合计", 0.7, True),
        ("合计", 0.6, False),
        ("a", 0.9, True),
        ("a", 0.8, False),
        ("111", 0.95, True),
        ("111", 0.8, False),
        ("一一一一", 0.7, False),
        ("—:.", 0.99, False),
        ("Invoice", 0.5, True),
        ("Invoice", 0.4, False),
    ],
)
def test_short_lines_and_strokes_have_to_be_surer(
    text: str, confidence: float, is_text: bool
) -> None:
    one = line(text, confidence)
    assert believed([one]) == ([one] if is_text else [])


def test_the_order_of_the_lines_stays() -> None:
    lines = [line("合计金额", 0.9), line("x", 0.1), line("Invoice", 0.6)]
    assert believed(lines) == [lines[0], lines[2]]
