"""Takes the ground away from under the text where a page has several: gradients, panels, bubbles,
dark bars and buttons all become white, the text on each of them dark.

Text is made of strokes, and strokes are thin. What is brighter or darker than its surroundings
and thinner than a window is text; what is wider is ground (in the words of mathematical
morphology: top-hats). Unlike a local average, that leaves the edges of panels alone.
"""

from __future__ import annotations

from PIL import Image as Pillow
from PIL import ImageChops

_CELL = 16
_APART = 28
"""Levels by which another ground differs from the first at least."""
_WIDEST = 4
"""Half the window in pixels while the height of the text is unknown."""
_STROKE = 0.17
"""Half the window in ems: strokes are thinner than the window, the edges of panels are not."""


def has_panels(grey: Pillow.Image, ground: int) -> bool:
    """Whether an even light page has a solid piece in another shade, wider than any stroke."""
    if min(grey.size) < _CELL:
        return False
    table = [255 if v < ground - _APART else 0 for v in range(256)]
    columns, rows = grey.width // _CELL, grey.height // _CELL
    box = 0, 0, columns * _CELL, rows * _CELL
    cells = grey.point(table).resize((columns, rows), Pillow.Resampling.BOX, box)
    return int(cells.getextrema()[1]) >= 250  # type: ignore[arg-type] # L has one band


def strokes(grey: Pillow.Image, em: float = 0.0) -> Pillow.Image:
    """Dark strokes on white, of every page whose text is thinner than its panels.

    `em` is the height of the text in pixels. Without it every stroke shows, but inside letters
    so do the gaps between them: good for measuring where text is, not for reading it.
    """
    reach = max(2, round(_STROKE * em)) if em else _WIDEST
    light = _shrunk(_grown(grey, reach), reach)
    dark = _grown(_shrunk(grey, reach), reach)
    below, above = ImageChops.subtract(light, grey), ImageChops.subtract(grey, dark)
    if em == 0:
        return ImageChops.invert(ImageChops.lighter(below, above))
    ground = _ground(grey, ImageChops.subtract(light, dark), em)
    on_light = ImageChops.subtract(ground, Pillow.blend(light, dark, 0.5))
    return ImageChops.invert(Pillow.composite(below, above, on_light.point([0] + [255] * 255)))


def _ground(grey: Pillow.Image, contrast: Pillow.Image, em: float) -> Pillow.Image:
    """The level of the even places nearest to every pixel."""
    usual, most = _level(contrast, 0.15), _level(contrast, 0.98)
    least = max(1.3 * usual + 8, 0.25 * most)
    even = contrast.point([255 if v <= least else 0 for v in range(256)])
    # averages of LA images are weighted with A, so uneven places do not count
    level, cell = Pillow.merge("LA", (grey, even)), max(4, round(0.35 * em))
    grids: list[Pillow.Image] = []
    while True:
        size = max(1, level.width // cell), max(1, level.height // cell)
        grids.append(level.resize(size, Pillow.Resampling.BOX))
        if size == (1, 1):
            break
        level, cell = grids[-1], 2
    found = grids.pop().getchannel("L")
    while grids:
        values, weights = grids.pop().split()
        known = weights.point([255 if v >= 20 else 0 for v in range(256)])
        found = Pillow.composite(values, found.resize(values.size), known)
    return found.resize(grey.size, Pillow.Resampling.BILINEAR)


def _level(grey: Pillow.Image, share: float) -> int:
    """The level that this share of the pixels stays below or at."""
    seen = 0
    for level, count in enumerate(grey.histogram()):
        seen += count
        if seen >= share * grey.width * grey.height:
            return level
    return 255


def _grown(grey: Pillow.Image, reach: int) -> Pillow.Image:
    """Every pixel takes the brightest level up to `reach` pixels away, across and down."""
    return _brightest(_brightest(grey, reach, 1, 0), reach, 0, 1)


def _shrunk(grey: Pillow.Image, reach: int) -> Pillow.Image:
    return ImageChops.invert(_grown(ImageChops.invert(grey), reach))


def _brightest(grey: Pillow.Image, reach: int, across: int, down: int) -> Pillow.Image:
    """Along one axis, in steps that double; beyond the edge all is black."""
    width, height = grey.size
    before, after, done = grey, grey, 0
    while done < reach:
        step = min(done + 1, reach - done)
        x, y = across * step, down * step
        before = ImageChops.lighter(before, before.crop((x, y, width + x, height + y)))
        after = ImageChops.lighter(after, after.crop((-x, -y, width - x, height - y)))
        done += step
    return ImageChops.lighter(before, after)
