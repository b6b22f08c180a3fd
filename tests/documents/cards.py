"""Recognitions of cards, line by line."""

from __future__ import annotations

from mockocr.core.recognition import Quad, Recognition, line_of_text


def card(*texts: str, confidence: float = 0.9) -> Recognition:
    """Lines of 40 pixels, 60 apart, 30 pixels a character."""
    lines = []
    for row, text in enumerate(texts):
        quad = Quad.upright(10, 10 + 60 * row, 10 + 30 * len(text), 50 + 60 * row)
        lines.append(line_of_text(text, quad, confidence))
    return Recognition(tuple(lines))
