"""Lines are cut out level and made dark on white, whatever they are like in the picture."""

from __future__ import annotations

import pytest
from PIL import Image as Pillow

pytest.importorskip("cv2", reason="the extra `models` is not installed")

from mockocr.core.recognition import Quad
from mockocr.recognition import line_images, pixels, polarity, preprocess
from mockocr.samples.drawing import render
from tests.recognition.reading import image_of


def dark_share(line: Pillow.Image) -> float:
    return sum(line.histogram()[:100]) / (line.width * line.height)


@pytest.mark.parametrize("angle", [0, 20, 90, -120])
def test_a_line_at_any_angle_is_cut_out_level(angle: float) -> None:
    picture = render(["各部门请于本周五前提交"], pixels=40, angle=angle)
    read = pixels.picture_of(image_of(picture))
    line = line_images.cut(read.pixels, picture.lines[0].quad)
    height, width = line.pixels.shape[:2]
    assert line.aspect == pytest.approx(width / height)
    assert height == pytest.approx(40, abs=6)
    assert 0.1 < dark_share(Pillow.fromarray(line_images.plain(line.pixels))) < 0.5


def test_a_high_line_is_made_smaller() -> None:
    picture = render(["大字"], pixels=400)
    read = pixels.picture_of(image_of(picture))
    line = line_images.cut(read.pixels, picture.lines[0].quad)
    assert line.pixels.shape[0] == pytest.approx(line_images.TALLEST, abs=1)


def test_a_line_turned_around_begins_at_its_other_end() -> None:
    read = pixels.picture_of(image_of(Pillow.new("RGB", (60, 20), "white")))
    line = line_images.cut(read.pixels, Quad.upright(0, 0, 60, 20))
    turned = line.upside_down()
    assert turned.quad.tl == line.quad.br
    assert abs(turned.quad.angle) == 180
    assert turned.upside_down().quad == line.quad


def test_a_region_that_is_high_and_narrow_is_read_from_its_top_right_down() -> None:
    quad = Quad.upright(0, 0, 10, 40)
    assert line_images.is_tall(quad)
    assert not line_images.is_tall(Quad.upright(0, 0, 30, 40))
    assert line_images.running_down(quad).tl == quad.tr
    assert line_images.running_down(quad).angle == 90


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("black", "white"), ("white", "#c02020"), ("#ffff00", "#0044aa"), ("#999", "#bbb")],
)
def test_a_line_of_any_colours_becomes_dark_on_white(ink: str, ground: str) -> None:
    line = polarity.plain(render(["合计 1280"], ink=ink, ground=ground, margin=6).open())
    assert line.mode == "L"
    assert 0.05 < dark_share(line) < 0.5
    assert line.getpixel((1, 1)) == 255


def test_an_even_line_stays_without_ink() -> None:
    for colour in ("white", "black", "#777"):
        assert dark_share(polarity.plain(Pillow.new("RGB", (40, 12), colour))) in (0.0, 1.0)


def test_a_large_picture_is_made_smaller_and_its_places_lead_back() -> None:
    read = pixels.picture_of(image_of(Pillow.new("L", (8000, 3000), 255)))
    assert read.width * read.height <= preprocess.MOST_PIXELS * 1.01
    quad = Quad.upright(100, 200, 4000, 2800)
    there_and_back = read.as_sent(read.as_read(quad))
    assert there_and_back.extent == pytest.approx(quad.extent)
    assert read.as_read(quad).extent[2] == pytest.approx(4000 * read.width / 8000)
