"""Maps the characters of a text to where they were recognised, so that a field found in the text
has corners and a confidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from mockocr.core.recognition import Character, Line, Quad, mean


class Value(msgspec.Struct, frozen=True):
    """One field: its text, empty if it was not found, and the recognised characters it came from.
    Spaces have no character, and the text may contain separators that were not recognised.

    `scripted` is the confidence of a field that a test scripted: it has no characters.
    """

    text: str = ""
    characters: tuple[Character, ...] = ()
    scripted: float = 0.0

    @property
    def confidence(self) -> float:
        """0..1; 0 for an empty field."""
        return mean(c.confidence for c in self.characters) if self.characters else self.scripted

    @property
    def quad(self) -> Quad | None:
        """The upright rectangle around the characters in pixels, None for an empty field."""
        if not self.characters:
            return None
        extents = [c.quad.extent for c in self.characters]
        left, top = min(e[0] for e in extents), min(e[1] for e in extents)
        return Quad.upright(left, top, max(e[2] for e in extents), max(e[3] for e in extents))


NOTHING = Value()
"""A field that was not found."""


class CharMap(msgspec.Struct, frozen=True):
    """A text and the recognised character of each of its own (None for spaces and line feeds)."""

    text: str
    characters: tuple[Character | None, ...]

    def cut(self, start: int, end: int) -> Value:
        """The field `text[start:end]`."""
        found = tuple(c for c in self.characters[start:end] if c is not None)
        return Value(self.text[start:end].strip(), found)

    def group(self, match: re.Match[str], name: int | str = 1) -> Value:
        """The field that a group of `match` captured; empty if the group did not match."""
        start, end = match.span(name)
        return self.cut(start, end) if start >= 0 else NOTHING


def line_char_map(line: Line, *, spaces: bool) -> CharMap:
    """The line's map, with full-width characters made narrow, and with or without its `spaces`."""
    text: list[str] = []
    characters: list[Character | None] = []
    for index, word in enumerate(line.words):
        if spaces and word.spaced and index:
            text.append(" ")
            characters.append(None)
        for character in word.characters:
            narrow = unicodedata.normalize("NFKC", character.text)
            text.append(narrow)
            characters += [character] * len(narrow)
    return CharMap("".join(text), tuple(characters))


def page_char_map(lines: Sequence[Line]) -> CharMap:
    """The map of all lines without their spaces, joined by line feeds."""
    return join_char_maps([line_char_map(line, spaces=False) for line in lines])


def join_char_maps(maps: Iterable[CharMap]) -> CharMap:
    """One map of several, joined by line feeds."""
    text, characters = "", tuple[Character | None, ...]()
    for number, line in enumerate(maps):
        if number:
            text, characters = text + "\n", (*characters, None)
        text, characters = text + line.text, characters + line.characters
    return CharMap(text, characters)
