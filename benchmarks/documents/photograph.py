"""Makes a drawn page a scan or a photo: turned, seen at an angle, in a shadow, kept as JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from mockocr.core.recognition import Point, Quad
from mockocr.samples.drawing import encode, with_grain

Matrix = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]


@dataclass(frozen=True, slots=True)
class Photo:
    """The file of the picture, and where the quads of the page are in it."""

    data: bytes
    quads: tuple[Quad, ...]


def scanned(page: Image.Image, quads: Sequence[Quad], random: Random) -> Photo:
    """The page as drawn, or a little turned, as PNG."""
    if random.random() < 0.7:
        return Photo(encode(page), tuple(quads))
    angle = random.uniform(-2.5, 2.5)
    fill = page.getpixel((1, 1))
    turned = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=fill)
    old, new = (Point(p.width / 2, p.height / 2) for p in (page, turned))
    moved = [q.rotated(-angle, old).moved(new.x - old.x, new.y - old.y) for q in quads]
    return Photo(encode(turned), tuple(moved))


def photographed(page: Image.Image, quads: Sequence[Quad], random: Random) -> Photo:
    """The page on a table, seen at an angle, unevenly lit, a little blurred, as JPEG."""
    width, height = page.size
    edge = int(0.06 * max(page.size))
    size = width + 2 * edge, height + 2 * edge
    lean = 0.035
    corners = [
        (
            edge + x * width + random.uniform(-lean, lean) * width,
            edge + y * height + random.uniform(-lean, lean) * height,
        )
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    forth, back = _homography(flat, corners), _homography(corners, flat)
    ground = tuple(random.randint(60, 160) for _ in range(3))
    data = [float(v) for v in (back / back[2, 2]).ravel()[:8]]
    seen = page.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(size, Image.Transform.PERSPECTIVE, data)
    photo = Image.new("RGB", size, ground)
    photo.paste(seen, mask=mask)
    photo = ImageChops.multiply(photo, _light(size, random))
    photo = photo.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.9)))
    photo = with_grain(photo, random, random.uniform(2, 6))
    moved = tuple(Quad(*(_moved(forth, p) for p in quad)) for quad in quads)
    return Photo(encode(photo, "JPEG", quality=random.randint(70, 92)), moved)


def _light(size: tuple[int, int], random: Random) -> Image.Image:
    """A lamp at one side, and the soft shadow of a hand."""
    dark = random.randint(150, 210)
    ramp = Image.linear_gradient("L").rotate(random.choice((0, 90, 180, 270)))
    ramp = ramp.resize(size).point([dark + (255 - dark) * v // 255 for v in range(256)])
    shadow = Image.new("L", size, 255)
    draw = ImageDraw.Draw(shadow)
    x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
    radius = random.uniform(0.2, 0.5) * max(size)
    draw.ellipse((x - radius, y - radius / 2, x + radius, y + radius / 2), random.randint(150, 220))
    shadow = shadow.filter(ImageFilter.GaussianBlur(0.05 * max(size)))
    both = ImageChops.multiply(ramp, shadow)
    return Image.merge("RGB", (both, both, both))


def _homography(
    source: Sequence[tuple[float, float]], target: Sequence[tuple[float, float]]
) -> Matrix:
    """The matrix that maps four points to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    found = numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float))
    return numpy.append(found, 1.0).reshape(3, 3)


def _moved(matrix: Matrix, point: Point) -> Point:
    x, y, scale = (float(v) for v in matrix @ numpy.array([point.x, point.y, 1.0]))
    return Point(x / scale, y / scale)
