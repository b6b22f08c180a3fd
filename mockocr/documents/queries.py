"""Answers questions about a page by the words of its keys: no model understands the question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mockocr.documents.pairs import Pair, Part

_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are at by did do does for from how i in is it its me my of on or please s show"
        " tell that the their there these this to was were what whats when where which who will"
        " with you your listed given shown value much many",
    )
)
"""Words of a question that name nothing."""
_WORD = re.compile(r"[^\W_]+")
_ENOUGH = 0.5
"""The share of the words of question and key together that must agree."""


def answer(question: str, pairs: Iterable[Pair]) -> Part | None:
    """The value of the pair whose key shares most words with the question, or None if no key
    shares enough of them.
    """
    asked = _words(question)
    best: tuple[float, float] = (0.0, 0.0)
    found: Part | None = None
    for pair in pairs:
        named = _words(pair.key.text)
        if pair.value is None or not named or not asked:
            continue
        shared = sum(1 for word in named if word in asked)
        score = 2 * shared / (len(named) + len(asked)), pair.confidence
        if score > best:
            best, found = score, pair.value
    return found if best[0] >= _ENOUGH else None


def _words(text: str) -> frozenset[str]:
    """The words that mean something, folded, without a plural s."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = [word for word in _WORD.findall(folded) if word not in _STOP]
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)
