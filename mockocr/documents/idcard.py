"""Finds the fields of a Chinese identity card, front or back, in recognised text.

Each field is the text after its label. No field is derived from another, although the number also
contains birth and sex. Fields that are not found stay empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, page_char_map

_HAN = r"\u3400-\u9fff"
_TO = r"[::]?\n?"
"""Between a label and its value, which may be on a line of its own."""
_NEXT = r"(?=姓名|性别|民族|出生|住址|公民|签发|有效|[,.，。、]|\n|$)"
"""After a value; specks are often recognised as punctuation."""
_NUMBER = r"(?<!\d)(\d{17}[\dXx])(?!\d)"
_DAY = r"(\d{4})[.,·:\-]?(\d{2})[.,·:\-]?(\d{2})"

_NAME = re.compile(rf"姓名{_TO}([{_HAN}·•]{{1,20}}?){_NEXT}")
_SEX = re.compile(rf"性别{_TO}([男女])")
_NATION = re.compile(rf"民族{_TO}([{_HAN}]{{1,6}}?)族?{_NEXT}")
_BIRTH = re.compile(rf"出生(?:日期)?{_TO}(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})(?=日|\D|$)")
_ADDRESS = re.compile(rf"住址{_TO}((?:(?!公民|身份号码|签发机关|有效期限|\d{{17}}).|\n)+)")
_ID = re.compile(rf"(?:公民)?身份(?:证)?号码?{_TO}{_NUMBER}")
_BARE_ID = re.compile(_NUMBER)
_AUTHORITY = re.compile(rf"签发机关{_TO}([{_HAN}]{{2,40}}?){_NEXT}")
_VALID = re.compile(rf"有效期限?{_TO}{_DAY}[\-—–~至一]{{0,2}}(?:{_DAY}|(长期))")
_FRONT = re.compile(r"姓名|性别|民族|出生|住址|公民身份")
_BACK = re.compile(r"签发机关|有效期限|居民身份证|^中华人民共和国$", re.MULTILINE)
_OTHER = re.compile(r"营业执照|统一社会信用代码")
"""Other documents of the state name it too."""


@dataclass(frozen=True, slots=True)
class Front:
    """The side with the photo. `birth` is year/month/day without leading zeros; `id` has 18 digits,
    of which the last may be X.
    """

    name: Value = NOTHING
    sex: Value = NOTHING
    nation: Value = NOTHING
    birth: Value = NOTHING
    address: Value = NOTHING
    id: Value = NOTHING


@dataclass(frozen=True, slots=True)
class Back:
    """The side with the emblem. `valid_date` is `2012.01.01-2022.01.01`, or ends in 长期."""

    authority: Value = NOTHING
    valid_date: Value = NOTHING


def front_of(recognition: Recognition) -> Front | None:
    """The front's fields; None if the text has neither a number nor two of the front's labels."""
    page = page_char_map(recognition.lines)
    number = _ID.search(page.text) or _BARE_ID.search(page.text)
    if number is None and len(set(_FRONT.findall(page.text))) < 2:
        return None
    return Front(
        name=_first(page, _NAME),
        sex=_first(page, _SEX),
        nation=_first(page, _NATION),
        birth=_joined(page, _BIRTH, "/"),
        address=_address(page),
        id=_upper(page.group(number)) if number else NOTHING,
    )


def back_of(recognition: Recognition) -> Back | None:
    """The back's fields; None if the text has none of the back's labels and titles."""
    page = page_char_map(recognition.lines)
    if not _BACK.search(page.text) or _OTHER.search(page.text):
        return None
    if front_of(recognition) is not None:
        return None
    return Back(authority=_first(page, _AUTHORITY), valid_date=_valid(page))


def _first(page: CharMap, pattern: re.Pattern[str]) -> Value:
    match = pattern.search(page.text)
    return page.group(match) if match else NOTHING


def _joined(page: CharMap, pattern: re.Pattern[str], joint: str) -> Value:
    """The three groups of the match, numbers without leading zeros, joined by `joint`."""
    match = pattern.search(page.text)
    if match is None:
        return NOTHING
    parts = [page.group(match, number) for number in range(1, 4)]
    text = joint.join(part.text.lstrip("0") for part in parts)
    return Value(text, tuple(c for part in parts for c in part.characters))


def _address(page: CharMap) -> Value:
    found = _first(page, _ADDRESS)
    return replace(found, text=found.text.replace("\n", ""))


def _upper(number: Value) -> Value:
    return replace(number, text=number.text.upper())


def _valid(page: CharMap) -> Value:
    match = _VALID.search(page.text)
    if match is None:
        return NOTHING
    parts = [page.group(match, number) for number in range(1, 8)]
    texts = [part.text for part in parts]
    end = texts[6] or ".".join(texts[3:6])
    text = f"{'.'.join(texts[:3])}-{end}"
    return Value(text, tuple(c for part in parts for c in part.characters))
