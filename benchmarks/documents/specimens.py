"""How many fields of drawn cards, licences and invoices are found, clean and photographed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_document
from mockocr.images import Loader
from mockocr.recognition import engines
from mockocr.recognition.measurements import Read, with_measurements
from mockocr.samples.specimens import Finish, Specimen, kinds, specimen

FIRST_SEED = 1001
"""Nothing is tuned on specimens with this seed or a higher one."""


@dataclass(slots=True)
class FieldScore:
    """Fields of the truth, and how they were read: right (character by character), wrong, or not
    at all. `invented` are fields that were read where the document prints nothing.
    """

    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    mistakes: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def true(self) -> int:
        return self.right + self.wrong + self.missing

    @property
    def share(self) -> float:
        return self.right / self.true if self.true else 1.0

    def add(self, seed: int, true: Mapping[str, str], read: Mapping[str, str]) -> None:
        """Count the fields of one document or row."""
        for name in {**true, **read}:
            wanted, got = true.get(name, ""), read.get(name, "")
            if not wanted:
                self.invented += bool(got)
            elif got == wanted:
                self.right += 1
            elif got:
                self.wrong += 1
            else:
                self.missing += 1
            if wanted != got:
                self.mistakes.append((seed, name, wanted, got))

    def add_document(self, drawn: Specimen, document: Document | None) -> None:
        """Count the fields and the rows of a specimen."""
        fields = {} if document is None else texts(document.fields)
        self.add(drawn.seed, drawn.fields, fields)
        rows = [] if document is None else [texts(item) for item in document.items]
        for index in range(max(len(rows), len(drawn.items))):
            true = drawn.items[index] if index < len(drawn.items) else {}
            self.add(drawn.seed, true, rows[index] if index < len(rows) else {})


def texts(fields: Mapping[str, Value]) -> dict[str, str]:
    """The text of each field."""
    return {name: value.text for name, value in fields.items()}


def specimens_table(count: int = 20, first: int = FIRST_SEED) -> Iterable[str]:
    """The rows of a Markdown table, for the best reader that works here."""
    yield "| kind | specimens | clean: right | photo: right | wrong | missing | invented |"
    yield "| --- " * 7 + "|"
    with contextlib.closing(engines.choose("auto")) as engine:
        for kind in kinds():
            clean, photo = (
                measure(with_measurements(engine.recognize), kind, finish, count, first)
                for finish in (Finish.CLEAN, Finish.PHOTO)
            )
            yield (
                f"| {kind.words} | {count} | {clean.share:.1%} | {photo.share:.1%} |"
                f" {clean.wrong} and {photo.wrong} | {clean.missing} and {photo.missing} |"
                f" {clean.invented} and {photo.invented} |"
            )


def measure(read: Read, kind: Kind, finish: Finish, count: int, first: int) -> FieldScore:
    """The score of so many specimens from a seed on."""
    score = FieldScore()

    async def run() -> None:
        load = Loader()
        for seed in range(first, first + count):
            drawn = specimen(kind, seed, finish)
            score.add_document(drawn, find_document(await _read(load, read, drawn), (kind,)))
        await load.aclose()

    asyncio.run(run())
    return score


async def _read(load: Loader, read: Read, drawn: Specimen) -> Recognition:
    image = await load(Inline(drawn.image), Limits(max_bytes=len(drawn.image)))
    return await read(image, ReadOptions(rules=True, colors=True))
