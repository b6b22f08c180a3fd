"""Which fonts a line may be set in: an approximation from what its recognition shows.

Tesseract names no fonts, so this does not look at strokes. Each font has a taste for Chinese, Latin
and digits and for how wide a character stands; the five whose taste comes nearest to the line are
given, and the same line always gets the same fonts. The names are of the kind that the web-image
page shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from mockocr.core.recognition import Line

COUNT = 5


@dataclass(frozen=True, slots=True)
class Face:
    """A font's taste: shares of Chinese and of digits in its text (the rest is Latin), and the
    usual width of a character in line heights.
    """

    name: str
    chinese: float
    digits: float
    width: float


FACES: tuple[Face, ...] = (
    Face("黑体", 1.0, 0.0, 1.0),
    Face("宋体", 0.9, 0.1, 0.95),
    Face("华文中宋体", 0.8, 0.0, 0.9),
    Face("微软正黑粗体", 0.85, 0.05, 1.05),
    Face("文泉驿等宽正黑体", 0.6, 0.2, 0.8),
    Face("楷体", 0.95, 0.0, 0.85),
    Face("Arial", 0.0, 0.2, 0.5),
    Face("Times New Roman", 0.0, 0.0, 0.42),
    Face("Courier New", 0.0, 0.4, 0.6),
    Face("Verdana", 0.0, 0.1, 0.62),
    Face("Georgia", 0.05, 0.6, 0.5),
    Face("Impact", 0.1, 0.3, 0.35),
)


def likely(line: Line) -> list[tuple[str, float]]:
    """Five font names with scores from 0 to 1, four decimals, highest first."""
    text = "".join(line.text.split())
    length = max(len(text), 1)
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text) / length
    digits = sum(c.isdigit() for c in text) / length
    width = _advance(line, length)
    weights = {
        face.name: math.exp(
            -3.0
            * (
                abs(face.chinese - chinese)
                + abs(face.digits - digits)
                + abs(face.width - min(width, 2.0))
            )
        )
        for face in FACES
    }
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:COUNT]
    return [(name, round(weight / total, 4)) for name, weight in ranked]


def _advance(line: Line, length: int) -> float:
    """Width of a character in line heights."""
    tl, tr, _, bl = line.quad
    height = math.dist(tl, bl)
    return math.dist(tl, tr) / length / height if height > 0 else 1.0
