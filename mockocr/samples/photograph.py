"""Makes a drawn page a scan or a photo: turned, seen at an angle, in a shadow, kept as JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import msgspec
import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from mockocr.core.recognition import Point, Quad
from mockocr.samples.drawing import encode, with_grain

Matrix = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]


class Photo(msgspec.Struct, frozen=True):
    """The file of the picture with its size in pixels, and where the quads of the page are in
    it.
    """

    data: bytes
    quads: tuple[Quad, ...]
    width: int
    height: int


def scanned(page: Image.Image, quads: Sequence[Quad], random: Random) -> Photo:
    """The page as drawn, or a little turned, as PNG."""
    if random.random() < 0.7:
        return Photo(encode(page), tuple(quads), *page.size)
    angle = random.uniform(-2.5, 2.5)
    fill = page.getpixel((1, 1))
    turned = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=fill)
    old, new = (Point(p.width / 2, p.height / 2) for p in (page, turned))
    moved = [q.rotated(-angle, old).moved(new.x - old.x, new.y - old.y) for q in quads]
    return Photo(encode(turned), tuple(moved), *turned.size)


def scanned_card(page: Image.Image, quads: Sequence[Quad], random: Random) -> Photo:
    """The page on the white lid of a scanner, a little turned, in colour or grey, as JPEG."""
    edge = int(random.uniform(0.02, 0.08) * max(page.size))
    bed = Image.new("RGB", (page.width + 2 * edge, page.height + 2 * edge), "#fbfbfb")
    bed.paste(page, (edge, edge))
    angle = random.uniform(-1.8, 1.8)
    center = Point(bed.width / 2, bed.height / 2)
    bed = bed.rotate(angle, Image.Resampling.BICUBIC, fillcolor="#fbfbfb")
    bed = with_grain(bed.filter(ImageFilter.GaussianBlur(0.4)), random, random.uniform(0, 4))
    if random.random() < 0.3:
        bed = bed.convert("L")
    moved = tuple(quad.moved(edge, edge).rotated(-angle, center) for quad in quads)
    return Photo(encode(bed, "JPEG", quality=random.randint(75, 92)), moved, *bed.size)


def photographed(
    page: Image.Image,
    quads: Sequence[Quad],
    random: Random,
    *,
    border: float = 0.06,
    turn: float = 0.0,
    glare: bool = False,
) -> Photo:
    """The page on a table, seen at an angle, unevenly lit, a little blurred, as JPEG.

    `border` is the table around it, as a share of the page; the page is turned by at most `turn`
    degrees, and with `glare` a lamp is reflected on it.
    """
    width, height = page.size
    edge = int(border * max(page.size))
    size = width + 2 * edge, height + 2 * edge
    lean = 0.035
    corners = [
        (
            edge + x * width + random.uniform(-lean, lean) * width,
            edge + y * height + random.uniform(-lean, lean) * height,
        )
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    if turn:
        corners = _turned(corners, random.uniform(-turn, turn), (size[0] / 2, size[1] / 2))
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    forth, back = _homography(flat, corners), _homography(corners, flat)
    ground = tuple(random.randint(60, 160) for _ in range(3))
    data = [float(v) for v in (back / back[2, 2]).ravel()[:8]]
    seen = page.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(size, Image.Transform.PERSPECTIVE, data)
    photo = Image.new("RGB", size, ground)
    photo.paste(seen, mask=mask)
    photo = ImageChops.multiply(photo, _light(size, random))
    if glare:
        photo = ImageChops.screen(photo, _glare(size, random))
    photo = photo.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.9)))
    photo = with_grain(photo, random, random.uniform(2, 6))
    moved = tuple(Quad(*(_moved(forth, p) for p in quad)) for quad in quads)
    return Photo(encode(photo, "JPEG", quality=random.randint(70, 92)), moved, *size)


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


def _glare(size: tuple[int, int], random: Random) -> Image.Image:
    """A soft bright spot."""
    spot = Image.new("L", size, 0)
    x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
    wide, high = (random.uniform(0.05, 0.15) * max(size) for _ in range(2))
    edges = (x - wide, y - high, x + wide, y + high)
    ImageDraw.Draw(spot).ellipse(edges, random.randint(60, 130))
    spot = spot.filter(ImageFilter.GaussianBlur(0.03 * max(size)))
    return Image.merge("RGB", (spot, spot, spot))


def _turned(
    corners: Sequence[tuple[float, float]], degrees: float, about: tuple[float, float]
) -> list[tuple[float, float]]:
    points = (Quad(*(Point(*corner) for corner in corners))).rotated(degrees, Point(*about))
    return [(p.x, p.y) for p in points]


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
