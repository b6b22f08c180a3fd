"""Parts that are cut out of a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from mockocr.core.image import Image
from mockocr.core.recognition import Point, Quad
from mockocr.documents.cutting import cut_out


def halves(width: int = 80, height: int = 40) -> Image:
    """A picture that is red on the left and blue on the right."""
    picture = Pillow.new("RGB", (width, height), (255, 0, 0))
    picture.paste((0, 0, 255), (width // 2, 0, width, height))
    return Image(picture.tobytes(), width, height, 3, "PNG", "d", "s", 1)


def opened(data: bytes) -> Pillow.Image:
    picture = Pillow.open(io.BytesIO(data))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def test_the_part_inside_the_quad_is_cut_out() -> None:
    part = opened(cut_out(halves(), Quad.upright(44, 4, 76, 36)))
    assert part.size == (32, 32)
    red, _, blue = part.getpixel((16, 16))  # type: ignore[misc]
    assert (red < 20, blue > 230) == (True, True)


def test_the_whole_picture_is_returned_without_a_quad() -> None:
    assert opened(cut_out(halves())).size == (80, 40)


def test_a_turned_part_comes_out_level() -> None:
    upside_down = Quad(Point(80, 40), Point(0, 40), Point(0, 0), Point(80, 0))
    part = opened(cut_out(halves(), upside_down))
    red, _, blue = part.getpixel((10, 20))  # type: ignore[misc]
    assert (red < 20, blue > 230) == (True, True)


def test_a_large_part_is_reduced() -> None:
    assert opened(cut_out(halves(4000, 100))).size == (2000, 50)


@pytest.mark.parametrize("corners", [(10, 10, 10, 10), (-20, -20, 10, 10), (70, 30, 200, 90)])
def test_a_part_without_area_or_beyond_the_picture_is_still_a_picture(
    corners: tuple[int, int, int, int],
) -> None:
    assert opened(cut_out(halves(), Quad.upright(*corners))).width > 0


def test_a_grey_picture_is_cut_too() -> None:
    grey = Image(bytes(80 * 40), 80, 40, 1, "PNG", "d", "s", 1)
    assert opened(cut_out(grey, Quad.upright(0, 0, 8, 8))).size == (8, 8)
