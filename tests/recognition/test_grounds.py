"""Panels, bars and gradients vanish; the text on each of them stays, dark on white."""

from __future__ import annotations

import pytest
from PIL import Image as Pillow

from mockocr.recognition import background, preprocess, segmentation
from mockocr.samples.drawing import Panel, Text, render
from tests.recognition.reading import image_of


def test_dark_and_light_panels_on_one_page_come_out_alike() -> None:
    picture = render(
        [
            Text("白字在深色上", 40, 30, 28, ink="white"),
            Text("黑字在白色上", 40, 110, 28),
            Text("白字在红色上", 40, 190, 28, ink="white"),
        ],
        panels=[Panel(0, 0, 400, 80, "#20406a"), Panel(20, 170, 300, 240, "#d93025", radius=9)],
        size=(400, 260),
    )
    found = segmentation.find(preprocess.page(image_of(picture)))
    assert len(found) == 3
    for region, line in zip(found, picture.lines, strict=True):
        assert region.box == pytest.approx(line.quad.extent, abs=5)


@pytest.mark.parametrize("angle", [0, 90, 205, 64])
def test_the_ground_goes_at_every_angle(angle: float) -> None:
    picture = render(
        [Text("导航栏目", 30, 24, 36, ink="white"), Text("正文在下面这里", 30, 130, 36)],
        panels=[Panel(0, 0, 420, 84, "#20406a")],
        size=(420, 220),
        angle=angle,
    )
    page = preprocess.page(image_of(picture))
    ink = preprocess.inked(page).histogram()[255] / (page.width * page.height)
    assert 0.01 < ink < 0.12


def test_an_even_page_has_no_panels_and_a_bar_is_one() -> None:
    page = render(["一行字", "又一行字"], pixels=40).open().convert("L")
    assert not background.has_panels(page, 255)
    page.paste(90, (0, 0, page.width, 34))
    assert background.has_panels(page, 255)
    assert not background.has_panels(Pillow.new("L", (9, 9), 0), 255)


def test_the_edge_of_a_panel_leaves_no_ink() -> None:
    page = Pillow.new("L", (300, 200), 250)
    page.paste(60, (0, 0, 300, 90))
    assert background.strokes(page, 24.0).getextrema() == (255, 255)
