"""The detector finds drawn lines where they were drawn, of any size and at any angle."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy
import pytest
from PIL import Image as Pillow

pytest.importorskip("rapidocr", reason="the extra `models` is not installed")

from benchmarks.corpus.cases import case
from mockocr.core.recognition import Line, Quad
from mockocr.recognition import detector, models, pixels
from mockocr.recognition.models import Models
from mockocr.samples.drawing import Picture, Text, render
from tests.recognition.reading import image_of


def found(picture: Picture | Pillow.Image) -> list[Quad]:
    read = pixels.picture_of(image_of(picture))
    regions = detector.find(models.load(), read.pixels)
    assert all(0.5 <= region.likelihood <= 1 for region in regions)
    return [read.as_sent(region.quad) for region in regions]


def shows(quad: Quad, line: Line) -> bool:
    """True if a region is around that line; a detector leaves a rim of half a line at most."""
    inner, outer = line.quad.extent, quad.extent
    high = math.dist(line.quad.tl, line.quad.bl)
    return all(abs(a - b) <= 0.7 * high + 2 for a, b in zip(inner, outer, strict=True))


@pytest.mark.parametrize("angle", [0, 12, 90, 180, -30])
def test_every_line_is_found_at_its_place(angle: float) -> None:
    picture = render(["各部门请于本周五前提交", "Please send the list"], pixels=30, angle=angle)
    quads = found(picture)
    assert len(quads) == len(picture.lines)
    for line in picture.lines:
        assert sum(shows(quad, line) for quad in quads) == 1


@pytest.mark.parametrize("height", [8, 60, 500])
def test_text_is_found_at_any_height(height: int) -> None:
    picture = render([Text("合计 128", 40, 40, height)], size=(height * 5 + 80, height * 2 + 80))
    (quad,) = found(picture)
    assert shows(quad, picture.lines[0])


@pytest.mark.slow
def test_small_print_on_a_large_picture_is_found_in_parts() -> None:
    lines = [
        Text(f"编号 {n} 各部门请提交清单", 30 + 900 * (n % 2), 20 + n * 30, 11) for n in range(30)
    ]
    picture = render(lines, size=(1900, 1000))
    quads = found(picture)
    assert len(quads) == len(lines)
    for line in picture.lines:
        assert sum(shows(quad, line) for quad in quads) == 1


def test_a_line_across_two_parts_is_joined() -> None:
    left, right = Quad.upright(0, 0, 120, 20), Quad.upright(100, 1, 240, 21)
    below = Quad.upright(0, 30, 120, 50)
    regions: list[detector.Region] = []
    for quad in (left, below, right):
        detector._add(regions, detector.Region(quad, 0.9))
    above, under = sorted((r.quad.extent for r in regions), key=lambda extent: extent[1])
    assert above == pytest.approx((0, 0, 240, 21), abs=0.01)
    assert under == below.extent


@pytest.mark.parametrize("size", [(5, 5), (40, 300), (900, 700)])
def test_an_even_picture_has_no_lines(size: tuple[int, int]) -> None:
    assert found(Pillow.new("RGB", size, "#446688")) == []


@pytest.mark.slow
def test_a_line_that_is_missed_on_its_side_is_found_with_the_picture_turned() -> None:
    picture = case("turned-17").picture
    regions = found(picture)
    (missed,) = (line for line in picture.lines if line.text == "manager garden dog")
    assert sum(shows(quad, missed) for quad in regions) == 1
    assert len(regions) == len(picture.lines)


def seen_as(*boxes: tuple[int, int, int, int, float]) -> Models:
    """Models whose detector sees such text: left, top, right, bottom, likelihood."""

    def run(session: Any, batch: Any) -> Any:
        likely = numpy.zeros((1, 1, *batch.shape[2:]), numpy.float32)
        for left, top, right, bottom, value in boxes:
            likely[0, 0, top:bottom, left:right] = value
        return likely

    return cast(Models, SimpleNamespace(run=run, detection=None))


def test_a_faint_region_in_a_row_with_a_line_may_be_text() -> None:
    models = seen_as((40, 40, 200, 60, 0.9), (300, 42, 312, 58, 0.45))
    page = numpy.full((160, 480, 3), 255, numpy.uint8)
    line, lone = detector.find_all(models, page)
    assert line.likelihood > 0.8
    assert 0.35 <= lone.likelihood < 0.5
    assert lone.quad.center.x == pytest.approx(305, abs=2)
    assert detector.find(models, page) == [line]


@pytest.mark.parametrize(
    "faint",
    [
        (300, 100, 312, 116, 0.45),  # in no row
        (300, 46, 306, 54, 0.45),  # too low
        (100, 62, 112, 78, 0.45),  # below the line
        (300, 42, 312, 58, 0.33),  # too faint
    ],
)
def test_other_faint_regions_are_no_text(faint: tuple[int, int, int, int, float]) -> None:
    page = numpy.full((160, 480, 3), 255, numpy.uint8)
    assert len(detector.find_all(seen_as((40, 40, 200, 60, 0.9), faint), page)) == 1
