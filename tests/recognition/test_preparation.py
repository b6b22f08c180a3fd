"""Pictures become dark on light, level, and cut into pieces, without losing their place."""

from __future__ import annotations

import pytest
from PIL import Image as Pillow

from mockocr import samples
from mockocr.core.recognition import Point
from mockocr.recognition import orientation, preprocess, segmentation
from mockocr.samples.drawing import Text, render
from tests.recognition.reading import image_of


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("black", "white"),
        ("white", "black"),
        ("#eee", "#335"),
        ("#888", "#bbb"),
        ("blue", "yellow"),
        ("black", "#ffffff-#8090a0"),
    ],
)
def test_ink_becomes_dark_and_ground_becomes_light(ink: str, ground: str) -> None:
    picture = render(["深色浅色 Dark and light"], ink=ink, ground=ground)
    page = preprocess.page(image_of(picture))
    left, top, right, bottom = (
        *picture.lines[0].quad.bounds[:2],
        round(picture.lines[0].quad.br.x),
        round(picture.lines[0].quad.br.y),
    )
    histogram = page.crop((left, top, right, bottom)).histogram()
    assert sum(histogram[:100]) > 0.05 * (right - left) * (bottom - top)
    outside = page.crop((0, 0, page.width, top - 4)).histogram()
    assert sum(outside[:200]) < 0.02 * page.width * (top - 4)


def test_colours_of_equal_brightness_are_told_apart() -> None:
    picture = render(["红绿"], ink="#ff0000", ground="#008200")
    assert not preprocess.is_blank(preprocess.page(image_of(picture)))


@pytest.mark.parametrize("colour", ["white", "black", "#808080", "#123456"])
def test_an_even_picture_is_blank(colour: str) -> None:
    page = preprocess.page(image_of(Pillow.new("RGB", (30, 20), colour)))
    assert preprocess.is_blank(page)
    assert segmentation.find(page) == []


@pytest.mark.parametrize("pixels", [12, 20, 32, 60])
@pytest.mark.parametrize("font", ["sans", "serif", "zenhei"])
def test_the_letter_height_is_measured(pixels: int, font: str) -> None:
    page = preprocess.page(
        image_of(render(["今天天气很好", "我们去公园"], pixels=pixels, font=font))
    )
    assert preprocess.letter_height(page) == pytest.approx(pixels, rel=0.25)


@pytest.mark.parametrize("angle", [0, 90, 180, -90, 12, -12, 33, 44, 77, 100])
def test_the_angle_is_found_up_to_a_half_turn(angle: float) -> None:
    lines = ["各部门请于本周五前提交清单", "Please send the list soon", "清单应写明名称规格数量"]
    found = orientation.skew(preprocess.page(image_of(render(lines, pixels=24, angle=angle))))
    nearest = min(found, key=lambda a: abs((a - angle + 90) % 180 - 90))
    assert abs((nearest - angle + 90) % 180 - 90) < 1
    assert nearest == found[0]
    assert abs(abs(found[0] - found[1]) - 90) < 1e-9


@pytest.mark.parametrize("angle", [0, 90, 180, -90, 17.5])
def test_the_way_back_from_the_level_page_is_that_of_the_turn(angle: float) -> None:
    page = Pillow.new("L", (200, 120), 255)
    page.paste(0, (150, 20, 160, 30))
    level = preprocess.turn(page, angle)
    left, top, right, bottom = Pillow.eval(level, lambda v: 255 - v).getbbox() or (0, 0, 0, 0)
    found = preprocess.back(page, level, angle)(Point((left + right) / 2, (top + bottom) / 2))
    assert found == pytest.approx((155, 25), abs=1)


def test_a_page_is_cut_into_lines_and_at_wide_gaps() -> None:
    picture = render(
        [
            Text("标题在上面", 20, 20, 40),
            Text("苹果汁", 20, 100),
            Text("13.60", 300, 104),
            Text("two words", 20, 160),
        ]
    )
    found = segmentation.find(preprocess.page(image_of(picture)))
    assert len(found) == 4
    for region, line in zip(found, picture.lines, strict=True):
        assert region.box == pytest.approx(line.quad.extent, abs=6)


def test_the_dots_of_letters_and_parted_strokes_stay_with_their_line() -> None:
    page = preprocess.page(image_of(render(["二三", "iii jjj"], pixels=40, leading=2.0)))
    assert len(segmentation.find(page)) == 2


def test_rules_vanish_and_text_stays() -> None:
    table = image_of(samples.find("table.png"))
    clean = preprocess.without_rules(preprocess.page(table))
    assert len(segmentation.find(clean)) == 9
    heading = preprocess.page(
        image_of(render([Text("一二三十", 20, 20, 48), Text("小字", 20, 90)]))
    )
    assert preprocess.without_rules(heading).tobytes() == heading.tobytes()


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (2, 2), (3000, 4)])
def test_odd_sizes_do_no_harm(size: tuple[int, int]) -> None:
    picture = Pillow.new("RGB", size, "white")
    picture.putpixel((0, 0), (0, 0, 0))
    page = preprocess.page(image_of(picture))
    orientation.skew(page)
    found = segmentation.find(page)
    assert all(segmentation.line_image(page, region).width > 0 for region in found)


def test_a_long_piece_is_made_smaller() -> None:
    page = Pillow.new("L", (9000, 200), 255)
    line = segmentation.line_image(page, segmentation.Region((0, 0, 9000, 200), 1.0))
    assert line.width <= 8000


def test_a_piece_comes_out_with_letters_of_one_height() -> None:
    page = Pillow.new("L", (400, 300), 255)
    page.paste(0, (200, 100, 380, 180))
    line = segmentation.line_image(page, segmentation.Region((200, 100, 380, 180), 80.0))
    assert line.height == pytest.approx(segmentation.EM, abs=1)
    assert line.width == pytest.approx(180 * segmentation.EM / 80, abs=1)
