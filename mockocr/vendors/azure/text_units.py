"""Positions in a text in the three units that Azure counts: text elements (extended grapheme
clusters of Unicode), code points, and UTF-16 code units.

Text elements are found by the rules GB3 to GB13 of UAX 29. Python's standard library has no
segmentation, and a library for it would be the only one of the base installation that one vendor
needs; the tests compare with the library `regex`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import accumulate, pairwise

TEXT_ELEMENTS, CODE_POINTS, UTF16 = "textElements", "unicodeCodePoint", "utf16CodeUnit"
_ZWJ = "\u200d"
_EXTENDING = {"Mn", "Me"}
_JOINING = {"Mn", "Me", "Mc"}
_CONTROL = {"Cc", "Zl", "Zp"}


def positions(text: str, unit: str) -> list[int]:
    """For each code point of the text and its end, how many units come before it."""
    return list(accumulate(_UNITS[unit](text), initial=0))


def _code_points(text: str) -> list[int]:
    return [1] * len(text)


def _utf16(text: str) -> list[int]:
    return [2 if ord(c) > 0xFFFF else 1 for c in text]


def _text_elements(text: str) -> list[int]:
    """1 for a code point that begins a text element, else 0."""
    if text.isascii() and "\r" not in text:
        return [1] * len(text)
    begins = [1] * min(1, len(text))
    flags = 0  # regional indicators in a row before this code point
    emoji = False  # a pictograph and what extends it, up to here
    for before, now in pairwise(text):
        flags = flags + 1 if _is_flag(before) else 0
        glued = emoji and before == _ZWJ
        emoji = _is_pictograph(before) or (emoji and _extends(before))
        joined = (
            _join(before, now)
            or (glued and _is_pictograph(now))
            or (_is_flag(now) and flags % 2 == 1)
        )
        begins.append(0 if joined else 1)
    return begins


def _join(before: str, now: str) -> bool:
    """True if no break is between the two, by the rules that look at no more than them."""
    if before == "\r" and now == "\n":
        return True
    if _is_control(before) or _is_control(now):
        return False
    if _extends(now) or now == _ZWJ or unicodedata.category(now) in _JOINING:
        return True
    if now in "\u0e33\u0eb3":
        return True
    return _joins_hangul(before, now)


def _joins_hangul(before: str, now: str) -> bool:
    left, right = _hangul(before), _hangul(now)
    return (
        (left == "L" and right in ("L", "V", "LV", "LVT"))
        or (left in ("LV", "V") and right in ("V", "T"))
        or (left in ("LVT", "T") and right == "T")
    )


def _hangul(character: str) -> str:
    point = ord(character)
    if 0x1100 <= point <= 0x115F or 0xA960 <= point <= 0xA97C:
        return "L"
    if 0x1160 <= point <= 0x11A7 or 0xD7B0 <= point <= 0xD7C6:
        return "V"
    if 0x11A8 <= point <= 0x11FF or 0xD7CB <= point <= 0xD7FB:
        return "T"
    if 0xAC00 <= point <= 0xD7A3:
        return "LVT" if (point - 0xAC00) % 28 else "LV"
    return ""


def _extends(character: str) -> bool:
    point = ord(character)
    return (
        unicodedata.category(character) in _EXTENDING
        or point in (0x200C, 0xFF9E, 0xFF9F)
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE007F
    )


def _is_control(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in _CONTROL or (
        kind == "Cf"
        and character not in "\u200c\u200d"
        and not (0xE0020 <= ord(character) <= 0xE007F)
    )


def _is_flag(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _is_pictograph(character: str) -> bool:
    point = ord(character)
    if 0x1F3FB <= point <= 0x1F3FF or _is_flag(character):
        return False
    return (
        0x1F000 <= point <= 0x1FAFF
        or 0x2600 <= point <= 0x27BF
        or point
        in (
            0xA9,
            0xAE,
            0x203C,
            0x2049,
            0x2122,
            0x2139,
            0x2B50,
            0x2B55,
            0x3030,
            0x303D,
        )
    )


_UNITS: dict[str, Callable[[str], list[int]]] = {
    TEXT_ELEMENTS: _text_elements,
    CODE_POINTS: _code_points,
    UTF16: _utf16,
}
UNITS = tuple(_UNITS)
