"""Measures how well pictures in a folder of your own are read: PICTURES has pictures, TRUTH a text
file for each of them (`a01.jpg`: `a01.txt`, one line a line of text, in any order).

The category of a picture is its sub-folder, or the letters with which its name begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.alone import Alone
from benchmarks.corpus.metrics import folded, found_again
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition, mean
from mockocr.images import Loader
from mockocr.recognition import engines

_LETTERS = re.compile(r"[^\W\d_]+")
_STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
"""Bounds of the confidences of lines whose share of right characters is told."""


@dataclass(frozen=True, slots=True)
class Case:
    """A picture and the lines that it shows."""

    picture: Path
    category: str
    truth: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """The readings of one category. `f1` has one number a picture: the harmonic mean of the shares
    of true and of read characters that stand in both texts in stretches of two or more. `lines`
    has confidence and share of right characters of every line that was read.
    """

    f1: list[float] = field(default_factory=list)
    empty: int = 0
    failed: int = 0
    seconds: float = 0.0
    lines: list[tuple[float, float]] = field(default_factory=list)

    def add(self, case: Case, recognition: Recognition) -> None:
        """Count one reading."""
        truth = [text for text in map(folded, case.truth) if text]
        read = [(line, folded(line.text)) for line in recognition.lines]
        texts = [text for _, text in read if text]
        matches = found_again(truth, texts)
        characters = sum(map(len, truth)) + sum(map(len, texts))
        self.f1.append(2 * sum(matches) / characters if characters else 1.0)
        self.empty += bool(truth) and not texts
        confident = [line.confidence for line, text in read if text]
        self.lines += [
            (confidence, right / len(text))
            for confidence, right, text in zip(confident, matches, texts, strict=True)
        ]


def cases_in(pictures: Path, truth: Path) -> list[Case]:
    """Every picture of the folder that has a truth; `FileNotFoundError` when there is none."""
    found = []
    for picture in sorted(p for p in pictures.rglob("*") if p.is_file()):
        text = truth / picture.relative_to(pictures).with_suffix(".txt")
        if not text.is_file():
            text = truth / f"{picture.stem}.txt"
        if text.is_file():
            folder = picture.parent.relative_to(pictures).as_posix()
            letters = _LETTERS.match(picture.stem)
            category = folder if folder != "." else letters[0] if letters else "all"
            found.append(Case(picture, category, tuple(text.read_text("utf-8").splitlines())))
    if not found:
        raise FileNotFoundError(f"no picture of {pictures} has a text in {truth}")
    return found


def measured(engine: Engine, cases: Sequence[Case]) -> dict[str, Score]:
    """Read every case, one after the other; a score for each category."""
    return asyncio.run(_measured(engine, cases))


async def _measured(engine: Engine, cases: Sequence[Case]) -> dict[str, Score]:
    load, scores = Loader(), dict[str, Score]()
    for case in cases:
        score = scores.setdefault(case.category, Score())
        try:
            image = await _loaded(load, case.picture)
            used = _processor()
            recognition = await engine.recognize(image, ReadOptions())
            score.seconds += _processor() - used
        except ApiError:
            score.failed += 1
            recognition = Recognition()
        score.add(case, recognition)
    return scores


def _processor() -> float:
    """Seconds of processor of this process and its children so far."""
    return sum(os.times()[:4])


async def _loaded(load: Loader, picture: Path) -> Image:
    data = picture.read_bytes()
    return await load(Inline(data, name=picture.name), Limits(max_bytes=len(data)))


def tables(names: Sequence[str], pictures: Path, truth: Path) -> Iterator[str]:
    """Markdown: F1 of every category and engine, and how right lines are by their confidence, of
    all pictures and by category.

    An engine that cannot work here has a row that says why.
    """
    cases = cases_in(pictures, truth)
    categories = sorted({case.category for case in cases})
    yield "| engine | all | " + " | ".join(categories) + " | empty | failed | CPU s a picture |"
    yield "| --- " * (len(categories) + 5) + "|"
    scored: dict[str, Mapping[str, Score]] = {}
    for name in names:
        try:
            engine = Alone() if name == "alone" else engines.choose(name)
        except engines.EngineUnavailableError as error:
            yield f"| {name} | {error} |"
            continue
        with contextlib.closing(engine):
            scores = scored[engine.name] = measured(engine, cases)
        yield f"| {engine.name} | {_row(scores, categories)} |"
    yield ""
    yield "| confidence of a line | " + " | ".join(scored) + " |"
    yield "| --- " * (len(scored) + 1) + "|"
    for low, high in pairwise(_STEPS):
        cells = [_right(scores, low, high) for scores in scored.values()]
        yield f"| {low:g} to {min(high, 1):g} | " + " | ".join(cells) + " |"
    for name, by_category in scored.items():
        yield ""
        yield f"| confidence of a line, {name} | " + " | ".join(categories) + " |"
        yield "| --- " * (len(categories) + 1) + "|"
        for low, high in pairwise(_STEPS):
            cells = [_right({c: by_category[c]}, low, high) for c in categories]
            yield f"| {low:g} to {min(high, 1):g} | " + " | ".join(cells) + " |"


def _row(scores: Mapping[str, Score], categories: Sequence[str]) -> str:
    every = [f1 for score in scores.values() for f1 in score.f1]
    cells = [f"{mean(every):.3f}"]
    cells += [f"{mean(scores[category].f1):.3f}" for category in categories]
    cells += [str(sum(score.empty for score in scores.values()))]
    cells += [str(sum(score.failed for score in scores.values()))]
    seconds = sum(score.seconds for score in scores.values())
    return " | ".join([*cells, f"{seconds / len(every):.2f}"])


def _right(scores: Mapping[str, Score], low: float, high: float) -> str:
    """The share of right characters in lines of such a confidence, and how many lines that are."""
    inside = [
        right for score in scores.values() for sure, right in score.lines if low <= sure < high
    ]
    return f"{mean(inside):.3f} ({len(inside)} lines)" if inside else ""
