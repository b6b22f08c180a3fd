"""The pictures of the corpus, each made from its name alone: its part, a number, and chance that
is seeded with both. Half of them, by a hash of the name, is held out: nothing is tuned on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random

from msgspec.structs import replace

from benchmarks.corpus import photos, scenes
from benchmarks.corpus.scenes import Style
from mockocr.samples.drawing import Picture, Text, encode, render, spoiled

PARTS = ("clean", "forms", "degraded", "turned", "photos")
"""Plain text as drawn · columns, forms, receipts, chats and web pages as drawn · both as JPEG with
blur and grain · both at any angle · no text at all.
"""
HALVES = ("tuning", "held")

_FONTS = ("sans", "serif", "zenhei", "latin")
_LIGHT = ("white", "white", "#f4f1e8", "#e8f0ff", "#ffffff-#c8d4e0", "#fff8e0-#e0c8a0")
_DARK = ("#101418", "#20406a", "#5a1030", "#202020-#405060")
_INKS = ("black", "black", "#202060", "#602020", "#333333")


@dataclass(frozen=True, slots=True)
class Case:
    """One picture with its truth. `traits` say what was drawn: kind, pixels, font, ground..."""

    name: str
    part: str
    picture: Picture
    traits: dict[str, str]

    @property
    def turn(self) -> bool:
        """Whether its direction has to be looked for."""
        return self.part == "turned"


def half(name: str) -> str:
    """The half of the corpus that a name falls in."""
    return HALVES[hashlib.sha256(name.encode()).digest()[0] & 1]


def cases(part: str, wanted: int, of: str = "held") -> Iterator[Case]:
    """The first so many cases of a part (of `PARTS`) in one half; the same ones every time."""
    names = (f"{part}-{number}" for number in count())
    return (case(name) for name in islice((n for n in names if half(n) == of), wanted))


def case(name: str) -> Case:
    """The case of that name, `part-number`."""
    part, _, number = name.rpartition("-")
    if part not in PARTS or not number.isdecimal():
        raise KeyError(f"no case is called {name!r}; a name is one of {PARTS}, '-' and a number")
    random = Random(name)
    if part == "photos":
        return _photo(name, random, int(number))
    makers = {**scenes.PLAIN, **scenes.LAID_OUT}
    if part == "clean":
        makers = scenes.PLAIN
    elif part == "forms":
        makers = scenes.LAID_OUT
    kind = random.choice(list(makers))
    style = _style(random, kind)
    scene = makers[kind](random, style)
    texts = [_with_font(text, style.font) for text in scene.texts]
    angle = _angle(random) if part == "turned" else 0.0
    picture = render(
        texts,
        panels=scene.panels,
        size=scene.size,
        font=style.font,
        pixels=style.pixels,
        ink=style.ink,
        ground=style.ground,
        angle=angle,
    )
    traits = {"kind": kind, "pixels": str(style.pixels), "font": style.font, "ground": style.ground}
    if part == "turned":
        traits["angle"] = f"{angle:g}"
    if part == "degraded":
        picture, damage = _damaged(picture, random, style.pixels)
        traits |= damage
    return Case(name, part, picture, traits)


def _style(random: Random, kind: str) -> Style:
    pixels = random.randint(12, 48)
    font = random.choice(_FONTS)
    if random.random() < 0.25 and kind != "web":
        ink = random.choice(("white", "#ffe9a0"))
        return Style(pixels, font, ink, random.choice(_DARK), ("#303438", "#00774a"))
    return Style(pixels, font, random.choice(_INKS), random.choice(_LIGHT), ("white", "#95ec69"))


def _with_font(text: Text, font: str) -> Text:
    """The text in a font that has its characters: the Latin one has no Chinese."""
    return text if font != "latin" or text.text.isascii() else replace(text, font="sans")


def _angle(random: Random) -> float:
    """A quarter turn, up to 30 degrees on both sides of it, or both."""
    quarter = random.choice((0, 90, 180, 270))
    return float(quarter) if random.random() < 0.4 else quarter + random.uniform(-30, 30)


def _damaged(picture: Picture, random: Random, pixels: int) -> tuple[Picture, dict[str, str]]:
    """Slightly blurred, grained, and kept as JPEG."""
    blur, grain = random.uniform(0, min(1.2, 0.035 * pixels)), random.choice((0, 4, 8, 12))
    quality = random.randint(60, 95)
    picture = spoiled(picture, blur, grain, quality, random)
    damage = {"blur": f"{blur:.2f}", "grain": str(grain), "quality": str(quality)}
    return picture, damage


def _photo(name: str, random: Random, number: int) -> Case:
    kind = list(photos.KINDS)[number % len(photos.KINDS)]
    page = photos.photo(random, kind)
    data = encode(page, "JPEG", quality=random.randint(60, 95))
    return Case(name, "photos", Picture(data, *page.size, ()), {"kind": kind})
