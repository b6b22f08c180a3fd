"""Cuts dates, times and amounts out of what stands beside a label, in the forms of `Document`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence

from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.check_digits import repaired_credit_code
from mockocr.documents.kinds.invoices.sheet import APART, Glyph, value_of

_DATE = re.compile(
    r"(?<!\d)(\d{4})[年\-./]?\t?(\d{1,2})[月\-./]?\t?(\d{2}(?=\d{2}:\d{2})|\d{1,2}(?!\d))"
)
"""A day; a time may follow without a blank."""
_TIME = re.compile(r"(?:(?<![\d:])|(?<=[\-/.]\d\d))([01]?\d|2[0-3])[:时](\d{2})(?!\d)")
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SUM = re.compile(r"-?\d+\.\d{2}|\*+")
_STARS = re.compile(r"\*{1,3}")
_WORDS = re.compile(r"[负整]?[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]{2,}")
_GROUP = 5
"""Heights between two groups of one number, at most."""
_CODE = re.compile(r"[0-9A-Z]{4,}")
_PLATE = re.compile(r"[一-龥]?[A-Z][·.\-]?[A-Z0-9]{4,6}")


def text_of(glyphs: Iterable[Glyph | None]) -> str:
    """The characters, with `APART` where runs stand apart."""
    return "".join(APART if g is None else g.text for g in glyphs)


def found(glyphs: Sequence[Glyph | None], pattern: re.Pattern[str], group: int = 0) -> Value:
    """The first part that a pattern fits; empty if there is none."""
    match = pattern.search(text_of(glyphs))
    return value_of(glyphs[slice(*match.span(group))]) if match else NOTHING


def form(pattern: re.Pattern[str]) -> Callable[[Sequence[Glyph | None]], Value]:
    """A reader of the first part that a pattern fits."""

    def read(glyphs: Sequence[Glyph | None]) -> Value:
        return found(glyphs, pattern)

    return read


plate_of = form(_PLATE)
"""A licence plate, as printed."""


def date_of(glyphs: Sequence[Glyph | None]) -> Value:
    """The first date, as `2026-01-24`."""
    for match in _DATE.finditer(text_of(glyphs)):
        year, month, day = (int(part) for part in match.groups())
        if is_date(year, month, day):
            value = value_of(glyphs[match.start() : match.end()])
            return Value(f"{year:04}-{month:02}-{day:02}", value.characters)
    return NOTHING


def is_date(year: int, month: int, day: int) -> bool:
    """True for a day of the calendar, from 1949 on."""
    try:
        return datetime.date(year, month, day).year >= 1949
    except ValueError:
        return False


def time_of(glyphs: Sequence[Glyph | None]) -> Value:
    """The first time of day, as `08:15`."""
    match = _TIME.search(text_of(glyphs))
    if match is None:
        return NOTHING
    value = value_of(glyphs[match.start() : match.end()])
    return Value(f"{int(match[1]):02}:{match[2]}", value.characters)


def times_of(glyphs: Sequence[Glyph | None]) -> list[Value]:
    """All times of day, from left to right."""
    starts = [match.start() for match in _TIME.finditer(text_of(glyphs))]
    return [time_of(glyphs[start:]) for start in starts]


def amounts_of(glyphs: Sequence[Glyph | None]) -> list[Value]:
    """All amounts from left to right: plain decimals, or the stars that stand for no tax."""
    text = text_of(glyphs)
    values: list[Value] = []
    for match in re.finditer(f"{_AMOUNT.pattern}|{_STARS.pattern}", text):
        value = value_of(glyphs[match.start() : match.end()])
        values.append(Value(match[0].replace(",", ""), value.characters))
    return values


def sums_of(glyphs: Sequence[Glyph | None]) -> list[Value]:
    """The amounts that are whole: two decimals, or stars. One that lost its point is unread."""
    return [value for value in amounts_of(glyphs) if _SUM.fullmatch(value.text)]


def sum_of(glyphs: Sequence[Glyph | None]) -> Value:
    """The first amount that is whole; empty if there is none."""
    return next(iter(sums_of(glyphs)), NOTHING)


def amount_of(glyphs: Sequence[Glyph | None]) -> Value:
    """The first amount; empty if there is none."""
    return next(iter(amounts_of(glyphs)), NOTHING)


def amount_in_words_of(glyphs: Sequence[Glyph | None]) -> Value:
    """An amount in Chinese financial numerals, as 壹佰捌拾圆伍角整."""
    return found(glyphs, _WORDS)


def code_of(glyphs: Sequence[Glyph | None]) -> Value:
    """A number of digits and capitals, which may stand in groups; blanks are left out."""
    own: list[Glyph] = []
    for glyph in glyphs:
        if glyph is None:
            continue
        if own and glyph.left - own[-1].right > _GROUP * (glyph.bottom - glyph.top):
            break
        own.append(glyph)
    match = _CODE.search("".join(g.text.upper() if g.text.isascii() else g.text for g in own))
    if match is None:
        return NOTHING
    value = value_of(own[match.start() : match.end()])
    return Value(match[0], value.characters)


def tax_id_of(glyphs: Sequence[Glyph | None]) -> Value:
    """The tax number of a party: a social credit code has none of the letters that look like
    digits, if its check character is right without them.
    """
    value = code_of(glyphs)
    return Value(repaired_credit_code(value.text), value.characters)
