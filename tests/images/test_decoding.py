"""Which picture of a file is decoded, and which files are refused for which reason."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ErrorKind
from mockocr.core.image import Limits
from tests.images.files import SKETCH, WRAPPINGS, file, load, png, refusal, sketch


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_is_decoded_or_it_is_refused(form: str) -> None:
    frames = [sketch("RGB"), Pillow.new("RGB", (60, 40), "blue")]
    options: dict[str, Any] = {"lossless": True} if form == "WEBP" else {}
    data = file(frames[0], form, save_all=True, append_images=frames[1:], **options)
    assert load(data).digest == SKETCH.digest
    error = refusal(data, Limits(animated=False))
    assert (error.reason, "animated" in error.detail) == (ErrorKind.IMAGE_FORMAT, True)
    still = file(frames[0], form, **options)
    assert load(still, Limits(animated=False)).digest == SKETCH.digest


def test_the_first_of_several_pages_is_decoded_even_if_animations_are_refused() -> None:
    second = Pillow.new("L", (9, 9))
    data = file(sketch(), "TIFF", save_all=True, append_images=[second])
    assert load(data, Limits(animated=False)).digest == SKETCH.digest


def test_the_largest_of_several_icons_is_decoded() -> None:
    data = file(sketch("RGBA", (64, 64)), "ICO", sizes=[(16, 16), (64, 64), (32, 32)])
    assert (load(data).width, load(data).format) == (64, "ICO")


def test_a_multi_picture_file_counts_as_jpeg() -> None:
    data = file(sketch("RGB"), "MPO", save_all=True, append_images=[sketch("RGB")])
    assert load(data, Limits(formats=frozenset({"JPEG"}))).format == "JPEG"


def test_a_format_outside_the_limits_is_refused_by_its_content() -> None:
    error = refusal(WRAPPINGS["GIF"], Limits(formats=frozenset({"PNG", "JPEG"})))
    assert error.reason is ErrorKind.IMAGE_FORMAT
    assert error.detail == "the picture is GIF; accepted formats: JPEG, PNG"


FOREIGN = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "an SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a bare SVG": b"<svg><text>hello</text></svg>",
    "a PSB": b"8BPS\0\2" + b"\0" * 40,
    "a HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "an AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 40,
    "a JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 40,
    "a PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_pictures_in_unsupported_formats_are_refused_as_such(name: str) -> None:
    assert refusal(FOREIGN[name]).reason is ErrorKind.IMAGE_FORMAT


NOT_PICTURES = {
    "text": b"this is not a picture, it only says so" * 9,
    "chinese": "这不是一张图片".encode() * 9,
    "html": b"<!doctype html><html><body>404</body></html>",
    "json": b'{"code": 404}',
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "zeros": b"\0" * 5000,
    "one byte": b"\xff",
    "only a signature": b"\x89PNG\r\n\x1a\n",
    "only a jpeg signature": b"\xff\xd8\xff\xe0",
    "a bitmap in words": b"BMW builds cars and no pictures at all.",
}


@pytest.mark.parametrize("name", NOT_PICTURES)
def test_a_file_that_is_not_a_picture_is_a_bad_image(name: str) -> None:
    assert refusal(NOT_PICTURES[name]).reason is ErrorKind.BAD_IMAGE


def test_the_refusal_of_a_text_file_quotes_the_text() -> None:
    assert "'{\"code\": 404}'" in refusal(NOT_PICTURES["json"]).detail


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "TGA", "PCX", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_a_bad_image(form: str, share: float) -> None:
    noise = Pillow.effect_noise((90, 90), 80).convert("RGB")
    data = file(noise, form)
    assert refusal(data[: int(len(data) * share)]).reason is ErrorKind.BAD_IMAGE


def test_an_empty_file_is_no_image() -> None:
    assert refusal(b"").reason is ErrorKind.NO_IMAGE


def test_too_many_bytes_are_refused_before_decoding() -> None:
    error = refusal(b"x" * 101, Limits(max_bytes=100))
    assert error.reason is ErrorKind.IMAGE_TOO_LARGE
    assert error.detail == "the picture has 101 bytes; the limit is 100"


@pytest.mark.parametrize("size", [(14, 100), (100, 14), (101, 20), (20, 101)])
def test_a_side_outside_the_limits_is_refused(size: tuple[int, int]) -> None:
    data = file(Pillow.new("L", size), "PNG")
    error = refusal(data, Limits(min_side=15, max_side=100))
    assert error.reason is ErrorKind.IMAGE_SIZE
    assert (
        error.detail == f"the picture is {size[0]}x{size[1]} px; each side must have 15 to 100 px"
    )


@pytest.mark.parametrize("size", [(15, 100), (100, 15)])
def test_sides_at_the_limits_are_accepted(size: tuple[int, int]) -> None:
    data = file(Pillow.new("L", size), "PNG")
    assert load(data, Limits(min_side=15, max_side=100)).width == size[0]


def test_too_many_pixels_are_refused() -> None:
    assert refusal(png(100, 101), Limits(max_pixels=10_000)).reason is ErrorKind.IMAGE_SIZE
