"""Files of every kind become the same upright, opaque, 8-bit picture."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ErrorKind
from tests.images.files import SKETCH, WRAPPINGS, file, load, refusal, sketch


@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_picture_has_the_same_digest_in_every_format(name: str) -> None:
    image = load(WRAPPINGS[name])
    assert image.format == name.split()[0]
    assert (image.width, image.height, image.channels) == (60, 40, 1)
    assert image.digest == SKETCH.digest


def test_the_digest_is_the_sha256_of_size_channels_and_pixels() -> None:
    data = file(sketch(), "PNG")
    pixels = sketch().tobytes()
    assert load(data).digest == hashlib.sha256(b"60x40x1:" + pixels).hexdigest()
    assert load(data).sha256 == hashlib.sha256(data).hexdigest()
    assert (load(data).size, load(data).pixels) == (len(data), pixels)


@pytest.mark.parametrize("place", [(0, 0), (999, 0), (500, 300), (999, 599)])
def test_one_coloured_pixel_anywhere_makes_a_large_picture_coloured(
    place: tuple[int, int],
) -> None:
    picture = Pillow.new("RGB", (1000, 600), "white")
    picture.putpixel(place, (255, 255, 254))
    assert load(file(picture, "PNG")).channels == 3


def test_one_coloured_pixel_makes_three_channels() -> None:
    picture = sketch("RGB")
    picture.putpixel((30, 21), (160, 160, 161))
    image = load(file(picture, "PNG"))
    assert (image.channels, len(image.pixels)) == (3, 60 * 40 * 3)
    assert image.digest != SKETCH.digest


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture_upright(form: str, orientation: int) -> None:
    undo = {
        2: Pillow.Transpose.FLIP_LEFT_RIGHT,
        3: Pillow.Transpose.ROTATE_180,
        4: Pillow.Transpose.FLIP_TOP_BOTTOM,
        5: Pillow.Transpose.TRANSPOSE,
        6: Pillow.Transpose.ROTATE_90,
        7: Pillow.Transpose.TRANSVERSE,
        8: Pillow.Transpose.ROTATE_270,
    }
    upright = Pillow.new("L", (64, 32), 255)
    upright.paste(0, (0, 0, 16, 16))
    upright.paste(100, (48, 16, 64, 32))
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    choices: dict[str, dict[str, Any]] = {"JPEG": {"quality": 100}, "WEBP": {"lossless": True}}
    options = choices.get(form, {})
    image = load(file(stored.convert("RGB"), form, exif=exif, **options))
    assert (image.width, image.height) == (64, 32)
    got = Pillow.frombytes("L", (64, 32), image.pixels)
    corners = [got.getpixel(point) for point in ((4, 4), (60, 4), (4, 28), (60, 28))]
    assert corners == pytest.approx([0, 255, 255, 100], abs=3)


def test_damaged_exif_is_ignored() -> None:
    data = file(sketch("RGB"), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert load(data).width == 60


def test_transparent_pixels_become_white() -> None:
    picture = Pillow.new("RGBA", (20, 20), (255, 0, 0, 0))
    picture.putpixel((3, 0), (0, 0, 0, 255))
    picture.putpixel((4, 0), (0, 0, 0, 128))
    image = load(file(picture, "PNG"))
    assert list(image.pixels[:6]) == [255, 255, 255, 0, 127, 255]


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_a_transparent_palette_entry_is_white(form: str) -> None:
    picture = Pillow.new("P", (20, 20), 1)
    picture.putpalette([0, 0, 0, 9, 9, 9])
    picture.putpixel((0, 0), 0)
    image = load(file(picture, form, transparency=1))
    assert (image.channels, list(image.pixels[:2])) == (1, [0, 255])


def test_a_transparent_value_of_a_16_bit_picture_hides_no_other_values() -> None:
    deep = sketch("I").point(lambda v: v * 257 + 0).convert("I;16")
    assert load(file(deep, "PNG", transparency=160 * 257)).digest == SKETCH.digest


def test_an_alpha_channel_of_zeros_in_a_targa_is_ignored() -> None:
    picture = sketch("RGBA")
    picture.putalpha(0)
    assert load(file(picture, "TGA")).digest == SKETCH.digest
    assert set(load(file(picture, "PNG")).pixels) == {255}


def test_one_bit_pictures_become_black_and_white() -> None:
    picture = Pillow.new("1", (30, 30), 1)
    picture.putpixel((1, 0), 0)
    image = load(file(picture, "PNG"))
    assert (image.channels, list(image.pixels[:3])) == (1, [255, 0, 255])


def test_float_and_32_bit_grey_are_scaled_from_minimum_and_maximum() -> None:
    picture = Pillow.new("F", (20, 20), 0.5)
    picture.putpixel((0, 0), 0.0)
    picture.putpixel((1, 0), 1.0)
    assert list(load(file(picture, "TIFF")).pixels[:3]) == [0, 255, 128]
    deep = Pillow.new("I", (20, 20), 1_000_000)
    deep.putpixel((0, 0), -1_000_000)
    assert list(load(file(deep, "TIFF")).pixels[:2]) == [0, 255]


def test_a_picture_with_nan_values_is_damaged() -> None:
    picture = Pillow.new("F", (20, 20), float("nan"))
    assert refusal(file(picture, "TIFF")).reason is ErrorKind.BAD_IMAGE
