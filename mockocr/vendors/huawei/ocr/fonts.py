"""Which fonts a line may be set in: an estimate from its characters and their width.

Tesseract reports no fonts, and this does not look at strokes. Each font has a profile: the shares
of Chinese, digits and Latin in its usual text, and how wide a character is. The five fonts with the
nearest profiles are returned, so the same line always gets the same fonts. The names are of the
kind that the web-image page shows.
"""

from __future__ import annotations

import math

import msgspec

from mockocr.core.recognition import Line

_COUNT = 5


class _Font(msgspec.Struct, frozen=True):
    """Shares of Chinese and of digits in a font's usual text (the rest is Latin), and the usual
    width of a character in line heights.
    """

    name: str
    chinese: float
    digits: float
    width: float


_FONTS: tuple[_Font, ...] = (
    _Font("黑体", 1.0, 0.0, 1.0),
    _Font("宋体", 0.9, 0.1, 0.95),
    _Font("华文中宋体", 0.8, 0.0, 0.9),
    _Font("微软正黑粗体", 0.85, 0.05, 1.05),
    _Font("文泉驿等宽正黑体", 0.6, 0.2, 0.8),
    _Font("楷体", 0.95, 0.0, 0.85),
    _Font("Arial", 0.0, 0.2, 0.5),
    _Font("Times New Roman", 0.0, 0.0, 0.42),
    _Font("Courier New", 0.0, 0.4, 0.6),
    _Font("Verdana", 0.0, 0.1, 0.62),
    _Font("Georgia", 0.05, 0.6, 0.5),
    _Font("Impact", 0.1, 0.3, 0.35),
)


def likely_fonts(line: Line) -> list[tuple[str, float]]:
    """Five font names with scores from 0 to 1, four decimals, highest first."""
    text = "".join(line.text.split())
    length = max(len(text), 1)
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text) / length
    digits = sum(c.isdigit() for c in text) / length
    width = _character_width(line, length)
    weights = {
        font.name: math.exp(
            -3.0
            * (
                abs(font.chinese - chinese)
                + abs(font.digits - digits)
                + abs(font.width - min(width, 2.0))
            )
        )
        for font in _FONTS
    }
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_COUNT]
    return [(name, round(weight / total, 4)) for name, weight in ranked]


def _character_width(line: Line, length: int) -> float:
    """The mean width of a character in line heights."""
    height = line.quad.height
    return line.quad.width / length / height if height > 0 else 1.0
