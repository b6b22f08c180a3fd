"""The text in a picture: lines of words of characters, with corners in pixels of the picture as
sent.

The origin is the top-left pixel corner, x runs right and y runs down. The corners of a `Quad` are
TL, TR, BR, BL in the text's own frame, so `tl` to `tr` is the reading direction even when it
points down.
"""

from __future__ import annotations

import dataclasses
import math
import struct
from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
import msgspec.structs

ArgumentT = TypeVar("ArgumentT", bound=Hashable)
T = TypeVar("T")


class Point(NamedTuple):
    """Pixels, not rounded."""

    x: float
    y: float


ORIGIN = Point(0.0, 0.0)


class Segment(NamedTuple):
    """A drawn straight line, from end to end, in pixels."""

    start: Point
    end: Point


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
    def center(self) -> Point:
        """The mean of the corners."""
        return Point(sum(p.x for p in self) / 4, sum(p.y for p in self) / 4)

    @property
    def width(self) -> float:
        """The side along the reading direction, in pixels."""
        return math.dist(self.tl, self.tr)

    @property
    def height(self) -> float:
        """The side across the reading direction, in pixels."""
        return math.dist(self.tl, self.bl)

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

    def rotated(self, degrees: float, about: Point = ORIGIN) -> Quad:
        """The quad turned clockwise about a point."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

        def turned(p: Point) -> Point:
            x, y = p.x - about.x, p.y - about.y
            return Point(about.x + x * cos - y * sin, about.y + x * sin + y * cos)

        return Quad(*(turned(p) for p in self))

    def leveled(self) -> Quad:
        """The quad turned about its centre until its reading direction is horizontal."""
        return self.rotated(-self.angle, self.center)

    def moved(self, dx: float, dy: float) -> Quad:
        return Quad(*(Point(p.x + dx, p.y + dy) for p in self))

    def scaled(self, across: float, down: float) -> Quad:
        return Quad(*(Point(p.x * across, p.y * down) for p in self))


class Character(msgspec.Struct, frozen=True):
    """One character; confidence 0..1."""

    text: str
    quad: Quad
    confidence: float


def spread_characters(text: str, quad: Quad, confidence: float) -> tuple[Character, ...]:
    """One character for each of the text, sharing the quad evenly."""
    count = len(text)
    return tuple(
        Character(c, quad.share(i / count, (i + 1) / count), confidence) for i, c in enumerate(text)
    )


class Word(msgspec.Struct, frozen=True):
    """A run of characters without blanks; confidence 0..1. `spaced`: a blank precedes it.

    Every word has characters: a word that is made without any gets them, evenly spread.
    """

    text: str
    quad: Quad
    confidence: float
    characters: tuple[Character, ...] = ()
    spaced: bool = False

    def __post_init__(self) -> None:
        if self.text and not self.characters:
            spread = spread_characters(self.text, self.quad, self.confidence)
            msgspec.structs.force_setattr(self, "characters", spread)


class Line(msgspec.Struct, frozen=True):
    """One line of text; confidence 0..1; `block` counts the blocks of the page from 0 in reading
    order. `background` is the colour around the text as red, green, blue (0..255), None if
    `ReadOptions.colors` is off.
    """

    words: tuple[Word, ...]
    quad: Quad
    confidence: float
    block: int = 0
    background: tuple[int, int, int] | None = None

    @property
    def text(self) -> str:
        return "".join((" " if w.spaced and i else "") + w.text for i, w in enumerate(self.words))

    @property
    def characters(self) -> tuple[Character, ...]:
        """The characters of all words, blanks left out."""
        return tuple(c for w in self.words for c in w.characters)


class PictureWarning(StrEnum):
    """What a vendor may say against a picture of a card. Nothing here judges a picture: a fault or
    a scripted answer sets them.
    """

    COPY = "copy"
    BLACK_AND_WHITE = "black_and_white"
    RESHOOT = "reshoot"
    TAMPERED = "tampered"
    BORDER = "border"
    COVERED = "covered"
    REFLECTION = "reflection"
    BLUR = "blur"
    TEMPORARY = "temporary"
    EXPIRED = "expired"
    ELECTRONIC = "electronic"
    WATERMARK = "watermark"


class ScriptedFields(msgspec.Struct, frozen=True):
    """Fields of a document that a test scripted: texts by name, and those of its rows. `kind` is
    empty if the operation decides it.
    """

    fields: Mapping[str, str]
    items: tuple[Mapping[str, str], ...] = ()
    kind: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Recognition:
    """All lines in reading order.

    `angle` is how far the text of the whole picture is turned, degrees clockwise in (-180, 180]; 0
    if `ReadOptions.turn` is off. `engine` is the engine's name and version. `rules` are the
    horizontal and vertical lines that are drawn in the picture, as those of a table; empty if
    `ReadOptions.rules` is off. `warnings` and `scripted` are what a test set.
    """

    lines: tuple[Line, ...] = ()
    angle: float = 0.0
    engine: str = ""
    rules: tuple[Segment, ...] = ()
    warnings: tuple[PictureWarning, ...] = ()
    scripted: ScriptedFields | None = None
    _cache: dict[Any, Any] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def replaced(self, **changes: Any) -> Recognition:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)

    def cached(self, compute: Callable[[Recognition, ArgumentT], T], argument: ArgumentT) -> T:
        """The result of `compute(self, argument)`, computed at most once: a recognition that is
        cached answers many requests.

        `compute` is a module-level function that reads nothing else. It has few arguments, as each
        result is kept as long as the recognition.
        """
        key = compute, argument
        if key not in self._cache:
            self._cache[key] = compute(self, argument)
        return cast(T, self._cache[key])


def line_of_text(text: str, quad: Quad, confidence: float = 1.0, block: int = 0) -> Line:
    """A line whose words and characters share the quad evenly."""
    if not text:
        return Line((), quad, confidence, block)
    words: list[Word] = []
    position, length = 0, len(text)
    for index, chunk in enumerate(text.split(" ")):
        if chunk:
            part = quad.share(position / length, (position + len(chunk)) / length)
            characters = spread_characters(chunk, part, confidence)
            words.append(Word(chunk, part, confidence, characters, spaced=index > 0))
        position += len(chunk) + 1
    return Line(tuple(words), quad, confidence, block)


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean, 0.0 of nothing."""
    items = list(values)
    return sum(items) / len(items) if items else 0.0


def float32(value: float) -> float:
    """The nearest 32-bit float: engines compute in these, and vendors print all their digits."""
    single: float = struct.unpack("<f", struct.pack("<f", value))[0]
    return single
