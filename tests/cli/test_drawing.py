"""The drawing marks every line and its first corner."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from mockocr.cli._drawing import draw
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.images.decoding import decode
from tests.recognitions import HELLO, TURNED

RED, BLUE = (224, 51, 43), (21, 101, 192)


def image_of(file: io.BytesIO) -> Image:
    return decode(Inline(file.getvalue()), Limits())


@pytest.mark.parametrize("recognition", [HELLO, TURNED], ids=["upright", "turned"])
def test_every_line_is_outlined_and_its_own_first_corner_marked(recognition: Recognition) -> None:
    ground = io.BytesIO()
    Pillow.new("RGB", (640, 260), "white").save(ground, "PNG")
    drawn = Pillow.open(io.BytesIO(draw(image_of(ground), recognition)))
    for line in recognition.lines:
        first, *others = [_colours(drawn, corner) for corner in line.quad.rounded]
        assert BLUE in first
        assert all(RED in other and BLUE not in other for other in others)


def _colours(picture: Pillow.Image, around: tuple[int, int]) -> set[object]:
    """The colours of the nine pixels around a point: a pen is half a pixel off on either side."""
    x, y = around
    return {picture.getpixel((x + i, y + j)) for i in (-1, 0, 1) for j in (-1, 0, 1)}


def test_a_picture_is_drawn_upright() -> None:
    lying, turn = io.BytesIO(), Pillow.Exif()
    turn[0x0112] = 6
    Pillow.new("RGB", (260, 640), "white").save(lying, "JPEG", exif=turn)
    assert Pillow.open(io.BytesIO(draw(image_of(lying), HELLO))).size == (640, 260)
