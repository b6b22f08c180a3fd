"""Both Tesseracts read what was drawn, where it was drawn."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest
from PIL import Image as Pillow

from mockocr import samples
from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Recognition
from mockocr.recognition import engines
from mockocr.samples.drawing import Picture, Text, render
from tests.recognition.reading import distance, farthest, image_of, overlap

pytestmark = pytest.mark.tesseract

NAMES = ("tesserocr", "tesseract")
EXACT = (
    "hello.png",
    "page.png",
    "card.png",
    "table.png",
    "faint.png",
    "tiny.png",
    "strip.png",
    "exif.jpg",
    "one-bit.png",
    "sixteen-bit.png",
    "palette.png",
    "transparent.png",
    "small.gif",
    "small.ico",
)
NEAR = ("receipt.png", "columns.png", "dark.png")


@pytest.fixture(scope="module", params=NAMES)
def engine(request: pytest.FixtureRequest) -> Iterator[engines.OwnedEngine]:
    chosen = engines.choose(request.param)
    yield chosen
    chosen.close()


@pytest.fixture(scope="module")
def fast() -> Iterator[engines.OwnedEngine]:
    chosen = engines.choose("tesserocr")
    yield chosen
    chosen.close()


def read(
    engine: engines.OwnedEngine,
    picture: Picture | samples.Sample | Pillow.Image,
    options: ReadOptions | None = None,
) -> Recognition:
    return asyncio.run(engine.recognize(image_of(picture), options or ReadOptions()))


@pytest.mark.slow
def test_hello_is_read_with_its_place(engine: engines.OwnedEngine) -> None:
    sample = samples.find("hello.png")
    recognition = read(engine, sample)
    assert recognition.text == "发票 Invoice 2026\n合计:1280.50"
    assert recognition.angle == 0
    assert recognition.engine == engine.name
    for line, truth in zip(recognition.lines, sample.lines, strict=True):
        assert overlap(line.quad, truth.quad) > 0.85
        assert 0.8 < line.confidence <= 1
        assert "".join(c.text for c in line.characters) == line.text.replace(" ", "")


@pytest.mark.slow
def test_a_fresh_picture_is_read(engine: engines.OwnedEngine) -> None:
    number = str(random.Random().randrange(10**7, 10**8))
    picture = render(["订单编号:" + number, "Thank you for your order"], pixels=30)
    assert read(engine, picture).text == picture.text


@pytest.mark.parametrize("name", ["tiny.png", "strip.png", "page.png"])
@pytest.mark.slow
def test_both_engines_read_small_and_plain(engine: engines.OwnedEngine, name: str) -> None:
    sample = samples.find(name)
    assert distance(read(engine, sample).text, sample.text) <= len(sample.text) // 20


@pytest.mark.parametrize("name", EXACT)
def test_a_sample_is_read_without_a_fault(fast: engines.OwnedEngine, name: str) -> None:
    sample = samples.find(name)
    recognition = read(fast, sample)
    assert recognition.text == sample.text
    for line, truth in zip(recognition.lines, sample.lines, strict=True):
        assert overlap(line.quad, truth.quad) > 0.7


@pytest.mark.parametrize("name", NEAR)
@pytest.mark.slow
def test_a_hard_sample_is_read_in_order_with_few_faults(
    fast: engines.OwnedEngine, name: str
) -> None:
    sample = samples.find(name)
    recognition = read(fast, sample)
    assert len(recognition.lines) == len(sample.lines)
    assert distance(recognition.text, sample.text) <= len(sample.text) // 20


@pytest.mark.parametrize("name", ["blank.png", "photo.jpg"])
@pytest.mark.slow
def test_a_picture_without_text_gives_nothing(engine: engines.OwnedEngine, name: str) -> None:
    assert read(engine, samples.find(name)).lines == ()


@pytest.mark.slow
def test_noise_gives_nothing(fast: engines.OwnedEngine) -> None:
    for strength in (20, 60, 120):
        assert read(fast, Pillow.effect_noise((300, 200), strength)).text == ""


@pytest.mark.parametrize("angle", [90, 180, 270, 12, -12, 30, 77])
@pytest.mark.slow
def test_turned_text_is_found_in_the_corners_of_the_picture_as_sent(
    fast: engines.OwnedEngine, angle: float
) -> None:
    picture = render(
        ["各部门请于本周五前提交清单", "Please send the list", "联系电话:82345678"], angle=angle
    )
    recognition = read(fast, picture, ReadOptions(turn=True))
    assert recognition.text == picture.text
    assert abs((recognition.angle - angle + 180) % 360 - 180) <= 1
    for line, truth in zip(recognition.lines, picture.lines, strict=True):
        assert farthest(line.quad, truth.quad) < 9
        assert abs((line.quad.angle - angle + 180) % 360 - 180) < 1
        for character, drawn in zip(line.characters, truth.characters, strict=True):
            assert farthest(character.quad, drawn.quad) < 28  # one letter


@pytest.mark.slow
def test_the_command_finds_turned_text_too() -> None:
    engine = engines.choose("tesseract")
    recognition = read(engine, samples.find("turned-270.png"), ReadOptions(turn=True))
    engine.close()
    assert recognition.angle == -90
    assert recognition.text == "发票 Invoice 2026\n合计:1280.50"


def test_nothing_is_turned_unless_asked(fast: engines.OwnedEngine) -> None:
    recognition = read(fast, samples.find("turned-90.png"))
    assert recognition.angle == 0
    assert "Invoice" not in recognition.text


def test_upright_text_stays_upright_when_a_turn_is_looked_for(fast: engines.OwnedEngine) -> None:
    recognition = read(fast, samples.find("page.png"), ReadOptions(turn=True))
    assert recognition.angle == 0
    assert recognition.text == samples.find("page.png").text


def test_a_single_line_is_read_as_such(fast: engines.OwnedEngine) -> None:
    picture = render(["车牌:粤B12345"], pixels=22, margin=3)
    assert read(fast, picture, ReadOptions(layout="line")).text == picture.text


def test_colours_and_gradients_make_no_difference(fast: engines.OwnedEngine) -> None:
    lines = ["今天的会议改到下午三点", "Meeting moved to 3 pm"]
    for ink, ground in (
        ("white", "#c02020"),
        ("#ffff00", "#0044aa"),
        ("black", "#ffffff-#90a0b0"),
        ("#0a7a0a", "#fff8e0"),
    ):
        picture = render(lines, ink=ink, ground=ground)
        assert read(fast, picture).text == picture.text, (ink, ground)


def test_a_heading_beside_small_print_is_read_whole(fast: engines.OwnedEngine) -> None:
    picture = render(
        [
            Text("通知", 20, 20, 60),
            Text("本店国庆期间照常营业,欢迎光临", 20, 110, 15),
            Text("Open daily from 9 to 21", 20, 140, 15),
        ]
    )
    assert read(fast, picture).text == picture.text


@pytest.mark.slow
def test_many_readings_at_once_do_not_mix(fast: engines.OwnedEngine) -> None:
    pictures = [render([f"编号 {number}"]) for number in range(1000, 1012)]

    async def all_at_once() -> list[Recognition]:
        return await asyncio.gather(*(fast.recognize(image_of(p), ReadOptions()) for p in pictures))

    assert [r.text for r in asyncio.run(all_at_once())] == [p.text for p in pictures]


@pytest.mark.slow
def test_the_same_picture_reads_the_same_again(fast: engines.OwnedEngine) -> None:
    sample = samples.find("card.png")
    first = read(fast, sample)
    read(fast, samples.find("dark.png"))
    assert read(fast, sample) == first


@pytest.mark.parametrize("angle", [3, 5, -5])
def test_a_page_that_came_askew_is_levelled_unasked(
    fast: engines.OwnedEngine, angle: float
) -> None:
    picture = render(["各部门请于本周五前提交清单", "Please send the list"], pixels=28, angle=angle)
    recognition = read(fast, picture)
    assert recognition.text == picture.text
    assert recognition.angle == 0
    for line, truth in zip(recognition.lines, picture.lines, strict=True):
        assert farthest(line.quad, truth.quad) < 8
