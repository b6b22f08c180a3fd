"""Pages with tables whose cells are known, each made from its seed alone."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

from benchmarks.corpus import words
from benchmarks.documents.contents import Contents, Entry, contents
from mockocr.core.recognition import Quad
from mockocr.samples.drawing import find_font
from mockocr.samples.photograph import Photo, photographed, scanned

RULES = ("all", "all", "level", "booktabs", "frame", "columns", "none", "none")
"""Every border · below each row · above, below and under the header · around and under the header ·
between columns · none.
"""


@dataclass(frozen=True, slots=True)
class TrueTable:
    """A table that was drawn, and where it is in the picture."""

    contents: Contents
    quad: Quad
    rules: str


@dataclass(frozen=True, slots=True)
class Page:
    """A picture file with its tables; `width` and `height` are its pixels."""

    data: bytes
    tables: tuple[TrueTable, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    contents: Contents
    rules: str
    box: tuple[float, float, float, float]


def page(seed: int, *, photo: bool = False) -> Page:
    """One to three tables below each other with some text around them; `photo` takes a picture of
    the page with a camera that is not held straight.
    """
    random = Random(f"tables-{seed}")
    pixels = random.randint(16, 30)
    sheet = Image.new("RGB", (2000, 3000), random.choice(("white", "white", "#fbf8f0", "#f4f6fa")))
    draw = ImageDraw.Draw(sheet)
    margin = random.randint(40, 90)
    y = float(margin)
    drawn: list[_Drawn] = []
    right = 0.0
    for _ in range(random.choice((1, 1, 2, 3))):
        if random.random() < 0.6:
            y = _text(draw, random, margin, y, pixels)
        table = _table(draw, random, margin, y, pixels)
        drawn.append(table)
        y = table.box[3] + random.uniform(2.2, 3.5) * pixels
        right = max(right, table.box[2])
    if random.random() < 0.5:
        y = _text(draw, random, margin, y, pixels)
    sheet = sheet.crop((0, 0, int(max(right, 500) + margin), int(y + margin * 0.6)))
    quads = tuple(Quad.upright(*table.box) for table in drawn)
    taken: Photo = photographed(sheet, quads, random) if photo else scanned(sheet, quads, random)
    tables = zip(drawn, taken.quads, strict=True)
    return Page(taken.data, tuple(TrueTable(d.contents, quad, d.rules) for d, quad in tables))


def _text(draw: ImageDraw.ImageDraw, random: Random, x: float, y: float, pixels: int) -> float:
    """A line or two of running text; the height below it."""
    face = _face("sans", pixels)
    script = random.choice(("chinese", "english"))
    for _ in range(random.randint(1, 2)):
        draw.text((x, y), words.sentence(random, script), "black", face)
        y += 1.6 * pixels
    return y + 1.2 * pixels


def _table(draw: ImageDraw.ImageDraw, random: Random, x: float, y: float, pixels: int) -> _Drawn:
    rules = random.choice(RULES)
    inside = contents(
        random,
        spans=rules == "all" and random.random() < 0.6,
        wrapped=rules in {"all", "level"} and random.random() < 0.5,
        most_columns=6 if pixels < 26 else 5,
    )
    face = _face("serif" if random.random() < 0.3 else "sans", pixels)
    pad = random.uniform(0.35, 0.9) * pixels if rules in {"all", "columns"} else pixels * 0.9
    lead = 1.35 * pixels
    space = random.uniform(0.25, 0.6) * pixels
    widths = _widths(inside, face, pad, random)
    heights = _heights(inside, lead, space)
    xs, ys = [x], [y]
    for width in widths:
        xs.append(xs[-1] + width)
    for height in heights:
        ys.append(ys[-1] + height)
    if inside.headers and rules != "none" and random.random() < 0.4:
        fill = random.choice(("#e4e8f0", "#eeeeee", "#fdf0d8"))
        draw.rectangle((xs[0], ys[0], xs[-1], ys[inside.headers]), fill)
    centered = random.random() < 0.3
    for entry in inside.entries:
        box = (
            xs[entry.column],
            ys[entry.row],
            xs[entry.column + entry.column_span],
            ys[entry.row + entry.row_span],
        )
        _entry(draw, inside, entry, box, face, pad, lead, centered=centered)
    _rules(draw, random, inside, rules, xs, ys)
    return _Drawn(inside, rules, (xs[0], ys[0], xs[-1], ys[-1]))


def _entry(
    draw: ImageDraw.ImageDraw,
    inside: Contents,
    entry: Entry,
    box: tuple[float, float, float, float],
    face: ImageFont.FreeTypeFont,
    pad: float,
    lead: float,
    *,
    centered: bool,
) -> None:
    left, top, right, bottom = box
    y = (top + bottom) / 2 - lead * len(entry.lines) / 2
    middle = entry.column_span > 1 or (centered and entry.column not in inside.right)
    for line in entry.lines:
        width = face.getlength(line)
        if middle:
            x = (left + right - width) / 2
        elif entry.column in inside.right:
            x = right - pad - width
        else:
            x = left + pad
        draw.text((x, y), line, "black", face)
        y += lead


def _rules(
    draw: ImageDraw.ImageDraw,
    random: Random,
    inside: Contents,
    rules: str,
    xs: list[float],
    ys: list[float],
) -> None:
    ink, width = random.choice(("black", "#444444", "#7080a0")), random.choice((1, 1, 2, 3))

    def level(index: int) -> None:
        draw.line((xs[0], ys[index], xs[-1], ys[index]), ink, width)

    def upright(index: int) -> None:
        draw.line((xs[index], ys[0], xs[index], ys[-1]), ink, width)

    if rules == "all":
        for entry in inside.entries:
            box = (
                xs[entry.column],
                ys[entry.row],
                xs[entry.column + entry.column_span],
                ys[entry.row + entry.row_span],
            )
            draw.rectangle(box, None, ink, width)
    elif rules == "level":
        for index in range(len(ys)):
            level(index)
    elif rules in {"booktabs", "frame"}:
        for index in {0, inside.headers, len(ys) - 1}:
            level(index)
        if rules == "frame":
            upright(0)
            upright(-1)
    elif rules == "columns":
        for index in {0, inside.headers, len(ys) - 1}:
            level(index)
        for index in range(len(xs)):
            upright(index)


def _widths(
    inside: Contents, face: ImageFont.FreeTypeFont, pad: float, random: Random
) -> list[float]:
    widths = [2.0 * pad + 30] * inside.columns
    for entry in inside.entries:
        need = max(face.getlength(line) for line in entry.lines) + 2 * pad
        share = need / entry.column_span
        for column in range(entry.column, entry.column + entry.column_span):
            widths[column] = max(widths[column], share)
    loose = random.uniform(1.0, 1.35)
    return [width * loose for width in widths]


def _heights(inside: Contents, lead: float, space: float) -> list[float]:
    heights = [lead + space] * inside.rows
    for entry in inside.entries:
        if entry.row_span == 1:
            heights[entry.row] = max(heights[entry.row], len(entry.lines) * lead + space)
    return heights


def _face(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    path, index = find_font(name)
    return ImageFont.truetype(path, pixels, index, layout_engine=ImageFont.Layout.BASIC)
