"""With `Limits.frames`, a page of a TIFF file and a frame of a GIF or WEBP file can be read."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.cost import estimate
from mockocr.images.decoding import decode
from tests.exchange import picture

SIZES = ((30, 20), (30, 20), (60, 40))
GREYS = (0, 120, 255)


def stack(kind: str) -> bytes:
    """Three frames, each of one grey; those of a TIFF file have different sizes."""
    sizes = SIZES if kind == "TIFF" else ((30, 20),) * 3
    frames = [Pillow.new("L", size, grey) for size, grey in zip(sizes, GREYS, strict=True)]
    file = io.BytesIO()
    options = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], **options)
    return file.getvalue()


def page(number: int | None, kind: str, *, frames: bool = True) -> Image:
    return decode(Inline(stack(kind)), Limits(page=number, frames=frames))


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_page_of_a_picture_file_can_be_read(kind: str, number: int) -> None:
    found = page(number, kind)
    assert found.pages == 3
    assert set(found.pixels) == {GREYS[number - 1]}
    if kind == "TIFF":
        assert (found.width, found.height) == SIZES[number - 1]


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP"])
def test_without_frames_the_first_one_is_the_picture(kind: str) -> None:
    found = page(2, kind, frames=False)
    assert (found.pages, set(found.pixels)) == (0, {GREYS[0]})


def test_a_page_that_a_picture_file_does_not_have_is_refused() -> None:
    with pytest.raises(ApiError, match="page 4 was requested; the TIFF picture has 3") as caught:
        page(4, "TIFF")
    assert caught.value.reason is ErrorKind.BAD_PARAMETER


def test_a_picture_with_one_page_has_no_pages() -> None:
    found = decode(Inline(picture("hello.png")), Limits(page=1, frames=True))
    assert found.pages == 0


def test_limits_and_memory_are_those_of_the_page_that_is_read() -> None:
    limits = Limits(max_side=50, page=3, frames=True)
    with pytest.raises(ApiError) as caught:
        decode(Inline(stack("TIFF")), limits)
    assert caught.value.reason is ErrorKind.IMAGE_SIZE
    first, last = (estimate(stack("TIFF"), Limits(page=n, frames=True)) for n in (1, 3))
    assert last.bytes == 4 * first.bytes
