"""Faults in what was read: dropped lines, look-alikes, moved boxes, faded confidence."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from mockocr.core.recognition import Character, Line, Recognition, Word

Spoil = Callable[[Recognition, float, random.Random], Recognition]
Piece = TypeVar("Piece", Line, Word, Character)

LOOKALIKES: Mapping[str, str] = {
    **dict(zip("0OoQ1lI|5S8B2Z6G9g", "O00Ol1l1S5B8Z2G6g9", strict=True)),
    **dict(zip("己已日曰未末土士人入", "已己曰日末未士土入人", strict=True)),
    **dict(zip("大太干千天夭", "太大千干夭天", strict=True)),
}
"""What recognition takes for what."""


def drop_lines(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Leave a share of the lines out, rounded to whole lines."""
    lines = recognition.lines
    gone = _some(range(len(lines)), share, source)
    return replace(recognition, lines=tuple(x for i, x in enumerate(lines) if i not in gone))


def confuse(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Swap a share of the characters that have a look-alike for it."""
    texts = "".join(word.text for line in recognition.lines for word in line.words)
    places = [place for place, character in enumerate(texts) if character in LOOKALIKES]
    swapped = _some(places, share, source)
    position = 0

    def swap(text: str) -> str:
        nonlocal position
        start, position = position, position + len(text)
        return "".join(LOOKALIKES[c] if start + i in swapped else c for i, c in enumerate(text))

    def word(old: Word) -> Word:
        new = swap(old.text)
        if "".join(c.text for c in old.characters) != old.text:
            return replace(old, text=new)
        start, characters = 0, list[Character]()
        for character in old.characters:
            end = start + len(character.text)
            characters.append(replace(character, text=new[start:end]))
            start = end
        return replace(old, text=new, characters=tuple(characters))

    return _lines(recognition, lambda line: replace(line, words=tuple(map(word, line.words))))


def shift(recognition: Recognition, pixels: float, source: random.Random) -> Recognition:
    """Move every box right and down, or left and up by a negative number."""

    def moved(piece: Piece) -> Piece:
        return replace(piece, quad=piece.quad.moved(pixels, pixels))

    return _lines(recognition, lambda line: _whole(line, moved, moved, moved))


def fade(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Take a share of every confidence away."""

    def faded(piece: Piece) -> Piece:
        return replace(piece, confidence=piece.confidence * (1 - share))

    return _lines(recognition, lambda line: _whole(line, faded, faded, faded))


SPOILS: Mapping[str, tuple[Spoil, float, float]] = {
    "drop_lines": (drop_lines, 0, 1),
    "confuse": (confuse, 0, 1),
    "shift": (shift, -100_000, 100_000),
    "fade": (fade, 0, 1),
}
"""Name → what it does, and the least and the most that it can be told."""


def _some(places: range | list[int], share: float, source: random.Random) -> frozenset[int]:
    return frozenset(source.sample(places, int(len(places) * share + 0.5)))


def _lines(recognition: Recognition, change: Callable[[Line], Line]) -> Recognition:
    return replace(recognition, lines=tuple(map(change, recognition.lines)))


def _whole(
    line: Line,
    of_line: Callable[[Line], Line],
    of_word: Callable[[Word], Word],
    of_character: Callable[[Character], Character],
) -> Line:
    """The line changed with its words and their characters."""
    words = tuple(
        replace(of_word(word), characters=tuple(map(of_character, word.characters)))
        for word in line.words
    )
    return replace(of_line(line), words=words)
