"""Drawn pictures hold what their truth says, and the samples are those pictures."""

from __future__ import annotations

import hashlib
import io
import itertools

import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from mockocr import samples
from mockocr.samples import drawing
from mockocr.samples.drawing import FontMissingError, Text, render
from tests.recognition.reading import image_of


def ink_box(picture: drawing.Picture) -> tuple[int, int, int, int]:
    box = ImageOps.invert(picture.open().convert("L")).point(lambda v: v > 100 and 255).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("font", drawing.FONTS)
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_truth_lies_around_the_ink(font: str, angle: float) -> None:
    picture = render(["Invoice 2026"], font=font, pixels=40, angle=angle)
    assert ink_box(picture) == pytest.approx(picture.lines[0].quad.extent, abs=3)


@pytest.mark.parametrize(
    ("angle", "direction"), [(0, 0), (90, 90), (180, 180), (270, -90), (-12, -12), (30, 30)]
)
def test_an_angle_turns_the_text_clockwise(angle: float, direction: float) -> None:
    picture = render(["方向"], angle=angle)
    assert picture.lines[0].quad.angle == pytest.approx(direction, abs=0.01)
    assert picture.lines[0].words[0].quad.angle == pytest.approx(direction, abs=0.01)


def test_characters_follow_each_other_within_their_line() -> None:
    (line,) = render(["发票 No.7"]).lines
    assert [word.text for word in line.words] == ["发票", "No.7"]
    assert [word.spaced for word in line.words] == [False, True]
    edges = [(c.quad.tl.x, c.quad.tr.x) for c in line.characters]
    assert all(a[1] <= b[0] + 0.01 for a, b in itertools.pairwise(edges))


def test_blank_lines_are_drawn_but_not_part_of_the_truth() -> None:
    picture = render(["上", "", "下"])
    assert picture.text == "上\n下"
    assert picture.lines[1].quad.tl.y - picture.lines[0].quad.tl.y > 80


def test_the_same_lines_give_the_same_bytes() -> None:
    assert render(["再来"], angle=5).data == render(["再来"], angle=5).data


def test_an_unknown_font_is_named_with_the_known_ones() -> None:
    with pytest.raises(FontMissingError, match="sans, serif, zenhei, latin"):
        drawing.find_font("comic")


def test_a_missing_font_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_FOLDERS", ())
    drawing.find_font.cache_clear()
    with pytest.raises(FontMissingError, match="apt-get install fonts-noto-cjk"):
        drawing.find_font("sans")


def test_a_gradient_runs_from_top_to_bottom() -> None:
    page = render([Text("x", 5, 5)], ground="#ffffff-#000000", size=(60, 80)).open()
    greys = [page.convert("L").tobytes()[60 * y + 50] for y in (0, 20, 40, 60, 79)]
    assert greys == sorted(greys, reverse=True)
    assert greys[0] > 250
    assert greys[-1] < 5


@pytest.mark.parametrize("name", samples.names())
def test_a_sample_opens_in_its_size_and_its_lines_lie_inside(name: str) -> None:
    sample = samples.find(name)
    image = image_of(sample)
    assert (image.width, image.height) == (sample.width, sample.height)
    assert sample.purpose
    for line in sample.lines:
        left, top, right, bottom = line.quad.extent
        assert 0 <= left < right <= sample.width
        assert 0 <= top < bottom <= sample.height
        assert line.quad.angle == pytest.approx((sample.angle + 180) % 360 - 180, abs=1) or (
            sample.angle == 180 and abs(line.quad.angle) == pytest.approx(180, abs=1)
        )


def test_the_kinds_of_pixels_are_what_their_names_say() -> None:
    modes = {
        name: Pillow.open(io.BytesIO(samples.find(name).data)).mode
        for name in ("one-bit.png", "sixteen-bit.png", "palette.png", "transparent.png")
    }
    assert modes["one-bit.png"] == "1"
    assert modes["sixteen-bit.png"].startswith("I;16")
    assert modes["palette.png"] == "P"
    assert modes["transparent.png"] == "RGBA"
    assert Pillow.open(io.BytesIO(samples.find("exif.jpg").data)).getexif()[0x0112] == 6


def test_hello_has_the_size_that_the_exchanges_count_on() -> None:
    sample = samples.find()
    assert (sample.width, sample.height) == (640, 240)
    assert sample.text == "发票 Invoice 2026\n合计:1280.50"


def test_all_samples_are_small() -> None:
    data = [samples.find(name).data for name in samples.names()]
    assert sum(map(len, data)) < 1_000_000
    assert len({hashlib.sha256(d).hexdigest() for d in data}) == len(data)


def test_an_unknown_sample_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"hello\.png"):
        samples.find("nothing.png")
