"""Pictures without any text, drawn so that they are hard on a reader: grain, twigs, bricks,
windows, pebbles, fractals.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from mockocr.samples.drawing import grain, with_grain

SIZE = 480, 360


def _clouds(random: Random) -> Image.Image:
    sky = Image.new("L", SIZE, 128)
    for cells in (4, 8, 16, 32, 64):
        layer = grain(random, (cells, cells)).resize(SIZE, Image.Resampling.BICUBIC)
        sky = Image.blend(
            sky, layer.point([min(255, max(0, 3 * v - 256)) for v in range(256)]), 0.4
        )
    return Image.merge("RGB", (sky, sky, sky.point([min(255, v + 40) for v in range(256)])))


def _speckle(random: Random) -> Image.Image:
    contrast = random.uniform(0.3, 3.0)
    table = [min(255, max(0, round(128 + (v - 128) * contrast))) for v in range(256)]
    return grain(random, SIZE).point(table).convert("RGB")


def _fractal(random: Random) -> Image.Image:
    x, y = random.uniform(-1.5, 0.3), random.uniform(-1.0, 1.0)
    w = random.uniform(0.2, 1.5)
    return Image.effect_mandelbrot(SIZE, (x, y, x + w, y + w), 100).convert("RGB")


def _canvas(random: Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", SIZE, _colour(random, 150, 255))
    return page, ImageDraw.Draw(page)


def _colour(random: Random, low: int, high: int) -> tuple[int, int, int]:
    return random.randint(low, high), random.randint(low, high), random.randint(low, high)


def _twigs(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    for _ in range(random.randint(8, 60)):
        x, y = random.uniform(0, SIZE[0]), random.uniform(0, SIZE[1])
        points = [(x, y)]
        for _ in range(random.randint(1, 5)):
            x, y = x + random.uniform(-50, 50), y + random.uniform(-40, 40)
            points.append((x, y))
        draw.line(points, _colour(random, 0, 120), random.randint(1, 6))
    return page


def _pebbles(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    for _ in range(random.randint(10, 120)):
        x, y = random.uniform(0, SIZE[0]), random.uniform(0, SIZE[1])
        a, b = random.uniform(3, 30), random.uniform(3, 30)
        draw.ellipse((x - a, y - b, x + a, y + b), _colour(random, 0, 200), _colour(random, 0, 90))
    return page


def _bricks(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    wide, high = random.randint(24, 70), random.randint(10, 30)
    for row, y in enumerate(range(0, SIZE[1], high)):
        for x in range(-wide // 2 * (row % 2), SIZE[0], wide):
            draw.rectangle((x, y, x + wide - 3, y + high - 3), _colour(random, 60, 160))
    return page


def _windows(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    step = random.randint(20, 60)
    for x in range(10, SIZE[0] - step, step):
        for y in range(10, SIZE[1] - step, round(step * 1.3)):
            draw.rectangle((x, y, x + step * 0.6, y + step * 0.9), _colour(random, 0, 110))
    return page


def _grass(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    for _ in range(random.randint(200, 900)):
        x, y = random.uniform(0, SIZE[0]), random.uniform(SIZE[1] / 3, SIZE[1])
        tip = x + random.uniform(-12, 12), y - random.uniform(8, 30)
        draw.line(((x, y), tip), (random.randint(0, 90), random.randint(70, 160), 30), 2)
    return page


def _hills(random: Random) -> Image.Image:
    page, draw = _canvas(random)
    for layer in range(4):
        base = SIZE[1] * (0.4 + 0.15 * layer)
        points, y = [(0.0, float(SIZE[1]))], base
        for x in range(0, SIZE[0] + 20, 20):
            y = min(SIZE[1], max(base - 60, y + random.uniform(-18, 18)))
            points.append((float(x), y))
        points.append((float(SIZE[0]), float(SIZE[1])))
        draw.polygon(points, _colour(random, 40 * (3 - layer), 60 + 40 * (3 - layer)))
    return page


KINDS: dict[str, Callable[[Random], Image.Image]] = {
    "clouds": _clouds,
    "speckle": _speckle,
    "fractal": _fractal,
    "twigs": _twigs,
    "pebbles": _pebbles,
    "bricks": _bricks,
    "windows": _windows,
    "grass": _grass,
    "hills": _hills,
}


def photo(random: Random, kind: str) -> Image.Image:
    """One picture of that kind, softened and grained as a camera does."""
    page = KINDS[kind](random)
    if random.random() < 0.6:
        page = page.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.5)))
    return with_grain(page, random, random.uniform(0, 10))
