"""Dense pages are cut into bands between their lines, others are left whole."""

from __future__ import annotations

from PIL import Image as Pillow
from PIL import ImageDraw

from mockocr.recognition import bands


def page(rows: int) -> Pillow.Image:
    """Rows of strokes 12 pixels high with 8 white ones below; 500 edges in each row of pixels."""
    picture = Pillow.new("L", (1500, rows * 20), 255)
    draw = ImageDraw.Draw(picture)
    for top in range(0, picture.height, 20):
        for left in range(0, 1500, 6):
            draw.rectangle((left, top, left + 2, top + 11), fill=0)
    return picture


def test_a_page_of_some_lines_is_left_whole() -> None:
    picture = page(15)
    ((top, band),) = bands.of(picture)
    assert top == 0
    assert band.size == (1500, 300)


def test_a_blank_page_is_left_whole() -> None:
    assert [top for top, _ in bands.of(Pillow.new("L", (4000, 3000), 255))] == [0]


def test_a_dense_page_is_cut_between_its_lines_and_nothing_is_lost() -> None:
    picture = page(50)
    found = list(bands.of(picture))
    joined = Pillow.new("L", picture.size)
    for top, band in found:
        joined.paste(band, (0, top))
    assert joined.tobytes() == picture.tobytes()
    assert 6 <= len(found) <= 9
    assert all(top % 20 >= 12 for top, _ in found[1:])


def test_a_page_without_a_calm_row_is_cut_all_the_same() -> None:
    noise = Pillow.effect_noise((1000, 1000), 200)
    heights = [band.height for _, band in bands.of(noise)]
    assert sum(heights) == 1000
    assert max(heights) < 150
