"""Makes a picture grey, with dark text on an even light ground, and measures its ink."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps

from mockocr.core.image import Image
from mockocr.core.recognition import Point
from mockocr.recognition import background, orientation

MOST_PIXELS = 12_000_000
"""Larger pictures are made smaller first: lines are cut out of at most 36 MB."""
_ROWS = 64
_STRIPS = 24
_EVEN = 0.55
"""The share of pixels near the commonest level from which on a ground is even."""
_INK = 128
_PALE, _FULL = 190, 248
"""A rule may be paler than text, blurred as it is, and have a gap or two."""
_LONG, _HIGH = 4.0, 2.4
"""From how many letter heights on a line across or down the page is a rule."""
_EVEN_LEVELS = 16
"""A picture whose levels lie closer together shows nothing."""
_BIG = 56.0
"""Text higher than this may be whole lines of a page that is askew, and is worth a second look."""
_ON_ITS_SIDE = Pillow.Transpose.ROTATE_90
_ONES = re.compile(b"\x01+")


def picture(image: Image) -> Pillow.Image:
    """The decoded picture in mode L or RGB."""
    mode = "L" if image.channels == 1 else "RGB"
    return Pillow.frombytes(mode, (image.width, image.height), image.pixels)


def bounded(image: Image) -> Image:
    """The picture, made smaller where it has more than `MOST_PIXELS`.

    It is shrunk strip by strip: Pillow takes four bytes for a pixel of three.
    """
    if image.width * image.height <= MOST_PIXELS:
        return image
    factor = max(2, round(math.sqrt(image.width * image.height / MOST_PIXELS)))
    row, strips = image.width * image.channels, []
    for top in range(0, image.height, factor * _ROWS):
        rows = min(factor * _ROWS, image.height - top)
        pixels = image.pixels[top * row : (top + rows) * row]
        strip = picture(replace(image, pixels=pixels, height=rows))
        strips.append(strip.reduce(factor).tobytes())
    width, height = -(-image.width // factor), -(-image.height // factor)
    return replace(image, pixels=b"".join(strips), width=width, height=height)


def grey(image: Image) -> Pillow.Image:
    """Luminance, or the one channel that separates text from ground when luminance does not."""
    return _grey(picture(image))


def even_page(grey: Pillow.Image) -> Pillow.Image | None:
    """Dark text on white, full contrast, of a picture whose ground is even; None for others."""
    peak, share = _ground(grey)
    light = ImageOps.invert(grey) if peak < 128 else grey
    if share < _EVEN or background.has_panels(light, max(peak, 255 - peak)):
        return None
    return _stretch(light)


def page(image: Image) -> Pillow.Image:
    """The whole picture in grey, dark text on white, full contrast; any ground is taken away."""
    levels = grey(image)
    even = even_page(levels)
    if even is not None:
        return even
    em = _letter_size(_stretch(background.strokes(levels)))
    return _stretch(background.strokes(levels, max(8.0, em)))


def _letter_size(grey: Pillow.Image) -> float:
    """The usual height of the text, whether it is level, on its side or askew."""
    if letter_height(grey) > _BIG:
        grey = turn(grey, orientation.skew(grey)[0])
    down, across = letter_height(grey), letter_height(grey.transpose(_ON_ITS_SIDE))
    low, high = min(down, across), max(down, across)
    # the side along which letters melt into lines says several times the height
    return low if 0 < low < 0.4 * high else down


def _grey(picture: Pillow.Image) -> Pillow.Image:
    """Luminance, or the one channel that separates text from ground when luminance does not."""
    grey = picture.convert("L")
    if picture.mode == "L" or _spread(grey) >= 96:
        return grey
    return max((grey, *picture.split()), key=_spread)


def _spread(grey: Pillow.Image) -> int:
    low, high = grey.getextrema()
    return int(high) - int(low)  # type: ignore[arg-type] # L has one band, so these are numbers


def _ground(grey: Pillow.Image) -> tuple[int, float]:
    """The commonest level, and the share of pixels close to it."""
    histogram = grey.histogram()
    peak = max(range(256), key=lambda level: sum(histogram[max(0, level - 4) : level + 5]))
    near = sum(histogram[max(0, peak - 8) : peak + 9])
    return peak, near / max(1, grey.width * grey.height)


def _stretch(grey: Pillow.Image) -> Pillow.Image:
    """Ground to white and ink to black; a picture that is even all over stays as it is."""
    light, _ = _ground(grey)
    if light - _percentile(grey, 0.0) < 16:
        return Pillow.new("L", grey.size, 255)
    floor = _percentile(grey, 0.002)
    span = max(1, light - 4 - floor)
    return grey.point([min(255, max(0, (v - floor) * 255 // span)) for v in range(256)])


def _percentile(grey: Pillow.Image, share: float) -> int:
    wanted, seen = share * grey.width * grey.height, 0
    for level, count in enumerate(grey.histogram()):
        seen += count
        if seen > wanted:
            return level
    return 255


def is_even(picture: Pillow.Image) -> bool:
    """True if no two pixels of a picture differ by more than a little in any channel."""
    spans = [band.getextrema() for band in picture.split()]
    return all(high - low < _EVEN_LEVELS for low, high in spans)  # type: ignore[operator]  # numbers


def is_blank(grey: Pillow.Image) -> bool:
    """Whether a page has no ink at all."""
    return grey.getextrema()[0] == 255


def inked(grey: Pillow.Image, level: int = _INK) -> Pillow.Image:
    """Where a page has ink: 255, elsewhere 0."""
    return grey.point([255 if v < level else 0 for v in range(256)])


def rows(ink: Pillow.Image) -> list[tuple[int, int]]:
    """Start and end of every stretch of rows that have ink."""
    return _stretches(ink.getprojection()[1])


def columns(ink: Pillow.Image) -> list[tuple[int, int]]:
    """Start and end of every stretch of columns that have ink."""
    return _stretches(ink.getprojection()[0])


def _stretches(flags: Sequence[int]) -> list[tuple[int, int]]:
    return [found.span() for found in _ONES.finditer(bytes(flags))]


def letter_height(grey: Pillow.Image) -> float:
    """The usual height of the text in pixels (its em), 0 when nothing looks like text.

    Measured as the upper quartile of the heights of ink in narrow vertical strips, so that columns
    and headings beside each other do not melt into one.
    """
    strips = max(1, min(_STRIPS, grey.width // 16))
    while True:
        found = _strip_height(grey, strips)
        if strips == 1 or grey.width / strips >= 0.55 * found:
            return found
        strips //= 2  # the letters are wider than the strips, which see mere strokes of them


def _strip_height(grey: Pillow.Image, strips: int) -> float:
    width, height = grey.size
    ink, edges = inked(grey), [round(width * strip / strips) for strip in range(strips + 1)]
    heights = [
        end - start
        for left, right in pairwise(edges)
        for start, end in rows(ink.crop((left, 0, right, height)))
        if end - start >= 4
    ]
    if not heights:
        return 0.0
    tall = [h for h in heights if h >= max(heights) * 0.15] if len(heights) < 4 else heights
    return float(sorted(tall)[len(tall) * 3 // 4]) / 0.92


def without_rules(grey: Pillow.Image) -> Pillow.Image:
    """The level page without the lines of tables and forms, which tie all their cells together.

    Ink that runs over several letters without a break is a rule: no stroke of a character is that
    long, not even in a heading three times as large as the text.
    """
    em = max(14.0, letter_height(grey))
    ink = inked(grey, _PALE)
    clean = grey.copy()
    for across, down in ((round(_LONG * em), 1), (1, round(_HIGH * em))):
        # two grids, half a cell apart, so that no rule slips through between two cells, and one
        # that ends where the page ends
        ends = grey.width % across, grey.height % down
        for x, y in ((0, 0), (across // 2, down // 2), ends):
            wide, high = (grey.width - x) // across, (grey.height - y) // down
            if wide < 1 or high < 1:
                continue
            box = x, y, x + wide * across, y + high * down
            grid = ink.resize((wide, high), Pillow.Resampling.BOX, box)
            full = grid.point([255 if v >= _FULL else 0 for v in range(256)])
            if full.getbbox() is None:
                continue
            # one cell more on each side: the ends of a rule fill theirs in part
            wider = full.filter(ImageFilter.MaxFilter(3))
            size = box[2] - box[0], box[3] - box[1]
            clean.paste(255, box, wider.resize(size, Pillow.Resampling.NEAREST))
    return clean


def turn(grey: Pillow.Image, angle: float) -> Pillow.Image:
    """The page with text that is turned `angle` degrees clockwise made level, nothing cut off."""
    if angle % 360 == 0:
        return grey
    return grey.rotate(angle, Pillow.Resampling.BICUBIC, expand=True, fillcolor=255)


def back(grey: Pillow.Image, upright: Pillow.Image, angle: float) -> Callable[[Point], Point]:
    """The way from a point of the upright page back to the page as it was."""
    if angle % 360 == 0:
        return lambda point: point
    radians = math.radians(angle)
    cos, sin = math.cos(radians), math.sin(radians)

    def move(point: Point) -> Point:
        x, y = point.x - upright.width / 2, point.y - upright.height / 2
        return Point(x * cos - y * sin + grey.width / 2, x * sin + y * cos + grey.height / 2)

    return move
