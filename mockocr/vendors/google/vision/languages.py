"""Tells the language of text by its script, and by the hints of the request.

A guess in place of Google's own detection: a script that several languages share has the one that
is hinted, else its most common one.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_BY_SCRIPT = {
    "LATIN": "en",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "iw",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
_OTHER = frozenset(_BY_SCRIPT.values()) - {"en"}
_SHARED = {"CYRILLIC": _CYRILLIC, "CJK": frozenset({"zh", "ja"}), "ARABIC": {"ar", "fa", "ur"}}
UNDETERMINED = "und"


def script_of(character: str) -> str:
    """The script of a letter as in its Unicode name; empty for anything that is no letter."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").partition(" ")[0]


def language_of(text: str, hints: Sequence[str]) -> str:
    """The language code of the text; empty if it has no letters."""
    scripts = Counter(filter(None, map(script_of, text)))
    if not scripts:
        return ""
    if scripts.keys() & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    script = scripts.most_common(1)[0][0]
    for hint in hints:
        base = hint.partition("-")[0].lower()
        shared = _SHARED.get(script, {_BY_SCRIPT.get(script, "")})
        if base in shared or (script == "LATIN" and base not in _OTHER | _CYRILLIC):
            return hint if script == "CJK" else base
    return _BY_SCRIPT.get(script, UNDETERMINED)


def shares(languages: Iterable[tuple[str, int]]) -> list[tuple[str, float]]:
    """Each language with its share of the letters, the most frequent first."""
    counts: Counter[str] = Counter()
    for language, letters in languages:
        if language:
            counts[language] += letters
    total = counts.total()
    return [(language, round(count / total, 2)) for language, count in counts.most_common()]
