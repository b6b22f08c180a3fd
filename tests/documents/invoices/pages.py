"""Recognitions made of texts at given places, as a reader finds them on an invoice."""

from __future__ import annotations

import unicodedata

from mockocr.core.recognition import ORIGIN, Line, Quad, Recognition, line_of_text

HEIGHT = 20
Cell = tuple[float, float, str]
"""Left, top and text; the text is 20 px high, a Chinese character 20 and a Latin one 10 px wide."""


def page(*cells: Cell, turn: float = 0.0) -> Recognition:
    """One line for each cell; the whole page is turned by some degrees."""
    lines = []
    for left, top, text in cells:
        quad = Quad.upright(left, top, left + width_of(text), top + HEIGHT)
        lines.append(_line(text, quad.rotated(turn, ORIGIN) if turn else quad))
    return Recognition(tuple(lines))


def upright(left: float, top: float, text: str) -> tuple[Cell, ...]:
    """A label that is printed one character below the other, as lines of one character."""
    return tuple((left, top + 24 * number, character) for number, character in enumerate(text))


def width_of(text: str) -> float:
    """Pixels that a text takes."""
    return sum(20 if unicodedata.east_asian_width(c) in "WF" else 10 for c in text)


def _line(text: str, quad: Quad) -> Line:
    return line_of_text(text, quad, 0.9)
