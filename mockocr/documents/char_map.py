"""A line as one character after the other, so that a field found in its text keeps its characters'
corners and confidences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mockocr.core.recognition import Character, Line, Quad, mean


@dataclass(frozen=True, slots=True)
class Value:
    """One field: its text, empty when it was not read, and the characters that it came from (made
    narrow; blanks have none, and the text may hold signs between them that nobody read).
    """

    text: str = ""
    characters: tuple[Character, ...] = ()

    @property
    def confidence(self) -> float:
        """0..1, 0 for nothing."""
        return mean(c.confidence for c in self.characters)

    @property
    def quad(self) -> Quad | None:
        """The upright rectangle around the characters, None for nothing."""
        if not self.characters:
            return None
        extents = [c.quad.extent for c in self.characters]
        left, top = min(e[0] for e in extents), min(e[1] for e in extents)
        return Quad.upright(left, top, max(e[2] for e in extents), max(e[3] for e in extents))


NOTHING = Value()
"""A field that was not read."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Text and, for each of its characters, where it came from (None for blanks and line ends)."""

    text: str
    characters: tuple[Character | None, ...]

    def cut(self, start: int, end: int) -> Value:
        """The field between two places in the text."""
        found = tuple(c for c in self.characters[start:end] if c is not None)
        return Value(self.text[start:end].strip(), found)

    def group(self, match: re.Match[str], name: int | str = 1) -> Value:
        """The field that a match on the text captured; nothing where the group took no part."""
        start, end = match.span(name)
        return self.cut(start, end) if start >= 0 else NOTHING


def strip_of(line: Line, *, blanks: bool) -> Strip:
    """The line's strip, full-width signs made narrow; without its blanks unless they are wanted."""
    text: list[str] = []
    characters: list[Character | None] = []
    for index, word in enumerate(line.words):
        if blanks and word.spaced and index:
            text.append(" ")
            characters.append(None)
        for character in word.characters or _cut(word.text, word.quad, word.confidence):
            narrow = unicodedata.normalize("NFKC", character.text)
            text.append(narrow)
            characters += [character] * len(narrow)
    return Strip("".join(text), tuple(characters))


def page_of(lines: Sequence[Line]) -> Strip:
    """All lines without their blanks, a line feed between them."""
    return joined([strip_of(line, blanks=False) for line in lines])


def joined(strips: Iterable[Strip]) -> Strip:
    """One strip of several, a line feed between them."""
    text, characters = "", tuple[Character | None, ...]()
    for number, strip in enumerate(strips):
        if number:
            text, characters = text + "\n", (*characters, None)
        text, characters = text + strip.text, characters + strip.characters
    return Strip(text, characters)


def _cut(text: str, quad: Quad, confidence: float) -> tuple[Character, ...]:
    """The characters of a word that a script gave without its own, cut evenly."""
    return tuple(
        Character(c, quad.share(i / len(text), (i + 1) / len(text)), confidence)
        for i, c in enumerate(text)
    )
