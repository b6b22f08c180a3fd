"""What was read from a picture: lines of words of characters, with corners in pixels of the
picture as sent.

The origin is the top-left pixel corner, x runs right and y runs down. The corners of a `Quad` are
TL, TR, BR, BL in the text's own frame, so `tl` to `tr` is the reading direction even when it
points down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """Pixels, not rounded."""

    x: float
    y: float


class Box(NamedTuple):
    """An upright bounding box in whole pixels."""

    x: int
    y: int
    width: int
    height: int


class Quad(NamedTuple):
    """Four corners in the text's own frame."""

    tl: Point
    tr: Point
    br: Point
    bl: Point

    @classmethod
    def upright(cls, left: float, top: float, right: float, bottom: float) -> Quad:
        return cls(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the upright rectangle around the corners."""
        xs, ys = [p.x for p in self], [p.y for p in self]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def bounds(self) -> Box:
        """The upright bounding box, corners rounded to whole pixels."""
        left, top, right, bottom = (round(v) for v in self.extent)
        return Box(left, top, right - left, bottom - top)

    @property
    def rounded(self) -> tuple[tuple[int, int], ...]:
        """The corners as whole pixels, in order."""
        return tuple((round(p.x), round(p.y)) for p in self)

    @property
    def angle(self) -> float:
        """Degrees that the reading direction is turned from horizontal, clockwise, in (-180,
        180].
        """
        degrees = math.degrees(math.atan2(self.tr.y - self.tl.y, self.tr.x - self.tl.x))
        return 180.0 if degrees == -180.0 else degrees

    def share(self, start: float, end: float) -> Quad:
        """The slice from `start` to `end` (0..1 along the reading direction)."""

        def at(a: Point, b: Point, t: float) -> Point:
            return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)

        return Quad(
            at(self.tl, self.tr, start),
            at(self.tl, self.tr, end),
            at(self.bl, self.br, end),
            at(self.bl, self.br, start),
        )

    def moved(self, dx: float, dy: float) -> Quad:
        return Quad(*(Point(p.x + dx, p.y + dy) for p in self))


@dataclass(frozen=True, slots=True)
class Character:
    """One character; confidence 0..1."""

    text: str
    quad: Quad
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """A run without blanks; confidence 0..1. `spaced`: a blank stands before it in the line."""

    text: str
    quad: Quad
    confidence: float
    characters: tuple[Character, ...] = ()
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; confidence 0..1; `block` counts the blocks of the page from 0 in reading
    order.
    """

    words: tuple[Word, ...]
    quad: Quad
    confidence: float
    block: int = 0

    @property
    def text(self) -> str:
        return "".join((" " if w.spaced and i else "") + w.text for i, w in enumerate(self.words))

    @property
    def characters(self) -> tuple[Character, ...]:
        """The characters of all words, blanks left out."""
        return tuple(c for w in self.words for c in w.characters)


@dataclass(frozen=True, slots=True)
class Recognition:
    """All lines in reading order.

    `angle` is how far the text of the whole picture is turned, degrees clockwise in (-180, 180]; 0
    when nobody asked. `engine` names what read it, with its version.
    """

    lines: tuple[Line, ...] = ()
    angle: float = 0.0
    engine: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def line_of_text(text: str, quad: Quad, confidence: float = 1.0, block: int = 0) -> Line:
    """A line whose words and characters share the quad evenly; for scripted answers and tests."""
    if not text:
        return Line((), quad, confidence, block)
    words: list[Word] = []
    position, length = 0, len(text)
    for index, chunk in enumerate(text.split(" ")):
        if chunk:
            start = position
            characters = tuple(
                Character(c, quad.share((start + i) / length, (start + i + 1) / length), confidence)
                for i, c in enumerate(chunk)
            )
            part = quad.share(start / length, (start + len(chunk)) / length)
            words.append(Word(chunk, part, confidence, characters, spaced=index > 0))
        position += len(chunk) + 1
    return Line(tuple(words), quad, confidence, block)


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean, 0.0 of nothing."""
    items = list(values)
    return sum(items) / len(items) if items else 0.0
