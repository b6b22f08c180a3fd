"""Draws pictures of text, and gives the corners of every line, word and character."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import msgspec
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

from mockocr.core.recognition import Character, Line, Point, Quad, Word

_FACES: dict[str, tuple[tuple[str, int], ...]] = {
    # file name under a font folder, index of the face; the first file that exists is used
    "sans": (("NotoSansCJK-Regular.ttc", 2), ("wqy-zenhei.ttc", 0)),
    "serif": (("NotoSerifCJK-Regular.ttc", 2), ("NotoSansCJK-Regular.ttc", 2)),
    "bold": (("NotoSansCJK-Bold.ttc", 2), ("wqy-zenhei.ttc", 0)),
    "zenhei": (("wqy-zenhei.ttc", 0), ("NotoSansCJK-Regular.ttc", 2)),
    "latin": (("DejaVuSans.ttf", 0), ("LiberationSans-Regular.ttf", 0)),
    "mono": (("DejaVuSansMono.ttf", 0), ("LiberationMono-Regular.ttf", 0)),
}
FONTS = ("sans", "serif", "zenhei", "latin")
"""The fonts of sample pictures; all but `latin` hold Chinese. Specimens have two more."""

_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("~/.fonts").expanduser(),
)


class FontMissingError(Exception):
    """There is no font for the text. The message says what to install."""


@lru_cache
def find_font(name: str = "sans") -> tuple[Path, int]:
    """The file and face index of the font of that name.

    `FontMissingError` if it is not installed.
    """
    if name not in _FACES:
        raise FontMissingError(f"unknown font {name!r}; known: {', '.join(FONTS)}")
    for file, index in _FACES[name]:
        for folder in _FOLDERS:
            for path in sorted(folder.rglob(file)):
                return path, index
    package = "fonts-dejavu-core" if name in ("latin", "mono") else "fonts-noto-cjk"
    raise FontMissingError(
        f"no font for {name!r} text is installed; type: apt-get install {package}"
    )


@lru_cache
def face_of(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font of that name with an em of so many pixels."""
    path, index = find_font(name)
    # the basic layout draws the same picture with and without libraqm
    return ImageFont.truetype(path, pixels, index, layout_engine=ImageFont.Layout.BASIC)


class Text(msgspec.Struct, frozen=True):
    """One line to draw. `x` and `y` are the top left of its ink in pixels; None means below the
    previous line.

    `pixels`, `font` and `ink` default to those of the picture.
    """

    text: str
    x: float | None = None
    y: float | None = None
    pixels: int | None = None
    font: str | None = None
    ink: str | None = None


class Panel(msgspec.Struct, frozen=True):
    """A box under the text, as a bubble, a bar, or a cell of a table. Edges are in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str | None = None
    outline: str | None = None
    radius: int = 0


class Picture(msgspec.Struct, frozen=True):
    """A picture (PNG bytes as rendered) and its true lines. `angle` is in degrees clockwise."""

    data: bytes
    width: int
    height: int
    lines: tuple[Line, ...]
    angle: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def open(self) -> Image.Image:
        """The picture as a Pillow image."""
        return Image.open(io.BytesIO(self.data))


def render(
    lines: Sequence[str | Text],
    *,
    size: tuple[int, int] | None = None,
    font: str = "sans",
    pixels: int = 32,
    ink: str = "black",
    ground: str = "white",
    angle: float = 0.0,
    margin: int = 20,
    leading: float = 1.5,
    panels: Sequence[Panel] = (),
) -> Picture:
    """Draw the lines, one below the other unless they have a place, and turn the page clockwise.

    `size` is that of the upright page; by default the page fits the text and the margin. `pixels`
    is the em height, `leading` the distance of lines in ems. A quarter turn swaps the sides; any
    other angle makes the page larger, so that nothing is cut. `ground` is a colour, or two joined
    by `-` for a gradient from top to bottom. `panels` are drawn under the text.
    """
    placed = _place(lines, font, pixels, ink, margin, leading)
    if size is None:
        extents = [line.quad.extent for line, _ in placed]
        right = max((e[2] for e in extents), default=0.0)
        bottom = max((e[3] for e in extents), default=0.0)
        size = math.ceil(right) + margin, math.ceil(bottom) + margin
    page = ground_of(ground, size)
    draw = ImageDraw.Draw(page)
    for panel in panels:
        box = panel.left, panel.top, panel.right, panel.bottom
        draw.rounded_rectangle(box, panel.radius, panel.fill, panel.outline)
    for _, paint in placed:
        paint(draw)
    turned, truth = _turn(page, tuple(line for line, _ in placed), angle, ground)
    return Picture(encode(turned), turned.width, turned.height, truth, angle)


def encode(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    """The picture in a file format, as bytes."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def spoiled(
    picture: Picture,
    blur: float = 0.0,
    noise: float = 0.0,
    quality: int | None = None,
    random: Random | None = None,
) -> Picture:
    """The picture with blur, noise and JPEG artefacts, and the same true lines.

    `blur` is a radius in pixels, `noise` a deviation in grey levels, `quality` that of a JPEG; None
    keeps PNG.
    """
    page = picture.open().convert("RGB").filter(ImageFilter.GaussianBlur(blur))
    page = with_grain(page, random or Random(picture.text), noise)
    data = encode(page) if quality is None else encode(page, "JPEG", quality=quality)
    return replace(picture, data=data)


def with_grain(page: Image.Image, random: Random, deviation: float) -> Image.Image:
    """The picture with noise of that standard deviation in every channel, in grey levels."""
    if deviation < 0.5:
        return page
    gain = deviation / 37
    table = [min(255, max(0, round(128 + (v - 128) * gain))) for v in range(256)]
    bands = [
        ImageChops.add(band, grain(random, page.size).point(table), 1.0, -128)
        for band in page.split()
    ]
    return Image.merge(page.mode, bands)


def grain(random: Random, size: tuple[int, int]) -> Image.Image:
    """Grey noise with mean 128 and deviation 37, which depends only on `random` and the size."""
    layers = [Image.frombytes("L", size, random.randbytes(size[0] * size[1])) for _ in range(4)]
    pairs = Image.blend(layers[0], layers[1], 0.5), Image.blend(layers[2], layers[3], 0.5)
    return Image.blend(*pairs, 0.5)


def _place(
    lines: Sequence[str | Text], font: str, pixels: int, ink: str, margin: int, leading: float
) -> list[tuple[Line, Callable[[ImageDraw.ImageDraw], None]]]:
    """Every true line, and the function that draws it."""
    placed: list[tuple[Line, Callable[[ImageDraw.ImageDraw], None]]] = []
    next_y = float(margin)
    for item in lines:
        text = item if isinstance(item, Text) else Text(item)
        height = text.pixels or pixels
        x = float(margin) if text.x is None else text.x
        y = next_y if text.y is None else text.y
        next_y = y + height * leading
        if not text.text.strip():
            continue
        face = face_of(text.font or font, height)
        left, top, _, _ = face.getbbox(text.text)
        start = (x - left, y - top)

        def paint(
            draw: ImageDraw.ImageDraw,
            at: tuple[float, float] = start,
            what: str = text.text,
            face: ImageFont.FreeTypeFont = face,
            fill: str = text.ink or ink,
        ) -> None:
            draw.text(at, what, fill, face)

        placed.append((line_at(text.text, face, start), paint))
    return placed


def line_at(text: str, face: ImageFont.FreeTypeFont, start: tuple[float, float]) -> Line:
    """The true line for upright text whose drawing origin is `start`."""
    left, top, right, bottom = _ink(text, face)
    stops = [start[0] + face.getlength(text[:i]) for i in range(len(text) + 1)]
    low, high = start[1] + top, start[1] + bottom
    words: list[Word] = []
    position = 0
    for index, chunk in enumerate(text.split(" ")):
        end = position + len(chunk)
        if chunk:
            characters = tuple(
                Character(text[i], Quad.upright(stops[i], low, stops[i + 1], high), 1.0)
                for i in range(position, end)
            )
            quad = Quad.upright(stops[position], low, stops[end], high)
            words.append(Word(chunk, quad, 1.0, characters, spaced=index > 0))
        position = end + 1
    return Line(
        tuple(words), Quad.upright(start[0] + left, low, start[0] + right, high), confidence=1.0
    )


def _ink(text: str, face: ImageFont.FreeTypeFont) -> tuple[float, float, float, float]:
    """The edges of the ink. The font's own box would start at the origin."""
    left, top, right, bottom = (math.floor(v) for v in face.getbbox(text))
    sheet = Image.new("L", (right - left + 8, bottom - top + 8), 0)
    ImageDraw.Draw(sheet).text((4 - left, 4 - top), text, 255, face)
    box = sheet.point([255 if v > 64 else 0 for v in range(256)]).getbbox() or sheet.getbbox()
    if box is None:
        return left, top, right, bottom
    return box[0] + left - 4, box[1] + top - 4, box[2] + left - 4, box[3] + top - 4


def ground_of(ground: str, size: tuple[int, int]) -> Image.Image:
    """An empty page: one colour, or two joined by `-` for a gradient from top to bottom."""
    first, _, second = ground.partition("-")
    page = Image.new("RGB", size, first)
    if second:
        ramp = Image.linear_gradient("L").resize(size)
        page.paste(Image.new("RGB", size, second), mask=ramp)
    return page


def _turn(
    page: Image.Image, lines: tuple[Line, ...], angle: float, ground: str
) -> tuple[Image.Image, tuple[Line, ...]]:
    if angle % 360 == 0:
        return page, lines
    colour = ImageColor.getrgb(ground.partition("-")[0])
    # Pillow turns counterclockwise
    turned = page.rotate(-angle, Image.Resampling.BICUBIC, expand=True, fillcolor=colour)
    radians = math.radians(angle)
    cos, sin = math.cos(radians), math.sin(radians)

    def move(p: Point) -> Point:
        x, y = p.x - page.width / 2, p.y - page.height / 2
        return Point(x * cos - y * sin + turned.width / 2, x * sin + y * cos + turned.height / 2)

    def quad(q: Quad) -> Quad:
        return Quad(*(move(p) for p in q))

    def word(w: Word) -> Word:
        characters = tuple(Character(c.text, quad(c.quad), 1.0) for c in w.characters)
        return Word(w.text, quad(w.quad), 1.0, characters, w.spaced)

    return turned, tuple(
        Line(tuple(word(w) for w in line.words), quad(line.quad), 1.0, line.block) for line in lines
    )
