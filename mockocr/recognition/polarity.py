"""Makes the picture of one line plain for Tesseract: grey, dark on white, full of contrast."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image as Pillow
from PIL import ImageOps

_COLOUR = 1.3
"""How much farther apart text and ground are in one channel before it replaces luminance."""
_DARK = 0.75
"""The share of dark pixels in the rim, with half of that in the whole line, of a dark ground."""
_LEAST = 8


def plain(line: Pillow.Image) -> Pillow.Image:
    """The line (mode L or RGB) in mode L, by its own polarity and colour."""
    grey = _grey(line)
    levels = grey.histogram()
    middle = _otsu(levels)
    edge = max(1, grey.height // 12)
    inside = grey.crop((edge, edge, max(edge, grey.width - edge), max(edge, grey.height - edge)))
    inner = inside.histogram() if inside.width and inside.height else [0] * 256
    rim = [whole - part for whole, part in zip(levels, inner, strict=True)]
    dark = _below(rim, middle) + 0.5 * _below(levels, middle) > _DARK
    if dark:
        grey, levels = ImageOps.invert(grey), levels[::-1]
    low, high = _percentile(levels, 0.01), _percentile(levels, 0.8 if dark else 0.75)
    span = max(_LEAST, high - low)
    return grey.point([min(255, max(0, round((v - low) * 255 / span))) for v in range(256)])


def _grey(line: Pillow.Image) -> Pillow.Image:
    """Luminance, or the one channel in which text and ground are much farther apart."""
    grey = line.convert("L")
    if line.mode == "L":
        return grey
    best = max(line.split(), key=_spread)
    return best if _spread(best) > _COLOUR * _spread(grey) else grey


def _spread(grey: Pillow.Image) -> int:
    levels = grey.histogram()
    return _percentile(levels, 0.97) - _percentile(levels, 0.03)


def _percentile(levels: Sequence[int], share: float) -> int:
    wanted, seen = share * sum(levels), 0
    for level, count in enumerate(levels):
        seen += count
        if seen > wanted:
            return level
    return 255


def _below(levels: Sequence[int], level: int) -> float:
    """The share of pixels that are this dark."""
    return sum(levels[: level + 1]) / max(1, sum(levels))


def _otsu(levels: Sequence[int]) -> int:
    """The level that parts dark from light pixels best (Otsu, 1979)."""
    total, weighted = sum(levels), sum(level * count for level, count in enumerate(levels))
    best, found = -1.0, 127
    below, sum_below = 0, 0
    for level, count in enumerate(levels):
        below, sum_below = below + count, sum_below + level * count
        above = total - below
        if not below or not above:
            continue
        apart = (sum_below / below - (weighted - sum_below) / above) ** 2 * below * above
        if apart > best:
            best, found = apart, level
    return found
