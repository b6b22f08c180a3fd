"""Tells how many rows at the top of a table are headers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockocr.documents.tables.values import Cell

_VALUE = re.compile(r"[\d.,:;/()\s$€£¥￥%+\-–—*#~]*\d[\d.,:;/()\s$€£¥￥%+\-–—*#~]*[A-Za-z]{0,2}")
"""A number, an amount, a date."""


def is_value(text: str) -> bool:
    """True if the text is a number, an amount or a date and not a name."""
    return _VALUE.fullmatch(text.strip()) is not None


def header_rows(cells: Sequence[Cell], rows: int, columns: int) -> int:
    """How many rows, from the top, name the columns; 0 if the first row looks like the others."""
    if rows < 2 or columns < 2:
        return 0
    first = [cell for cell in cells if cell.row == 0]
    deepest = max((cell.row_span for cell in first if cell.column_span < columns), default=1)
    # a cell that covers all columns is a title: the row below names the columns
    top = 1 if len(first) == 1 and first[0].column_span == columns else 0
    spans = any(cell.column_span > 1 for cell in first) and len(first) > 1
    count = max(deepest, 2 if spans and rows > 2 else 1, top + 1)
    head = [cell for cell in cells if top <= cell.row < count]
    body = [cell for cell in cells if cell.row >= count]
    if any(is_value(cell.text) for cell in head) or not body:
        return 0
    filled = sum(1 for cell in head if cell.text)
    if filled < 0.6 * len(head):
        return 0
    if any(is_value(cell.text) for cell in body):
        return count
    return count if columns > 2 and rows > 2 and filled == len(head) else 0
