"""How many fields of drawn cards, licences and invoices are found, clean and photographed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mockocr.core.engine import ReadOptions
from mockocr.core.file_replacement import replace_file
from mockocr.core.image import Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.core.recognition_json import recognition_from_json, recognition_to_json
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_document
from mockocr.images import Loader
from mockocr.recognition import engines
from mockocr.recognition.measurements import Read, with_measurements
from mockocr.samples.specimens import Finish, Specimen, kinds, specimen

FIRST_SEED = 1001
"""Nothing is tuned on specimens with this seed or a higher one."""
FINISHES = (Finish.CLEAN, Finish.PHOTO)
_PATIENCE = 600.0
"""Seconds that a reading may take on a machine that has other work."""
_SURE = 1.96
"""Standard deviations around the mean of a normal distribution that hold 95 % of it."""


@dataclass(slots=True)
class FieldScore:
    """Fields of the truth, and how they were read: right (character by character), wrong, or not
    at all. `invented` are fields that were read where the document prints nothing.
    """

    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    documents: int = 0
    mistakes: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def true(self) -> int:
        return self.right + self.wrong + self.missing

    @property
    def share(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The share lies between these with a certainty of 95 % (Wilson's interval, JASA 1927)."""
        if not self.true:
            return 0.0, 1.0
        n, z = self.true, _SURE
        middle = self.share + z * z / (2 * n)
        reach = z * math.sqrt(self.share * (1 - self.share) / n + z * z / (4 * n * n))
        return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)

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
        self.documents += 1
        fields = {} if document is None else texts(document.fields)
        self.add(drawn.seed, drawn.fields, fields)
        rows = [] if document is None else [texts(item) for item in document.items]
        for index in range(max(len(rows), len(drawn.items))):
            true = drawn.items[index] if index < len(drawn.items) else {}
            self.add(drawn.seed, true, rows[index] if index < len(rows) else {})

    def include(self, other: FieldScore) -> None:
        """Count what another one has counted."""
        self.right += other.right
        self.wrong += other.wrong
        self.missing += other.missing
        self.invented += other.invented
        self.documents += other.documents


def texts(fields: Mapping[str, Value]) -> dict[str, str]:
    """The text of each field."""
    return {name: value.text for name, value in fields.items()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which specimens are measured: `count` seeds from `first` on, of these kinds (all if there are
    none). `minutes` is when no further one is read. `folder` keeps what was read, so that a later
    run goes on from there.
    """

    count: int = 20
    first: int = FIRST_SEED
    kinds: Sequence[str] = ()
    minutes: float = math.inf
    folder: Path | None = None


Scores = Mapping[tuple[Kind, Finish], FieldScore]


def specimens_table(wanted: Wanted) -> Iterable[str]:
    """The rows of a Markdown table, for the best reader that works here."""
    with contextlib.closing(engines.choose("auto", engines.Pool(1, seconds=_PATIENCE))) as engine:
        yield from rows(measure(with_measurements(engine.recognize), engine.name, wanted))


def rows(scores: Scores) -> Iterable[str]:
    """The rows of a Markdown table: each kind with both finishes, and all kinds together."""
    yield "| kind | specimens | clean: right | photo: right | clean: wrong, missing, invented |" + (
        " photo: wrong, missing, invented |"
    )
    yield "| --- " * 6 + "|"
    whole = {finish: FieldScore() for finish in FINISHES}
    for kind in dict.fromkeys(kind for kind, _ in scores):
        own = [scores[kind, finish] for finish in FINISHES]
        for finish, score in zip(FINISHES, own, strict=True):
            whole[finish].include(score)
        if any(score.documents for score in own):
            yield _row(kind.words, own)
    yield _row("all", list(whole.values()))


def _row(name: str, scores: Sequence[FieldScore]) -> str:
    cells = [name, _both([str(score.documents) for score in scores])]
    for score in scores:
        low, high = score.interval
        cells.append(
            f"{score.share:.1%} of {score.true:,} ({100 * low:.1f} to {100 * high:.1f})"
            if score.true
            else ""
        )
    cells += [f"{score.wrong}, {score.missing}, {score.invented}" for score in scores]
    return f"| {' | '.join(cells)} |"


def _both(counts: Sequence[str]) -> str:
    return counts[0] if len(set(counts)) == 1 else " and ".join(counts)


def measure(read: Read, engine: str, wanted: Wanted) -> Scores:
    """The scores by kind and finish. One seed of every kind is read before the next seed, so that a
    run that is stopped has about as many of each. `engine` names what reads.
    """
    asked = [kind for kind in kinds() if not wanted.kinds or kind in wanted.kinds]
    scores = {(kind, finish): FieldScore() for kind in asked for finish in FINISHES}
    end = time.monotonic() + 60 * wanted.minutes

    async def run() -> None:
        load = Loader()
        for seed in range(wanted.first, wanted.first + wanted.count):
            for kind in asked:
                kept = {
                    finish: _kept(wanted.folder, kind, finish, seed, engine) for finish in FINISHES
                }
                if time.monotonic() >= end and not any(kept.values()):
                    continue
                # every finish shows the same document
                drawn = specimen(kind, seed)
                for finish, found in kept.items():
                    if found is None and time.monotonic() < end:
                        shown = drawn if finish is drawn.finish else specimen(kind, seed, finish)
                        found = await _read(load, read, shown)
                        _keep(wanted.folder, shown, found)
                    if found is not None:
                        scores[kind, finish].add_document(drawn, find_document(found, (kind,)))
        await load.aclose()

    asyncio.run(run())
    return scores


async def _read(load: Loader, read: Read, drawn: Specimen) -> Recognition:
    image = await load(Inline(drawn.image), Limits(max_bytes=len(drawn.image)))
    return await read(image, ReadOptions(rules=True, colors=True))


def _kept(
    folder: Path | None, kind: Kind, finish: Finish, seed: int, engine: str
) -> Recognition | None:
    """What the same engine read before."""
    path = None if folder is None else _path(folder, kind, finish, seed)
    if path is None or not path.exists():
        return None
    kept = recognition_from_json(json.loads(path.read_text("utf-8")))
    return kept if kept.engine == engine else None


def _keep(folder: Path | None, drawn: Specimen, found: Recognition) -> None:
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    kept = json.dumps(recognition_to_json(found), ensure_ascii=False)
    replace_file(_path(folder, drawn.kind, drawn.finish, drawn.seed), kept.encode())


def _path(folder: Path, kind: Kind, finish: Finish, seed: int) -> Path:
    return folder / f"{kind}-{finish}-{seed}.json"
