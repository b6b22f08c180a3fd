"""Recognitions made of lines of text, and the check that a reader's time grows linearly."""

from __future__ import annotations

from collections.abc import Callable

from mockocr.core.recognition import Quad, Recognition, line_of_text
from tests.timing import grows_within

LINEAR = 32
"""Eight times the text takes about 8 times as long in linear and 64 times in quadratic time."""


def card(*texts: str, confidence: float = 0.9) -> Recognition:
    """One line for each text: 40 px high, 60 px apart, 30 px for each character."""
    lines = []
    for row, text in enumerate(texts):
        quad = Quad.upright(10, 10 + 60 * row, 10 + 30 * len(text), 50 + 60 * row)
        lines.append(line_of_text(text, quad, confidence))
    return Recognition(tuple(lines))


def is_linear(work: Callable[[Recognition], object], text: str) -> bool:
    """True if `work` needs linear time for a line that repeats `text`."""
    return grows_within(LINEAR, work, card(text * 1_000), card(text * 8_000))
