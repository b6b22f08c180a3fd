"""Finds the keys in a text: words up to a colon, a number sign or a dash, and what follows them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from mockocr.core.recognition import Quad, Word, mean

_END = re.compile(r"[:：#]$")
"""A word that ends a key."""
_COLON = re.compile(r"(?:^|(?<=[^\W\d]))\s*[:：](?=[^/\\])")
"""A colon in a word that is no time and no address of the web."""
_DASHES = frozenset("-–—")
_WIDE = 1.6
"""A blank this many times wider than the others is between a value and the next key."""
Keyed = tuple[tuple[Word, ...], tuple[Word, ...]]
"""The words of a key and of its value."""


def split_at_keys(words: Sequence[Word]) -> list[Keyed]:
    """The keys in words that stand side by side, each with the words up to the next key."""
    parts = [part for word in words for part in _at_colon(word)]
    ends = [i for i in range(len(parts)) if _ends_key(parts, i)]
    if not ends:
        return _at_dash(parts)
    found: list[Keyed] = []
    start = 0
    for number, end in enumerate(ends):
        last = number + 1 == len(ends)
        stop = len(parts) if last else _next_key(parts, end + 1, ends[number + 1])
        found.append((tuple(parts[start : end + 1]), tuple(parts[end + 1 : stop])))
        start = stop
    return found


def _ends_key(words: Sequence[Word], index: int) -> bool:
    text = words[index].text
    # "# 5" is a count and no key
    return _END.search(text) is not None and (len(text) > 1 or index > 0)


def _next_key(words: Sequence[Word], first: int, end: int) -> int:
    """Where the key begins that ends at `end`: after the widest blank, if one is wide, else with
    the last word. A value has at least one word.
    """
    gaps = [(words[i].quad.tl.x - words[i - 1].quad.tr.x, i) for i in range(first + 1, end + 1)]
    if not gaps:
        return end
    widest, index = max(gaps)
    usual = statistics.median(gap for gap, _ in gaps)
    if len(gaps) > 1 and widest > _WIDE * max(usual, 1.0):
        return index
    # a lone sign belongs to the word before it
    return end - 1 if len(words[end].text) == 1 and end - 1 > first else end


def _at_dash(words: Sequence[Word]) -> list[Keyed]:
    """A short key, a dash, and a value of one word."""
    dashes = [i for i, word in enumerate(words) if word.text in _DASHES]
    if len(dashes) != 1:
        return []
    key, value = words[: dashes[0] + 1], words[dashes[0] + 1 :]
    if not 2 <= len(key) <= 4 or len(value) != 1:
        return []
    return [(tuple(key), tuple(value))]


def _at_colon(word: Word) -> list[Word]:
    """The word, cut after a colon in it, as between a Chinese key and its value."""
    match = _COLON.search(word.text)
    if match is None or match.end() >= len(word.text):
        return [word]
    cut = match.end()
    return [_slice(word, 0, cut), *_at_colon(_slice(word, cut, len(word.text)))]


def _slice(word: Word, start: int, end: int) -> Word:
    characters = word.characters[start:end]
    first, last = characters[0].quad, characters[-1].quad
    quad = Quad(first.tl, last.tr, last.br, first.bl)
    spaced = word.spaced if start == 0 else False
    return Word(
        word.text[start:end], quad, mean(c.confidence for c in characters), characters, spaced
    )
