"""The colour of the ground of each line is measured, only when it is asked for."""

from __future__ import annotations

import asyncio
import json

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Line, Quad, Recognition, line_of_text
from mockocr.core.recognition_json import recognition_from_json, recognition_to_json
from mockocr.images import Loader
from mockocr.recognition.engines.scripted import Scripted
from mockocr.recognition.measurements import with_measurements
from mockocr.samples.drawing import Panel, Text, render

PLATE = Quad.upright(60, 60, 260, 100)
PAGE = Quad.upright(20, 150, 120, 180)


def picture() -> Image:
    """White letters on a blue plate, and black ones on the grey page."""
    panel = Panel(40, 40, 280, 120, fill="#1846b4")
    lines = (Text("A12345", 62, 62, 40, ink="white"), Text("note", 22, 152, 26))
    drawn = render(lines, size=(320, 200), ground="#b0b4b8", panels=(panel,))

    async def load() -> Image:
        return await Loader()(Inline(drawn.data), Limits())

    return asyncio.run(load())


def read(options: ReadOptions, *quads: Quad) -> tuple[Line, ...]:
    scripted = Scripted(Recognition(tuple(line_of_text("A12345", quad) for quad in quads)))

    image = picture()

    async def measured() -> Recognition:
        return await with_measurements(scripted.recognize)(image, options)

    return asyncio.run(measured()).lines


def test_the_ground_of_each_line_is_its_background() -> None:
    plate, page = read(ReadOptions(colors=True), PLATE, PAGE)
    assert plate.background == (0x18, 0x46, 0xB4)
    assert page.background == (0xB0, 0xB4, 0xB8)


def test_the_background_of_a_plate_that_is_white_at_the_top_is_that_of_its_lower_half() -> None:
    panels = Panel(40, 40, 280, 80, fill="white"), Panel(40, 80, 280, 120, fill="#6ac98a")
    drawn = render((Text("A12345", 62, 62, 40),), size=(320, 200), panels=panels)

    async def measured() -> Recognition:
        image = await Loader()(Inline(drawn.data), Limits())
        scripted = Scripted(Recognition((line_of_text("A12345", PLATE),)))
        return await with_measurements(scripted.recognize)(image, ReadOptions(colors=True))

    (line,) = asyncio.run(measured()).lines
    assert line.background == (0x6A, 0xC9, 0x8A)


def test_the_ground_of_a_line_as_high_as_its_plate_is_the_plate() -> None:
    (line,) = read(ReadOptions(colors=True), Quad.upright(40, 40, 280, 120))
    assert line.background == (0x18, 0x46, 0xB4)


def test_a_turned_line_has_the_background_of_its_own_frame() -> None:
    (line,) = read(ReadOptions(colors=True), PLATE.rotated(8, PLATE.center))
    assert line.background == (0x18, 0x46, 0xB4)


def test_colours_are_not_measured_unless_they_are_asked_for() -> None:
    assert [line.background for line in read(ReadOptions(), PLATE)] == [None]


def test_a_line_outside_of_the_picture_has_no_background() -> None:
    (line,) = read(ReadOptions(colors=True), Quad.upright(900, 900, 1000, 940))
    assert line.background is None


def test_a_background_survives_json() -> None:
    lines = read(ReadOptions(colors=True), PLATE)
    written = json.loads(json.dumps(recognition_to_json(Recognition(lines))))
    assert recognition_from_json(written).lines[0].background == (0x18, 0x46, 0xB4)
    plain = recognition_to_json(Recognition(read(ReadOptions(), PLATE)))
    assert "background" not in plain["lines"][0]
