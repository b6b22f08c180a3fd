"""Finds Chinese telephone numbers: mobile, landline with area code, and 400/800 numbers."""

from __future__ import annotations

import re

import msgspec

_SEP = r"[ \-]?"
_BEFORE = r"(?<![\d.])(?<!\d[ \-])"
_AFTER = r"(?![\d])"
_COUNTRY = rf"(?:\(?(?:\+|00){_SEP}86\)?{_SEP}|86-)?"
_MOBILE = re.compile(
    rf"{_BEFORE}{_COUNTRY}(1[3-9]\d(?:\d{{8}}|([ \-])\d{{4}}\2\d{{4}}|([ \-])\d{{3}}\3\d{{5}}))"
    rf"{_AFTER}"
)
_LANDLINE = re.compile(
    rf"{_BEFORE}(?:{_COUNTRY})"
    rf"\(?(0(?:10|2\d|[3-9]\d{{2}})|(?<=86.)(?:10|2\d|[3-9]\d{{2}}))\)?{_SEP}"
    rf"([1-9]\d{{2,3}}{_SEP}\d{{4}}){_AFTER}(?:\s*(?:转|ext\.?|-)\s*(\d{{1,6}}){_AFTER})?",
    re.IGNORECASE,
)
_SERVICE = re.compile(rf"{_BEFORE}([48]00){_SEP}(\d{{3}}){_SEP}(\d{{4}}){_AFTER}")


class Phone(msgspec.Struct, frozen=True):
    """A number as digits (a landline as `area-number` or `area-number-extension`), and its start
    and end in the text.
    """

    number: str
    start: int
    end: int
    mobile: bool = False


def phones(text: str) -> list[Phone]:
    """All numbers in order. `text` must use ASCII digits; a longer run of digits does not match."""
    found = [
        Phone(re.sub(r"\D", "", match[1]), match.start(), match.end(), mobile=True)
        for match in _MOBILE.finditer(text)
    ]
    for match in _LANDLINE.finditer(text):
        area = match[1] if match[1].startswith("0") else "0" + match[1]
        parts = [area, re.sub(r"\D", "", match[2]), *([match[3]] if match[3] else [])]
        found.append(Phone("-".join(parts), match.start(), match.end()))
    for match in _SERVICE.finditer(text):
        found.append(Phone("-".join(match.groups()), match.start(), match.end()))
    found.sort(key=lambda phone: (phone.start, not phone.mobile))
    apart: list[Phone] = []
    for phone in found:
        if not apart or phone.start >= apart[-1].end:
            apart.append(phone)
    return apart
