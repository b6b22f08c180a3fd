"""Measures the colour of the ground that each line stands on."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image as PillowImage
from PIL import ImageDraw

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Point, Quad

Color = tuple[int, int, int]
_MARGIN = 0.1
"""How far around a line its ground is looked at, in heights of the line."""


def backgrounds(image: Image, lines: Sequence[Line]) -> list[Color | None]:
    """The median red, green and blue (0..255) of the lower half of each line with a narrow margin;
    None for a line outside of the picture.

    Strokes cover less than half of a line. The margin alone would miss the ground if the quad is as
    high as the plate. The lower half: the ground of green plates is white at the top.
    """
    mode = "L" if image.channels == 1 else "RGB"
    page = PillowImage.frombuffer(mode, (image.width, image.height), image.pixels)
    return [_around(page, line.quad) for line in lines]


def _around(page: PillowImage.Image, quad: Quad) -> Color | None:
    area = _grown(quad, _MARGIN * quad.height)
    left, top, right, bottom = area.extent
    box = (
        max(0, int(left)),
        max(0, int(top)),
        min(page.width, int(right) + 1),
        min(page.height, int(bottom) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return None
    part = page.crop(box).convert("RGB")
    mask = PillowImage.new("L", part.size, 0)
    draw = ImageDraw.Draw(mask)
    lower = _middle(area.tl, area.bl), _middle(area.tr, area.br), area.br, area.bl
    draw.polygon([(p.x - box[0], p.y - box[1]) for p in lower], 255)
    if mask.getbbox() is None:
        mask = PillowImage.new("L", part.size, 255)
    counts = part.histogram(mask)
    red, green, blue = (_median(counts[start : start + 256]) for start in (0, 256, 512))
    return red, green, blue


def _middle(one: Point, other: Point) -> Point:
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2)


def _grown(quad: Quad, margin: float) -> Quad:
    """The quad with its corners moved out by `margin` along both of its axes."""
    width, height = max(quad.width, 1e-6), max(quad.height, 1e-6)
    right = Point((quad.tr.x - quad.tl.x) / width, (quad.tr.y - quad.tl.y) / width)
    down = Point((quad.bl.x - quad.tl.x) / height, (quad.bl.y - quad.tl.y) / height)

    def moved(point: Point, across: float, along: float) -> Point:
        return Point(
            point.x + margin * (across * right.x + along * down.x),
            point.y + margin * (across * right.y + along * down.y),
        )

    return Quad(
        moved(quad.tl, -1, -1), moved(quad.tr, 1, -1), moved(quad.br, 1, 1), moved(quad.bl, -1, 1)
    )


def _median(counts: Sequence[int]) -> int:
    half, passed = sum(counts) / 2, 0
    for value, count in enumerate(counts):
        passed += count
        if passed >= half:
            return value
    return 0
