"""Faults that degrade a recognition: dropped lines, look-alikes, moved boxes, lower confidence."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from mockocr.control.faults.fault_kind import Effect, FaultKind, Parse, parse_number
from mockocr.control.validation import InvalidInputError
from mockocr.core.recognition import Character, Line, PictureWarning, Recognition, Word
from mockocr.core.service import Service

Degrade = Callable[[Recognition, float, random.Random], Recognition]
Piece = TypeVar("Piece", Line, Word, Character)

LOOKALIKES: Mapping[str, str] = {
    **dict(zip("0OoQ1lI|5S8B2Z6G9g", "O00Ol1l1S5B8Z2G6g9", strict=True)),
    **dict(zip("己已日曰未末土士人入", "已己曰日末未士土入人", strict=True)),
    **dict(zip("大太干千天夭", "太大千干夭天", strict=True)),
}
"""Characters that recognition confuses, each with the one it is taken for."""


def drop_lines(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Remove a share of the lines, rounded to whole lines."""
    lines = recognition.lines
    dropped = _some(range(len(lines)), share, source)
    return recognition.replaced(lines=tuple(x for i, x in enumerate(lines) if i not in dropped))


def confuse(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Replace a share of the characters that have a look-alike with it."""
    texts = "".join(word.text for line in recognition.lines for word in line.words)
    positions = [i for i, character in enumerate(texts) if character in LOOKALIKES]
    swapped = _some(positions, share, source)
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
    """Move every box right and down by `pixels`; a negative number moves it left and up."""

    def moved(piece: Piece) -> Piece:
        return replace(piece, quad=piece.quad.moved(pixels, pixels))

    return _lines(recognition, lambda line: _whole(line, moved, moved, moved))


def fade(recognition: Recognition, share: float, source: random.Random) -> Recognition:
    """Reduce every confidence by a share of it."""

    def faded(piece: Piece) -> Piece:
        return replace(piece, confidence=piece.confidence * (1 - share))

    return _lines(recognition, lambda line: _whole(line, faded, faded, faded))


def _some(positions: range | list[int], share: float, source: random.Random) -> frozenset[int]:
    return frozenset(source.sample(positions, int(len(positions) * share + 0.5)))


def _lines(recognition: Recognition, change: Callable[[Line], Line]) -> Recognition:
    return recognition.replaced(lines=tuple(map(change, recognition.lines)))


def _whole(
    line: Line,
    of_line: Callable[[Line], Line],
    of_word: Callable[[Word], Word],
    of_character: Callable[[Character], Character],
) -> Line:
    """The line with the changes applied to it, its words and their characters."""
    words = tuple(
        replace(of_word(word), characters=tuple(map(of_character, word.characters)))
        for word in line.words
    )
    return replace(of_line(line), words=words)


def _parser(name: str, degrade: Degrade, minimum: float, maximum: float) -> Parse:
    def parse(value: str, services: Sequence[Service]) -> Effect:
        amount = parse_number(name, value, minimum, maximum)
        return Effect(degrade=lambda recognition, source: degrade(recognition, amount, source))

    return parse


def _parse_warnings(value: str, services: Sequence[Service]) -> Effect:
    try:
        warnings = tuple(dict.fromkeys(PictureWarning(name) for name in value.split("+")))
    except ValueError:
        names = ", ".join(PictureWarning)
        message = f"warnings must be names joined by +, not {value!r}; there are {names}"
        raise InvalidInputError(message) from None
    return Effect(degrade=lambda recognition, source: recognition.replaced(warnings=warnings))


KINDS = (
    FaultKind(
        "drop_lines",
        "degrade",
        ("drop_lines=<share>",),
        ("drop_lines=0.3",),
        "a share of the lines is missing",
        _parser("drop_lines", drop_lines, 0, 1),
    ),
    FaultKind(
        "confuse",
        "degrade",
        ("confuse=<share>",),
        ("confuse=0.2",),
        "a share of the look-alikes is swapped: 0/O, 1/l, 5/S, 日/曰, 未/末 …",
        _parser("confuse", confuse, 0, 1),
    ),
    FaultKind(
        "shift",
        "degrade",
        ("shift=<pixels>",),
        ("shift=10",),
        "every box is moved right and down",
        _parser("shift", shift, -100_000, 100_000),
    ),
    FaultKind(
        "fade",
        "degrade",
        ("fade=<share>",),
        ("fade=0.5",),
        "every confidence is reduced by that share",
        _parser("fade", fade, 0, 1),
    ),
    FaultKind(
        "warnings",
        "degrade",
        ("warnings=<name>+<name>",),
        ("warnings=copy", "warnings=reshoot+reflection"),
        f"what the vendor says against a picture of a card: {', '.join(PictureWarning)}",
        _parse_warnings,
    ),
)
