"""Floors under the accuracy of reading, on a small part of the half that nothing was tuned on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from benchmarks import corpus
from benchmarks.corpus.metrics import comparable, distance
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.recognition import engines
from tests.recognition.reading import image_of

pytestmark = [pytest.mark.tesseract, pytest.mark.slow]

FLOORS = {"clean": 0.99, "forms": 0.97, "degraded": 0.95, "turned": 0.97}
PICTURES = {"clean": 6, "forms": 6, "degraded": 6, "turned": 12}
"""A broken reader falls below the floors with so few; `scripts/bench` measures with 40."""

TESSERACT_ALONE = {"clean": 0.98, "forms": 0.92}


@pytest.fixture(scope="module")
def best() -> Iterator[engines.OwnedEngine]:
    chosen = engines.choose("auto")
    yield chosen
    chosen.close()


@pytest.fixture(scope="module")
def fast() -> Iterator[engines.OwnedEngine]:
    chosen = engines.choose("tesserocr")
    yield chosen
    chosen.close()


@pytest.mark.parametrize("part", FLOORS)
def test_text_is_read_right_and_in_its_place(best: engines.OwnedEngine, part: str) -> None:
    score = corpus.measure(best, corpus.cases(part, PICTURES[part]))[part]
    assert score.accuracy >= FLOORS[part], sorted(score.worst)[-3:]
    assert score.boxes >= 0.95


@pytest.mark.parametrize("part", TESSERACT_ALONE)
def test_tesseract_alone_reads_drawn_pages(fast: engines.OwnedEngine, part: str) -> None:
    score = corpus.measure(fast, corpus.cases(part, 3))[part]
    assert score.accuracy >= TESSERACT_ALONE[part], sorted(score.worst)[-3:]


def test_photos_without_text_give_none(best: engines.OwnedEngine) -> None:
    score = corpus.measure(best, corpus.cases("photos", 10))["photos"]
    assert score.invented <= 0.01 * score.pictures


def test_both_tesseracts_read_alike(fast: engines.OwnedEngine) -> None:
    other = engines.choose("tesseract")
    edits = characters = 0
    for part in ("clean", "forms"):
        for case in corpus.cases(part, 1):
            texts = [
                asyncio.run(engine.recognize(image_of(case.picture), ReadOptions())).text
                for engine in (fast, other)
            ]
            edits += distance(comparable(texts[0]), comparable(texts[1]))
            characters += len(texts[0])
    other.close()
    assert edits <= 0.01 * characters


class Careless:
    """Reads the truth and then breaks one convention of coordinates."""

    name = "careless"

    def __init__(self, case: corpus.Case, mistake: str) -> None:
        self._case, self._mistake = case, mistake

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        lines = (Line(x.words, self._broken(x.quad), 1.0) for x in self._case.picture.lines)
        return Recognition(tuple(lines))

    def _broken(self, q: Quad) -> Quad:
        picture = self._case.picture
        if self._mistake == "axes swapped":
            return Quad(*(type(p)(p.y, p.x) for p in q))
        if self._mistake == "counted from below":
            return Quad(*(type(p)(p.x, picture.height - p.y) for p in q))
        if self._mistake == "shifted by a line":
            return q.moved(0, q.extent[3] - q.extent[1])
        if self._mistake == "upright box of turned text":
            return Quad.upright(*q.extent)
        return q


@pytest.mark.parametrize(
    "mistake",
    ["axes swapped", "counted from below", "shifted by a line", "upright box of turned text"],
)
def test_a_broken_convention_of_coordinates_is_noticed(mistake: str) -> None:
    case = next(
        c
        for c in corpus.cases("turned", 20)
        if abs((float(c.traits["angle"]) + 45) % 90 - 45) > 8 and len(c.picture.lines) > 3
    )
    right = corpus.measure(Careless(case, "nothing"), [case])["turned"]
    assert right.boxes == right.accuracy == 1
    assert corpus.measure(Careless(case, mistake), [case])["turned"].boxes < 0.5


@pytest.mark.parametrize("angle", [0, 90, 180, 270, 20, -20])
def test_corners_begin_at_the_top_left_of_the_text_itself(
    fast: engines.OwnedEngine, angle: float
) -> None:
    from mockocr.samples.drawing import render

    picture = render(["各部门请于本周五前提交清单", "Please send the list"], angle=angle)
    recognition = asyncio.run(fast.recognize(image_of(picture), ReadOptions(turn=True)))
    for line, truth in zip(recognition.lines, picture.lines, strict=True):
        for corner, wanted in zip(line.quad, truth.quad, strict=True):
            assert abs(corner.x - wanted.x) < 9
            assert abs(corner.y - wanted.y) < 9
        starts = [c.quad.tl for c in line.characters]
        along = [(p.x - starts[0].x) ** 2 + (p.y - starts[0].y) ** 2 for p in starts]
        assert along == sorted(along)


def test_the_table_names_every_engine_and_part_and_what_is_missing() -> None:
    table = corpus.accuracy_table(("scripted", "nothing"), wanted=1)
    for part in corpus.PARTS:
        assert f"| {part} | 1 |" in table
    assert "| nothing | no engine is called" in table
