"""Forms of the values of cards and licences: each takes what stands beside a label, and returns
the part that has the form, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from mockocr.core.recognition import Character
from mockocr.documents.char_map import NOTHING, CharMap, Value
from mockocr.documents.kinds.check_digits import (
    has_right_id_check,
    repaired_credit_code,
)

Form = Callable[[CharMap], Value]
HAN = r"\u3400-\u9fff"
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\D{0,2}(1[0-2]|0?[1-9])\D{0,2}(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)年(1[0-2]|0?[1-9])月")
_ENDLESS = re.compile(r"长期|永久|永续|长斯|长朝")
_NATION = re.compile(rf"([{HAN}]{{1,6}}?)族?(?![{HAN}])")
_SIMPLIFIED = str.maketrans("鮮滿壯維爾烏漢囘苗藏", "鲜满壮维尔乌汉回苗藏")
_JOINT = re.compile("[-—–~至]")
_NAME = re.compile(rf"[{HAN}][{HAN}·•・.]*[{HAN}]|[{HAN}]")
_DIGITS_FOR = str.maketrans("OoQDIl|", "0000111")
_ID = re.compile(r"(?<![\dA-Za-z])[\dOoIl|]{17}[\dXxOoIl|](?![\dA-Za-z])")
_WORD = r"(?:[A-Z.]|[a-z](?![a-z]))*+[a-z]{2}[A-Za-z.]*"
"""A run of letters with two small ones in a row. It is looked for at the run's beginning only."""
_ENGLISH = re.compile(rf"(?<![A-Za-z.]){_WORD}|VIN(?![0-9A-Z])|N[o0]\.(?:{_WORD})?")
_OUTER = re.compile(r"^[\s:：;,，.。、|'`\"”’_\-]+|[\s:：,，、|'`_\-]+$")


def whole(map: CharMap) -> Value:
    """All of it, without punctuation at its ends."""
    stripped = _OUTER.sub("", map.text)
    if not stripped:
        return NOTHING
    start = map.text.index(stripped)
    return map.cut(start, start + len(stripped))


def without_english(map: CharMap) -> CharMap:
    """The text without the English translations of labels, which have small letters."""
    kept: list[int] = []
    end = 0
    for match in _ENGLISH.finditer(map.text):
        kept += range(end, match.start())
        end = match.end()
    kept += range(end, len(map.text))
    return CharMap("".join(map.text[i] for i in kept), tuple(map.characters[i] for i in kept))


def is_english(map: CharMap) -> bool:
    """True for nothing but the English translation of a label."""
    return bool(map.text) and not any(c.isalnum() for c in without_english(map).text)


def matching(pattern: str, group: int = 0) -> Form:
    """The first part that the pattern fits."""
    compiled = re.compile(pattern)

    def form(map: CharMap) -> Value:
        match = compiled.search(map.text)
        return map.group(match, group) if match else NOTHING

    return form


def name(map: CharMap) -> Value:
    """The first run of Chinese characters, with a dot between the parts of a name."""
    match = _NAME.search(map.text)
    return map.group(match, 0) if match else NOTHING


def day(map: CharMap) -> Value:
    """The first day, as `1995-05-13`."""
    return next(iter(days(map)), NOTHING)


def days(map: CharMap) -> list[Value]:
    """All days, as `1995-05-13`."""
    return [
        Value(text, _own(map, match.start(), match.end()))
        for match in _DAY.finditer(map.text)
        if (text := _iso(*(int(part) for part in match.groups())))
    ]


def day_or_month(map: CharMap) -> Value:
    """The first day, or else the first month, as `1998-11`."""
    found = day(map)
    match = None if found.text else _MONTH.search(map.text)
    if match is None:
        return found
    return Value(f"{match[1]}-{int(match[2]):02}", _own(map, match.start(), match.end()))


def period(map: CharMap) -> tuple[Value, Value]:
    """Where a period starts and ends; the end may be 长期."""
    found = days(map)
    endless = _ENDLESS.search(map.text)
    end = Value("长期", _own(map, *endless.span())) if endless else NOTHING
    if not found:
        return NOTHING, end
    if len(found) > 1:
        return found[0], found[1]
    if not endless and _JOINT.search(map.text[: _first_day(map)]):
        return NOTHING, found[0]
    return found[0], end


def _first_day(map: CharMap) -> int:
    match = _DAY.search(map.text)
    return match.start() if match else 0


def nation(map: CharMap) -> Value:
    """The name of a nationality, without 族, in the simplified characters that cards print."""
    match = _NATION.search(map.text)
    if match is None:
        return NOTHING
    found = map.group(match)
    return Value(found.text.translate(_SIMPLIFIED), found.characters)


def id_number(map: CharMap) -> Value:
    """The number of an identity card: one with a right check character comes first."""
    found = [
        Value(match[0].translate(_DIGITS_FOR).upper(), map.group(match, 0).characters)
        for match in _ID.finditer(map.text)
    ]
    right = [value for value in found if has_right_id_check(value.text)]
    return next(iter([*right, *found]), NOTHING)


def credit_code(map: CharMap) -> Value:
    """A unified social credit code (18 characters) or a registration number (13 or 15 digits)."""
    text = map.text.upper()
    match = re.search(r"(?<![\dA-Z])[0-9A-Z]{18}(?![\dA-Z])", text)
    if match:
        return Value(repaired_credit_code(match[0]), map.group(match, 0).characters)
    match = re.search(r"(?<![\dA-Z])(?:\d{15}|\d{13})(?![\dA-Z])", text)
    return map.group(match, 0) if match else NOTHING


def _iso(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def _own(map: CharMap, start: int, end: int) -> tuple[Character, ...]:
    """The characters of a date: its digits, or its word."""
    own = map.cut(start, end).characters
    return tuple(c for c in own if c.text not in "年月日.-/·,: ")
