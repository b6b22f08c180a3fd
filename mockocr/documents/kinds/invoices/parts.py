"""Cuts a page that shows several invoices and tickets into one sheet for each, and lets the reader
of a kind read those that may be of it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.sheet import (
    Row,
    Run,
    Sheet,
    rows_of,
    sheet_of,
    sheet_of_runs,
)
from mockocr.documents.kinds.invoices.titles import kind_of

_MANY = 12
"""Documents on one page, at most."""
_APART = 6.0
"""Heights between the titles of two documents, one below the other, at least."""
_ABOVE = 10.0
"""Heights above a title in which its document may begin."""
_GAP = 0.6
"""Heights of white between two documents, at least."""


def documents_of(
    recognition: Recognition,
    kind: Kind,
    read: Callable[[Sheet], Document | None],
    *,
    titled: bool = False,
) -> Iterator[Document]:
    """The documents of a kind that the page shows, from top to bottom.

    `read` gets the sheets whose title names the kind and, unless the kind is always `titled`, those
    without any title; it returns None for a sheet of another kind.
    """
    for sheet, shown in recognition.cached(_sheets_and_kinds, _MANY):
        if shown is kind or (shown is None and not titled):
            document = read(sheet)
            if document is not None:
                yield document


def _sheets_and_kinds(recognition: Recognition, most: int) -> tuple[tuple[Sheet, Kind | None], ...]:
    """The documents of the page (the whole page if it shows one) with the kind of each title."""
    return tuple((sheet, kind_of(sheet)) for sheet in _sheets(recognition, most))


def _sheets(recognition: Recognition, most: int) -> tuple[Sheet, ...]:
    page = sheet_of(recognition)
    if not page.rows:
        return ()
    anchors = [anchor for row in page.rows for anchor in _anchors(row, page.height)]
    if not 2 <= len(anchors) <= most:
        return (page,)
    return tuple(_split([*page.runs, *page.uprights], anchors, page.height))


def _anchors(row: Row, height: float) -> list[Run]:
    """The runs of a row that are titles; the largest run of a row whose title is spread."""
    if not _is_title((row,), height):
        return []
    own = [run for run in row.runs if _is_title(rows_of([run]), height)]
    return own or [max(row.runs, key=lambda run: len(run.glyphs) * run.height)]


def _is_title(rows: Sequence[Row], height: float) -> bool:
    return kind_of(Sheet(tuple(rows), (), height)) is not None


def _split(runs: Sequence[Run], anchors: Sequence[Run], height: float) -> list[Sheet]:
    """The runs, cut between the titles."""
    if len(anchors) > 1:
        for first, second in _cuts(runs, anchors, height):
            above = [a for a in anchors if id(a) in {id(r) for r in first}]
            below = [a for a in anchors if id(a) in {id(r) for r in second}]
            if above and below:
                return _split(first, above, height) + _split(second, below, height)
    own = statistics.median([run.height for run in runs]) if runs else height
    return [sheet_of_runs(runs, max(own, 1.0))] if runs else []


def _cuts(
    runs: Sequence[Run], anchors: Sequence[Run], height: float
) -> list[tuple[list[Run], list[Run]]]:
    """The ways to cut: left of a title, or above one that stands well below another one. Columns
    come first: a title bridges those of its own document, but nothing bridges its rows.
    """
    found: list[tuple[list[Run], list[Run]]] = []
    across = sorted(anchors, key=lambda a: a.center)
    for left, right in pairwise(across):
        place = _gap([(r.left, r.right) for r in runs], left.center, right.center, _GAP * height)
        if place is not None:
            found.append(
                ([r for r in runs if r.center < place], [r for r in runs if r.center >= place])
            )
    down = sorted(anchors, key=lambda a: a.middle)
    for upper, lower in pairwise(down):
        if lower.top - upper.bottom < _APART * height:
            continue
        low = max(upper.bottom, lower.top - _ABOVE * height)
        place = _gap([(r.top, r.bottom) for r in runs], low, lower.top + 1, _GAP * height)
        if place is not None:
            above = [r for r in runs if r.middle < place]
            found.append((above, [r for r in runs if r.middle >= place]))
    return found


def _gap(
    spans: Sequence[tuple[float, float]], start: float, end: float, least: float
) -> float | None:
    """The middle of the widest white between two places; None if there is none."""
    best: tuple[float, float] | None = None
    reached = start
    for low, high in sorted(spans):
        if high < start:
            continue
        if low > end:
            break
        if low - reached >= least and (best is None or low - reached > best[0]):
            best = low - reached, (low + reached) / 2
        reached = max(reached, high)
    if end - reached >= least and (best is None or end - reached > best[0]):
        best = end - reached, (end + reached) / 2
    return best[1] if best else None
