"""Reads cases with an engine and counts what was right: characters, boxes, confidence."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus.cases import PARTS, Case, cases
from benchmarks.corpus.metrics import (
    comparable,
    distance,
    overlap,
    rank_correlation,
    separation,
)
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.image import Inline, Limits
from mockocr.core.recognition import Line, Recognition
from mockocr.images import Loader
from mockocr.recognition import engines

_ENOUGH = 0.7
"""A box that overlaps the true one by this much (intersection over union) is right."""


@dataclass(slots=True)
class Score:
    """What came of one part.

    `characters` and `faults` (edits between what was read and what is there, blanks and order of
    lines included) give `accuracy`; `invented` is the characters read in pictures without text,
    `fooled` the pictures where that happened. `confident` has (confidence, share right) of every
    line that was read.
    """

    part: str
    pictures: int = 0
    characters: int = 0
    faults: int = 0
    lines: int = 0
    placed: int = 0
    invented: int = 0
    fooled: int = 0
    seconds: float = 0.0
    confident: list[tuple[float, float]] = field(default_factory=list)
    worst: list[tuple[float, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """1 is without a fault; 0 at the worst."""
        return max(0.0, 1 - self.faults / self.characters) if self.characters else 1.0

    @property
    def boxes(self) -> float:
        """The share of lines whose box is right."""
        return self.placed / self.lines if self.lines else 1.0

    @property
    def correlation(self) -> float:
        """Spearman's rank correlation of the confidence of lines with their share right."""
        return rank_correlation([c for c, _ in self.confident], [r for _, r in self.confident])

    @property
    def separation(self) -> float:
        """How often a faultless line is surer than a faulty one."""
        right = [c for c, r in self.confident if r == 1]
        return separation(right, [c for c, r in self.confident if r < 1])

    def add(self, case: Case, recognition: Recognition, seconds: float) -> None:
        """Count one picture."""
        self.pictures += 1
        self.seconds += seconds
        truth = case.picture.lines
        if not truth:
            found = sum(len(line.characters) for line in recognition.lines)
            self.invented += found
            self.fooled += found > 0
            self.worst.append((float(found), case.name))
            return
        wanted = comparable(case.picture.text)
        faults = distance(comparable(recognition.text), wanted)
        self.characters += len(wanted)
        self.faults += faults
        self.worst.append((faults / len(wanted), case.name))
        for line in truth:
            self.lines += 1
            best = max((overlap(line.quad, r.quad) for r in recognition.lines), default=0.0)
            self.placed += best >= _ENOUGH
        self.confident += [(r.confidence, _share_right(r, truth)) for r in recognition.lines]


def _share_right(line: Line, truth: Sequence[Line]) -> float:
    """How much of a line that was read is what stands there; 0 where nothing does."""
    there = max(truth, key=lambda t: overlap(t.quad, line.quad))
    if overlap(there.quad, line.quad) < 0.1:
        return 0.0
    read, wanted = comparable(line.text), comparable(there.text)
    return max(0.0, 1 - distance(read, wanted) / max(len(read), len(wanted)))


def measure(engine: Engine, of: Iterable[Case]) -> dict[str, Score]:
    """Read every case, one after the other; a score for each part that was met."""
    return asyncio.run(_measured(engine, of))


async def _measured(engine: Engine, of: Iterable[Case]) -> dict[str, Score]:
    load, scores = Loader(), dict[str, Score]()
    for case in of:
        data = case.picture.data
        image = await load(Inline(data), Limits(max_bytes=len(data)))
        start = time.perf_counter()
        recognition = await engine.recognize(image, ReadOptions(turn=case.turn))
        seconds = time.perf_counter() - start
        scores.setdefault(case.part, Score(case.part)).add(case, recognition, seconds)
    return scores


def accuracy_table(
    names: Sequence[str] = ("tesserocr", "tesseract"), wanted: int = 40, of: str = "held"
) -> str:
    """A Markdown table: a row for every engine and part, `wanted` pictures each, of one half.

    An engine that cannot work here has a row that says why.
    """
    head = (
        "| engine | part | pictures | characters right | boxes with IoU ≥ 0.7 | invented in "
        "photos | confidence: ranks, right over wrong | s/picture |"
    )
    rows = [head, "| --- " * 8 + "|"]
    for name in names:
        try:
            engine = engines.choose(name)
        except engines.EngineUnavailableError as error:
            rows.append(f"| {name} | {error} | | | | | | |")
            continue
        with contextlib.closing(engine):
            for part in PARTS:
                score = measure(engine, cases(part, wanted, of))[part]
                rows.append(f"| {engine.name} " + _row(score))
    return "\n".join(rows) + "\n"


def _row(score: Score) -> str:
    pace = f"{score.seconds / score.pictures:.3f}"
    if score.characters:
        surety = f"{score.correlation:.2f}, {score.separation:.2f}"
        cells = [f"{score.accuracy:.2%}", f"{score.boxes:.1%}", "", surety, pace]
    else:
        found = f"{score.invented} characters in {score.fooled} of {score.pictures}"
        cells = ["", "", found, "", pace]
    return "| " + " | ".join([score.part, str(score.pictures), *cells]) + " |"
