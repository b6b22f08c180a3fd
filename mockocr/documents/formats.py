"""Forms in which vendors print the values of a document's fields.

Dates come in as ISO (`1995-05-13`, `1998-11` without a day); anything else, as 长期, stays
as it is.
"""

from __future__ import annotations

import re

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def slashed_date(text: str) -> str:
    """`1995/5/13`."""
    return _joined(text, "/", padded=False)


def dotted_date(text: str) -> str:
    """`1995.05.13`."""
    return _joined(text, ".", padded=True)


def compact_date(text: str) -> str:
    """`19950513`."""
    return _joined(text, "", padded=True)


def chinese_date(text: str, *, padded: bool = True) -> str:
    """`1995年05月13日`, or `1995年5月13日` without padding."""
    found = _DATE.fullmatch(text)
    if found is None:
        return text
    month, day = (part if padded else part.lstrip("0") for part in (found[2], found[3] or ""))
    return f"{found[1]}年{month}月" + (f"{day}日" if day else "")


def month_first(text: str) -> str:
    """`07/2023` of the month `2023-07`."""
    found = _DATE.fullmatch(text)
    return f"{found[2]}/{found[1]}" if found else text


def period(start: str, end: str, joint: str = "-") -> str:
    """`start` and `end` with `joint` between them; the one alone if the other is empty."""
    return joint.join(part for part in (start, end) if part)


def _joined(text: str, joint: str, *, padded: bool) -> str:
    found = _DATE.fullmatch(text)
    if found is None:
        return text
    parts = [part for part in found.groups() if part]
    return joint.join(parts if padded else [parts[0], *(part.lstrip("0") for part in parts[1:])])
