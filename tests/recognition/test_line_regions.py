"""The detector's regions become whole lines: pieces are joined, strokes at the ends taken in."""

from __future__ import annotations

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

pytest.importorskip("cv2", reason="the extra `models` is not installed")

from mockocr.core.recognition import Point, Quad
from mockocr.recognition import line_regions, pixels
from mockocr.recognition.pixels import Pixels
from tests.recognition.reading import image_of

LINE = Quad.upright(100, 50, 300, 90)


@pytest.mark.parametrize("angle", [0, 20, -75])
def test_pieces_that_run_into_each_other_in_a_row_are_one_line(angle: float) -> None:
    first, second = (
        Quad.upright(*box).rotated(angle) for box in ((0, 5, 110, 40), (92, 0, 270, 40))
    )
    (whole,) = line_regions.joined([first, second])
    assert whole.angle == pytest.approx(angle)
    level = whole.rotated(-angle).extent
    assert level == pytest.approx((0, 0, 270, 40), abs=0.01)


@pytest.mark.parametrize(
    "other",
    [
        Quad.upright(290, 50, 400, 90),  # the rims of two words touch
        Quad.upright(310, 50, 400, 90),
        Quad.upright(250, 80, 400, 120),  # the line below
        Quad.upright(250, 60, 400, 80),  # smaller print
        Quad.upright(270, 40, 310, 200),  # runs down
    ],
)
def test_other_regions_stay_apart(other: Quad) -> None:
    assert line_regions.joined([LINE, other]) == [LINE, other]


def test_no_region_is_no_line() -> None:
    assert line_regions.joined([]) == []


def picture(*strokes: tuple[int, int, int, int]) -> Pixels:
    """Bars in place of characters inside of `LINE`, and the strokes."""
    page = Pillow.new("RGB", (420, 140), "#dcebf4")
    draw = ImageDraw.Draw(page)
    for x in range(106, 280, 36):
        draw.rectangle((x, 56, x + 26, 84), "#151515")
    for stroke in strokes:
        draw.rectangle(stroke, "#151515")
    return pixels.picture_of(image_of(page)).pixels


@pytest.mark.parametrize(
    ("stroke", "left", "right"),
    [((70, 69, 98, 71), 64, 300), ((302, 69, 330, 71), 100, 337), ((84, 69, 103, 71), 78, 300)],
)
def test_a_lone_stroke_at_an_end_belongs_to_the_line(
    stroke: tuple[int, int, int, int], left: float, right: float
) -> None:
    (whole,) = line_regions.whole(picture(stroke), [LINE])
    assert whole.extent == pytest.approx((left, 50, right, 90), abs=1.5)


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [(85, 69, 95, 71)],  # a hyphen
        [(0, 69, 98, 71)],  # a rule
        [(70, 86, 98, 88)],  # below the middle
        [(70, 60, 98, 80)],  # a block
        [(40, 69, 68, 71)],  # too far away
        [(70, 69, 98, 71), (80, 58, 90, 60)],  # with ink above it
    ],
)
def test_other_ink_beside_a_line_is_left_out(strokes: list[tuple[int, int, int, int]]) -> None:
    assert line_regions.whole(picture(*strokes), [LINE]) == [LINE]


def test_a_stroke_of_another_line_is_left_there() -> None:
    other = Quad.upright(20, 50, 99, 90)
    assert line_regions.whole(picture((70, 69, 98, 71)), [LINE, other]) == [LINE, other]


def test_a_stroke_is_found_at_the_end_of_a_line_that_rises() -> None:
    page = Pillow.new("RGB", (420, 140), "white")
    draw = ImageDraw.Draw(page)
    for x in range(106, 280, 36):
        draw.rectangle((x, 56, x + 26, 84), "black")
    draw.rectangle((70, 69, 98, 71), "black")
    turned = page.rotate(10, Pillow.Resampling.BICUBIC, center=(200, 70), fillcolor="white")
    line = LINE.rotated(-10, Point(200, 70))
    (whole,) = line_regions.whole(pixels.picture_of(image_of(turned)).pixels, [line])
    assert whole.width == pytest.approx(236, abs=3)
    assert whole.tr == line.tr
