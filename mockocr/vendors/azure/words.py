"""The lines and words of a recognition as Azure cuts them: each Chinese or Japanese character is a
word of its own.

Source: learn.microsoft.com, language support of Read; and recorded answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mockocr.core.recognition import Character, Line, Quad, Word, mean

_ALONE = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3001, 0x30FF),  # punctuation, kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF0F),  # full-width punctuation
    (0xFF1A, 0xFF20),
    (0x20000, 0x3FFFF),
)
"""Code points that are words of their own."""


class TextWord(msgspec.Struct, frozen=True):
    """One word; `start` is its first character's place in the text of its line."""

    text: str
    start: int
    quad: Quad
    confidence: float
    characters: tuple[Character, ...]


class TextLine(msgspec.Struct, frozen=True):
    """One line with its words; the text is that of the words and the blanks between them."""

    text: str
    quad: Quad
    words: tuple[TextWord, ...]


def text_lines(lines: Sequence[Line]) -> tuple[TextLine, ...]:
    """Every line that has text."""
    return tuple(text_line(line) for line in lines if line.text)


def text_line(line: Line) -> TextLine:
    """The line, cut into words."""
    return line_of_words(line.text, line.words, line.quad)


def line_of_words(text: str, words: Sequence[Word], quad: Quad) -> TextLine:
    """A line with that text, which consists of the words in order, with or without blanks."""
    found: list[TextWord] = []
    position = 0
    for word in words:
        position = max(text.find(word.text, position), position)
        for characters in _cut(word.characters):
            part = "".join(c.text for c in characters)
            whole = len(characters) == len(word.characters)
            found.append(
                TextWord(
                    part,
                    position,
                    word.quad if whole else _joined(characters),
                    word.confidence if whole else mean(c.confidence for c in characters),
                    tuple(characters),
                )
            )
            position += len(part)
    return TextLine(text, quad, tuple(found))


def _cut(characters: Sequence[Character]) -> Iterator[list[Character]]:
    run: list[Character] = []
    for character in characters:
        if _is_word(character.text):
            if run:
                yield run
                run = []
            yield [character]
        else:
            run.append(character)
    if run:
        yield run


def _is_word(text: str) -> bool:
    return len(text) == 1 and any(first <= ord(text) <= last for first, last in _ALONE)


def _joined(characters: Sequence[Character]) -> Quad:
    first, last = characters[0].quad, characters[-1].quad
    return Quad(first.tl, last.tr, last.br, first.bl)


def confidence(value: float) -> float:
    """Three decimals, 0 to 1. observed: every recorded answer."""
    return round(min(max(value, 0.0), 1.0), 3)
