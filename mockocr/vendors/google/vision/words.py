"""Splits recognised lines into the words and symbols of the API, with the breaks after them.

observed: since 2021, punctuation is a word of its own. That a run of Chinese characters is one word
is a guess: Google splits it by a dictionary.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from mockocr.core.recognition import Character, Line, Quad, Word, mean
from mockocr.vendors.google.vision.languages import script_of

SPACE, WIDE_SPACE = "SPACE", "SURE_SPACE"
LINE_WRAP, LINE_BREAK = "EOL_SURE_SPACE", "LINE_BREAK"
TEXT_OF_BREAK = {SPACE: " ", WIDE_SPACE: " ", LINE_WRAP: "\n", LINE_BREAK: "\n", "": ""}
"""What stands in the text for each break; observed."""

_WIDE = 1.5
"""How many line heights a very wide gap has (guess)."""
_IDEOGRAPHIC = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
_INSIDE = frozenset(".,:'’_@/")
"""Punctuation that stays in a word between two letters or digits (guess)."""


class Token(msgspec.Struct, frozen=True):
    """One word of the API: its characters, its corners, and the break after it (empty: none)."""

    characters: Sequence[Character]
    quad: Quad
    confidence: float
    ending: str = ""

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)


def line_tokens(line: Line, ending: str) -> list[Token]:
    """The words of a line; the last one has `ending` after it."""
    tokens: list[Token] = []
    words = [word for word in line.words if word.text]
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        after = ending if following is None else _gap(word, following, line)
        tokens += _split(word, after)
    return tokens


def _gap(word: Word, following: Word, line: Line) -> str:
    if not following.spaced:
        return ""
    (_, right), (left, _) = _reach(word, line), _reach(following, line)
    return WIDE_SPACE if left - right > _WIDE * line.quad.height else SPACE


def _reach(word: Word, line: Line) -> tuple[float, float]:
    """Where the word begins and ends along the line's reading direction, in pixels."""
    turned = word.quad.rotated(-line.quad.angle, line.quad.center)
    left, _, right, _ = turned.extent
    return left, right


def _split(word: Word, ending: str) -> Iterator[Token]:
    groups = list(_groups(word.characters))
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        quad = word.quad if len(groups) == 1 else _joined(group)
        confidence = word.confidence if len(groups) == 1 else mean(c.confidence for c in group)
        yield Token(group, quad, confidence, ending if last else "")


def _groups(characters: Sequence[Character]) -> Iterator[Sequence[Character]]:
    start = 0
    for index in range(1, len(characters) + 1):
        if index == len(characters) or not _together(characters, index):
            if index > start:
                yield characters[start:index]
            start = index


def _together(characters: Sequence[Character], index: int) -> bool:
    """True if the character at `index` continues the word of the one before it."""
    before, here = characters[index - 1].text, characters[index].text
    kinds = _kind(before), _kind(here)
    if kinds[0] == kinds[1]:
        return kinds[0] != "mark"
    if here in _INSIDE and index + 1 < len(characters):
        return kinds[0] == "letter" and _kind(characters[index + 1].text) == "letter"
    return (
        before in _INSIDE
        and index >= 2
        and kinds[1] == "letter" == _kind(characters[index - 2].text)
    )


def _kind(text: str) -> str:
    if script_of(text[:1]) in _IDEOGRAPHIC:
        return "ideograph"
    category = unicodedata.category(text[:1]) if text else "Lo"
    return "letter" if category[0] in "LNM" else "mark"


def _joined(group: Sequence[Character]) -> Quad:
    first, last = group[0].quad, group[-1].quad
    return Quad(first.tl, last.tr, last.br, first.bl)
