"""Reads drawn tables and counts the cells that were found."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus.metrics import distance, folded, overlap
from benchmarks.documents.tables import Page, TrueTable, page
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.documents.tables import Table, find_tables
from mockocr.images import Loader
from mockocr.recognition import engines
from mockocr.recognition.measurements import Read, with_measurements

FIRST_SEED = 1000
"""Nothing is tuned on pages with this seed or a higher one."""
_ALIKE = 0.8
"""A text with this share of its characters right is the text of its cell."""

Place = tuple[int, int, int, int]
"""row, column, row span, column span."""


@dataclass(slots=True)
class Score:
    """Cells of the truth, cells that were found, those at the right place with the right text
    (character by character), and those with nearly the right text; empty cells are not counted.
    """

    kind: str
    pages: int = 0
    true: int = 0
    found: int = 0
    exact: int = 0
    alike: int = 0
    grids: int = 0
    tables: int = 0
    extra: int = 0
    worst: list[tuple[float, int]] = field(default_factory=list)

    @property
    def exact_f1(self) -> float:
        return _f1(self.exact, self.true, self.found)

    @property
    def alike_f1(self) -> float:
        return _f1(self.alike, self.true, self.found)

    def add(self, seed: int, truth: Sequence[TrueTable], found: Sequence[Table]) -> None:
        """Count one page."""
        self.pages += 1
        free = list(found)
        right = true = 0
        for table in truth:
            self.tables += 1
            best = max(free, key=lambda t: overlap(table.quad, t.quad), default=None)
            if best is not None and overlap(table.quad, best.quad) < 0.2:
                best = None
            wanted = cells_of(table)
            got = [] if best is None else cells_found(best)
            if best is not None:
                free.remove(best)
                size = table.contents.rows, table.contents.columns
                self.grids += (best.row_count, best.column_count) == size
            exact, alike = matches(wanted, got)
            self.true += len(wanted)
            self.found += len(got)
            self.exact += exact
            self.alike += alike
            right, true = right + alike, true + len(wanted)
        self.extra += len(free)
        self.found += sum(len(cells_found(table)) for table in free)
        self.worst.append((right / true if true else 1.0, seed))


def documents_table(count: int = 20, first: int = FIRST_SEED) -> Iterable[str]:
    """The rows of a Markdown table, for the best reader that works here."""
    yield (
        "| tables | pages | cells right (F1) | nearly right (F1) | grids right | tables invented |"
    )
    yield "| --- " * 6 + "|"
    with contextlib.closing(engines.choose("auto")) as engine:
        for kind, photo in (("as drawn or scanned", False), ("photographed", True)):
            score = measure(with_measurements(engine.recognize), count, first, kind, photo=photo)
            yield (
                f"| {kind} | {score.pages} | {score.exact_f1:.3f} | {score.alike_f1:.3f} |"
                f" {score.grids} of {score.tables} | {score.extra} |"
            )


def measure(read: Read, count: int, first: int, kind: str, *, photo: bool) -> Score:
    """The score of so many pages from a seed on."""
    score = Score(kind)

    async def run() -> None:
        load = Loader()
        for seed in range(first, first + count):
            drawn = page(seed, photo=photo)
            score.add(seed, drawn.tables, find_tables(await _read(load, read, drawn)))
        await load.aclose()

    asyncio.run(run())
    return score


async def _read(load: Loader, read: Read, drawn: Page) -> Recognition:
    image = await load(Inline(drawn.data), Limits(max_bytes=len(drawn.data)))
    return await read(image, ReadOptions(rules=True))


def cells_of(table: TrueTable) -> list[tuple[Place, str]]:
    """Place and folded text of the cells that are not empty."""
    return [
        ((e.row, e.column, e.row_span, e.column_span), folded(e.text))
        for e in table.contents.entries
        if folded(e.text)
    ]


def cells_found(table: Table) -> list[tuple[Place, str]]:
    """The same of a table that was found."""
    return [
        ((c.row, c.column, c.row_span, c.column_span), folded(c.text))
        for c in table.cells
        if folded(c.text)
    ]


def matches(
    wanted: Sequence[tuple[Place, str]], got: Sequence[tuple[Place, str]]
) -> tuple[int, int]:
    """How many cells agree character by character, and how many nearly."""
    exact = sum((Counter(wanted) & Counter(got)).values())
    texts = dict(got)
    alike = sum(
        1
        for place, text in wanted
        if place in texts
        and distance(texts[place], text) <= (1 - _ALIKE) * max(len(text), len(texts[place]))
    )
    return exact, alike


def _f1(right: int, true: int, found: int) -> float:
    return 2 * right / (true + found) if true + found else 1.0
