"""The best reader on drawn pictures: several directions, columns, any size, any ground."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PIL import Image as Pillow

pytest.importorskip("rapidocr", reason="the extra `models` is not installed")

from mockocr import samples
from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Recognition
from mockocr.recognition import engines
from mockocr.samples.drawing import Panel, Picture, Text, render
from tests.recognition.reading import farthest, image_of

pytestmark = [pytest.mark.tesseract, pytest.mark.slow]


@pytest.fixture(scope="module")
def engine() -> Iterator[engines.OwnedEngine]:
    chosen = engines.choose("auto")
    yield chosen
    chosen.close()


def read(
    engine: engines.OwnedEngine,
    picture: Picture | samples.Sample | Pillow.Image,
    options: ReadOptions | None = None,
) -> Recognition:
    return asyncio.run(engine.recognize(image_of(picture), options or ReadOptions()))


def plain(text: str) -> str:
    """Without blanks; a colon is a colon, wide or narrow."""
    return "".join(text.split()).replace("：", ":")


@pytest.mark.parametrize(
    "name",
    ["hello.png", "page.png", "card.png", "receipt.png", "table.png", "dark.png", "columns.png"],
)
def test_a_sample_is_read_in_its_order(engine: engines.OwnedEngine, name: str) -> None:
    sample = samples.find(name)
    assert plain(read(engine, sample).text) == plain(sample.text)


@pytest.mark.parametrize("name", ["blank.png", "photo.jpg"])
def test_a_picture_without_text_gives_nothing(engine: engines.OwnedEngine, name: str) -> None:
    assert read(engine, samples.find(name)).lines == ()


def test_text_in_several_directions_on_one_page_is_read(engine: engines.OwnedEngine) -> None:
    upright = render(["各部门请于本周五前提交"], pixels=28).open()
    page = Pillow.new("RGB", (upright.width + 120, 700), "white")
    page.paste(upright, (20, 20))
    page.paste(upright.rotate(180), (20, 560))
    page.paste(render(["联系电话 82345678"], pixels=28, angle=90).open(), (40, 180))
    recognition = read(engine, page)
    assert sorted(round(line.quad.angle / 90) % 4 for line in recognition.lines) == [0, 1, 2]
    assert [line.text for line in recognition.lines].count("各部门请于本周五前提交") == 2
    assert recognition.angle == 0


def test_equal_digits_beside_each_other_stay_in_numbers_after_chinese(
    engine: engines.OwnedEngine,
) -> None:
    numbers = ["7986000000", "55555", "7506444444", "580730299999", "1000000.00"]
    lines = [line for number in numbers for line in ("各部门请于本周五前提交下季度的清单", number)]
    picture = render(lines, pixels=22)
    # as handwriting, so that the recogniser reads all of it
    found = read(engine, picture, ReadOptions(handwriting=True))
    assert [line.text for line in found.lines[1::2]] == numbers


def test_a_column_of_chinese_is_read_from_the_top_down(engine: engines.OwnedEngine) -> None:
    column = [Text(c, 60, 30 + i * 46, 40) for i, c in enumerate("春眠不觉晓处处闻")]
    recognition = read(engine, render(column, size=(160, 440)))
    (line,) = recognition.lines
    assert line.text == "春眠不觉晓处处闻"
    tops = [c.quad.extent[1] for c in line.characters]
    assert tops == sorted(tops)


@pytest.mark.parametrize("height", [10, 120, 600])
def test_text_of_any_height_is_read(engine: engines.OwnedEngine, height: int) -> None:
    picture = render(["合计 1280"], pixels=height)
    assert plain(read(engine, picture).text) == "合计1280"


def test_white_text_on_a_coloured_panel_is_read(engine: engines.OwnedEngine) -> None:
    picture = render(
        [Text("白字在红色上", 30, 24, 30, ink="white"), Text("黑字在白色上", 30, 120, 30)],
        panels=[Panel(0, 0, 400, 80, "#d93025")],
        size=(400, 200),
    )
    assert read(engine, picture).text == picture.text


@pytest.mark.parametrize("angle", [33, 180, -90])
def test_turned_text_is_found_in_its_own_corners(engine: engines.OwnedEngine, angle: float) -> None:
    picture = render(["各部门请于本周五前提交清单", "Please send the list"], angle=angle)
    recognition = read(engine, picture, ReadOptions(turn=True))
    assert recognition.text == picture.text
    assert abs((recognition.angle - angle + 180) % 360 - 180) <= 1.5
    for line, truth in zip(recognition.lines, picture.lines, strict=True):
        assert farthest(line.quad, truth.quad) < 9


def test_the_same_picture_reads_the_same_again(engine: engines.OwnedEngine) -> None:
    sample = samples.find("dark.png")
    first = read(engine, sample)
    read(engine, samples.find("photo.jpg"))
    assert read(engine, sample) == first


def test_handwriting_is_not_shown_to_tesseract(engine: engines.OwnedEngine) -> None:
    page = render([f"第 {n} 行 Please send the list" for n in range(9)], pixels=24)
    recognition = read(engine, page, ReadOptions(handwriting=True))
    assert len(recognition.lines) == 9
