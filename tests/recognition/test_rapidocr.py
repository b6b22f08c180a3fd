"""The engine `rapidocr` on drawn truth: text, corners, directions, bounds."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr import samples
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.recognition import engines, page_order
from mockocr.recognition.engines import rapidocr
from mockocr.recognition.engines.rapidocr import RapidOcr
from mockocr.recognition.models import models_version
from mockocr.recognition.worker_pool import Pool
from mockocr.samples.drawing import Text, render
from mockocr.samples.specimens import specimen
from tests.recognition.reading import farthest, image_of, overlap

pytest.importorskip("rapidocr", reason="the extra `rapidocr` is not installed")


@pytest.fixture(scope="module")
def engine() -> Iterator[RapidOcr]:
    made = RapidOcr(Pool(1))
    yield made
    made.close()


def read(engine: RapidOcr, image: Image, **options: Any) -> Recognition:
    return asyncio.run(engine.recognize(image, ReadOptions(**options)))


def plain(text: str) -> str:
    return "".join(text.split()).replace("：", ":")


@pytest.mark.parametrize(
    "name", ["hello.png", "page.png", "card.png", "receipt.png", "columns.png", "dark.png"]
)
@pytest.mark.slow
def test_a_sample_is_read_to_the_letter_in_reading_order(engine: RapidOcr, name: str) -> None:
    sample = samples.find(name)
    recognition = read(engine, image_of(sample))
    assert plain(recognition.text) == plain(sample.text)
    assert recognition.engine == engine.name
    assert recognition.angle == 0.0
    for line, truth in zip(recognition.lines, sample.lines, strict=True):
        # a single digit is 12 px wide, of which one pixel is a twelfth
        near = farthest(line.quad, truth.quad) < 2
        assert near or overlap(line.quad, truth.quad) >= 0.8
        assert 0.5 <= line.confidence <= 1.0
        assert all(0.0 <= c.confidence <= 1.0 for c in line.characters)


@pytest.mark.parametrize(
    "name", ["turned-90.png", "turned-180.png", "turned-270.png", "turned-30.png"]
)
@pytest.mark.slow
def test_turned_text_is_read_from_its_own_top_left(engine: RapidOcr, name: str) -> None:
    sample = samples.find(name)
    recognition = read(engine, image_of(sample), turn=True)
    assert plain(recognition.text) == plain(sample.text)
    off = (recognition.angle - sample.angle + 180) % 360 - 180
    assert abs(off) <= 1.5
    for line, truth in zip(recognition.lines, sample.lines, strict=True):
        assert farthest(line.quad, truth.quad) <= 6


def test_text_that_is_upside_down_is_read_and_its_angle_told_only_when_asked(
    engine: RapidOcr,
) -> None:
    sample = samples.find("turned-180.png")
    recognition = read(engine, image_of(sample))
    assert plain(recognition.text) == plain(sample.text)
    assert recognition.angle == 0.0
    assert all(abs(line.quad.angle) > 175 for line in recognition.lines)


@pytest.mark.parametrize(
    ("kind", "seed", "text"),
    [
        ("train_ticket", 1105, "一等座"),
        ("train_ticket", 1121, "999981********0053"),
        ("machine_invoice", 1101, "7"),
    ],
)
@pytest.mark.slow
def test_a_stroke_a_second_piece_and_a_faint_character_are_read(
    engine: RapidOcr, kind: str, seed: int, text: str
) -> None:
    page = Pillow.open(io.BytesIO(specimen(kind, seed).image)).convert("RGB")
    assert text in [line.text for line in read(engine, image_of(page)).lines]


def test_words_and_characters_stand_where_they_were_drawn(engine: RapidOcr) -> None:
    picture = render([Text("订单 No 20260102 已发货", 30, 40, 40)], size=(640, 120))
    (line,) = read(engine, image_of(picture)).lines
    (truth,) = picture.lines
    assert line.text == truth.text
    assert [(w.text, w.spaced) for w in line.words] == [(w.text, w.spaced) for w in truth.words]
    for word, drawn in zip(line.words, truth.words, strict=True):
        assert abs(word.quad.tl.x - drawn.quad.tl.x) <= 12
        assert abs(word.quad.tr.x - drawn.quad.tr.x) <= 12
    for character, drawn_character in zip(line.characters, truth.characters, strict=True):
        middle = (character.quad.tl.x + character.quad.tr.x) / 2
        wanted = (drawn_character.quad.tl.x + drawn_character.quad.tr.x) / 2
        assert abs(middle - wanted) <= 12


def test_the_rules_of_a_table_are_not_part_of_its_cells(engine: RapidOcr) -> None:
    sample = samples.find("table.png")
    recognition = read(engine, image_of(sample))
    for line, truth in zip(recognition.lines, sample.lines, strict=True):
        assert overlap(line.quad, truth.quad) >= 0.7


@pytest.mark.parametrize("name", ["blank.png", "photo.jpg"])
def test_a_picture_without_text_gives_nothing(engine: RapidOcr, name: str) -> None:
    assert read(engine, image_of(samples.find(name))).lines == ()


def test_a_strip_is_read_as_one_line(engine: RapidOcr) -> None:
    for name in ("strip.png", "tiny.png"):
        sample = samples.find(name)
        recognition = read(engine, image_of(sample), layout="line")
        assert plain(recognition.text) == plain(sample.text)
        assert len(recognition.lines) == 1


@pytest.mark.parametrize("size", [(1, 1), (30000, 20), (20, 30000), (8, 3000), (1, 2000)])
@pytest.mark.slow
def test_no_shape_of_picture_is_a_failure(engine: RapidOcr, size: tuple[int, int]) -> None:
    width, height = size
    image = Image(b"\xff" * (width * height), width, height, 1, "PNG", "d", "s", 1)
    assert read(engine, image).lines == ()
    read(engine, image, layout="line", turn=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.slow
def test_memory_is_bounded_whatever_the_picture() -> None:
    assert _peak(_SHAPES) < 800


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.slow
def test_memory_is_bounded_whatever_the_text() -> None:
    assert _peak(_LONG_LINES) < 800


_SHAPES = """
for width, height in ((6000, 4000), (4000, 200), (200, 4000)):
    row = bytes(range(256)) * (width // 256 + 1)
    read(Image(row[:width] * height, width, height, 1, "PNG", "d", "s", 1))
"""

_LONG_LINES = """
from mockocr.samples.drawing import Text, render
from mockocr.samples.specimens import specimen
from tests.recognition.reading import image_of
line = "订单号码二〇二六一二三四五六七八九十 No 20260102 已发货请收货并且确认" * 2
lines = [Text(line, 100, 100 + row * 140, 60) for row in range(9)]
assert len(read(image_of(render(lines, size=(5000, 4000)))).lines) == 9
"""


def _peak(program: str) -> int:
    """The most megabytes that a process held which ran the program."""
    # VmHWM begins anew with the program; ru_maxrss begins with what the tests before this one held
    begun = """
import asyncio, re
from pathlib import Path
from mockocr.core.image import Image
from mockocr.core.engine import ReadOptions
from mockocr.recognition.engines.rapidocr import RapidOcr
engine = RapidOcr()
def read(image):
    return asyncio.run(engine.recognize(image, ReadOptions()))
"""
    ended = 'print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])'
    whole = begun + program + ended
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout) // 1024


def test_the_version_is_that_of_the_installed_package() -> None:
    assert models_version() == version("rapidocr")


def test_without_the_package_the_sentence_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rapidocr, "models_version", lambda: "")
    with pytest.raises(engines.EngineUnavailableError, match=r"pip install 'mockocr\[models\]'"):
        engines.choose("rapidocr")


def test_short_lines_do_not_tilt_a_page() -> None:
    tilted = Quad(Point(0, 0), Point(50, 3), Point(50, 23), Point(0, 20))
    assert page_order.angle_of([line_of_text("一二", tilted)]) == 0.0
    steep = Quad(Point(0, 0), Point(500, 30), Point(498, 60), Point(-2, 30))
    assert page_order.angle_of([line_of_text("一二", steep)]) == pytest.approx(3.43, abs=0.01)
