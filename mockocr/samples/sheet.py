"""The sheet that a specimen is drawn on, which keeps the place of every line."""

from __future__ import annotations

import math
from collections.abc import Iterable
from random import Random
from typing import TypedDict, Unpack

from PIL import Image, ImageDraw, ImageFilter, ImageStat

from mockocr.core.recognition import Line
from mockocr.samples.drawing import face_of, ground_of, line_at

MARK = "样本"
FONT = "sans"


class Style(TypedDict, total=False):
    """How a text is drawn; without them in black, in `FONT`."""

    font: str
    ink: str


class Sheet:
    """A page of `width` × `height` pixels. `lines` are the true lines, in the order of drawing."""

    def __init__(self, width: int, height: int, ground: str = "white") -> None:
        self.page = ground_of(ground, (width, height))
        self.lines: list[Line] = []
        self._draw = ImageDraw.Draw(self.page)

    @property
    def width(self) -> int:
        return self.page.width

    @property
    def height(self) -> int:
        return self.page.height

    def write(
        self, text: str, x: float, y: float, pixels: int = 28, **style: Unpack[Style]
    ) -> float:
        """Draw a line whose em box has its top left at (x, y); return where the text ends."""
        font, ink = style.get("font", FONT), style.get("ink", "black")
        face = face_of(font, pixels)
        if text.strip():
            self._draw.text((x, y), text, ink, face)
            self.lines.append(line_at(text, face, (x, y)))
        return x + face.getlength(text)

    def write_right(
        self, text: str, right: float, y: float, pixels: int = 28, **style: Unpack[Style]
    ) -> None:
        """Draw a line that ends at `right`."""
        left = right - text_width(text, pixels, style.get("font", FONT))
        self.write(text, left, y, pixels, **style)

    def write_centered(
        self, text: str, middle: float, y: float, pixels: int = 28, **style: Unpack[Style]
    ) -> None:
        """Draw a line whose middle is at `middle`."""
        left = middle - text_width(text, pixels, style.get("font", FONT)) / 2
        self.write(text, left, y, pixels, **style)

    def write_block(
        self,
        text: str,
        x: float,
        y: float,
        pixels: int,
        width: float,
        *,
        leading: float = 1.4,
        **style: Unpack[Style],
    ) -> float:
        """Draw a text in lines of at most `width` pixels; return the top of the next line."""
        for line in wrapped(text, pixels, width, style.get("font", FONT)):
            self.write(line, x, y, pixels, **style)
            y += pixels * leading
        return y

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, ink: str = "black", width: int = 2
    ) -> None:
        """Draw a straight line."""
        self._draw.line((x0, y0, x1, y1), ink, width)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        fill: str | None = None,
        outline: str | None = None,
        width: int = 2,
        radius: float = 0,
    ) -> None:
        """Draw a rectangle."""
        edges = (left, top, right, bottom)
        self._draw.rounded_rectangle(edges, radius, fill, outline, width)

    def circle(
        self, x: float, y: float, radius: float, *, outline: str = "#c8302c", width: int = 4
    ) -> None:
        """Draw a ring, as that of a seal."""
        edges = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(edges, None, outline, width)

    def star(self, x: float, y: float, radius: float, ink: str = "#c8302c") -> None:
        """Draw a star of five points, as on a seal or an emblem."""
        points = [
            (
                x + (radius if i % 2 == 0 else radius * 0.4) * math.sin(i * math.pi / 5),
                y - (radius if i % 2 == 0 else radius * 0.4) * math.cos(i * math.pi / 5),
            )
            for i in range(10)
        ]
        self._draw.polygon(points, ink)

    def paste(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw another sheet, without its lines, as a part of this one."""
        self.page.paste(sheet.page, (left, top))

    def portrait(self, left: int, top: int, right: int, bottom: int) -> None:
        """Draw a head and shoulders without a face."""
        width, height = right - left, bottom - top
        photo = Image.new("RGB", (width, height), "#e8edf2")
        draw = ImageDraw.Draw(photo)
        body = (-0.02 * width, 0.68 * height, 1.02 * width, 1.6 * height)
        draw.ellipse(body, "#3b4453")
        draw.ellipse((0.26 * width, 0.16 * height, 0.74 * width, 0.72 * height), "#d9b79a")
        draw.chord((0.24 * width, 0.1 * height, 0.76 * width, 0.56 * height), 180, 360, "#23262b")
        self.page.paste(photo, (left, top))

    def waves(self, ink: str, random: Random, count: int = 24) -> None:
        """Draw fine waves, as those that protect a card."""
        for row in range(count):
            y = self.height * (row + 0.5) / count
            height, length = random.uniform(6, 18), random.uniform(90, 200)
            shift = random.uniform(0, 6)
            points = [
                (x, y + height * math.sin(x / length * 2 * math.pi + shift))
                for x in range(0, self.width + 8, 8)
            ]
            self._draw.line(points, ink, 1)

    def mark(self, strength: int = 26) -> None:
        """Draw the word 样本 across the sheet: pale, so that the text under it stays readable. It
        is not among the lines.
        """
        pixels = max(24, int(min(self.height * 0.5, self.width * 0.3)))
        face = face_of("sans", pixels)
        layer = Image.new("L", self.page.size, 0)
        place = ((self.width - pixels * 2) / 2, (self.height - pixels * 1.4) / 2)
        ImageDraw.Draw(layer).text(place, MARK, strength, face)
        layer = layer.rotate(18, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))
        (brightness,) = ImageStat.Stat(self.page.convert("L")).mean
        ink = "#8a3030" if brightness > 110 else "#ffffff"
        self.page.paste(Image.new("RGB", self.page.size, ink), mask=layer)


def text_width(text: str, pixels: int, font: str = "sans") -> float:
    """How wide a text is, in pixels."""
    return face_of(font, pixels).getlength(text)


def wrapped(text: str, pixels: int, width: float, font: str = "sans") -> Iterable[str]:
    """The text in lines of at most `width` pixels; it may break after any character."""
    face = face_of(font, pixels)
    line = ""
    for character in text:
        if line and face.getlength(line + character) > width:
            yield line
            line = ""
        line += character
    if line:
        yield line
