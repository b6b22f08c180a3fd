"""Lines are read at the width at which their characters stay apart."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

pytest.importorskip("rapidocr", reason="the extra `models` is not installed")

from mockocr.core.recognition import Quad
from mockocr.recognition import line_reader, models, pixels
from mockocr.recognition.line_images import LineImage
from mockocr.samples.drawing import find_font
from tests.recognition.reading import image_of


def line(text: str, size: int, height: int, font: str = "sans") -> LineImage:
    """The text in the middle of an image of that height, as the only ink of it."""
    path, index = find_font(font)
    face = ImageFont.truetype(path, size, index)
    page = Pillow.new("RGB", (int(face.getlength(text)) + size, height), "white")
    ImageDraw.Draw(page).text((size / 2, height / 2), text, (20, 20, 20), face, anchor="lm")
    quad = Quad.upright(0, 0, page.width, page.height)
    return LineImage(pixels.picture_of(image_of(page)).pixels, quad)


def read(*lines: LineImage) -> list[str]:
    return [text.text for _, text in line_reader.read(models.load(), None, lines)]


@pytest.mark.parametrize("count", [12, 13, 17])
def test_no_zero_of_a_run_is_lost_in_a_line_that_is_higher_than_its_digits(count: int) -> None:
    number = f"{'0' * count}683A"
    assert read(line(number, 13, 28)) == [number]


@pytest.mark.parametrize("count", [4, 8, 11])
@pytest.mark.parametrize("height", [24, 32])
def test_no_asterisk_of_a_run_is_lost(count: int, height: int) -> None:
    number = f"999981{'*' * count}0053"
    assert read(line(number, 16, height)) == [number]


def test_a_short_amount_is_read_in_full_beside_others() -> None:
    amounts = ["2838.00", "333.57", "2222.00", "1155.00"]
    assert read(*(line(amount, 24, 40) for amount in amounts)) == amounts


def test_a_line_less_sure_than_it_has_to_be_is_no_text() -> None:
    found = line("合计128", 22, 32)
    assert read(found, replace(found, least=1.01)) == ["合计128", ""]
