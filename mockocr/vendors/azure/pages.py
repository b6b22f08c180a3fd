"""Page ranges such as `1,3-5`, and the pages of a file that they mean."""

from __future__ import annotations

import re

MOST = 2000
"""Pages that are read of one file. doc: input requirements."""
_RANGE = re.compile(r"\d{1,6}(-\d{1,6})?(,\s*\d{1,6}(-\d{1,6})?)*", re.ASCII)


def is_range(text: str) -> bool:
    """True for numbers from 1 and ascending ranges, separated by commas."""
    if not _RANGE.fullmatch(text):
        return False
    return all(1 <= first <= last for first, last in _bounds(text))


def first_page(text: str) -> int:
    """The lowest page of the ranges; 1 for an empty text."""
    return min((first for first, _ in _bounds(text)), default=1)


def page_numbers(text: str, count: int, most: int = MOST) -> list[int]:
    """The numbers of the pages to read, of a file with `count` pages; an empty text means all."""
    if not text:
        return list(range(1, min(count, most) + 1))
    wanted: set[int] = set()
    for first, last in _bounds(text):
        wanted.update(range(first, min(last, count) + 1))
    return sorted(wanted)[:most]


def _bounds(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        first, dash, last = part.partition("-")
        found.append((int(first), int(last) if dash else int(first)))
    return found
