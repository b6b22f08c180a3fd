"""The requested PDF page is rendered, large enough to read and within the limits."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.decoding import decode
from tests.exchange import picture

DOCUMENT = picture("two-pages.pdf")
HELLO = Pillow.open(io.BytesIO(picture("hello.png"))).convert("L")


def page(number: int | None, data: bytes = DOCUMENT, **limits: Any) -> Image:
    return decode(Inline(data), Limits(page=number, **limits))


def refusal(number: int | None, data: bytes = DOCUMENT, **limits: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        page(number, data, **limits)
    return caught.value


def shown(image: Image) -> Pillow.Image:
    mode = "L" if image.channels == 1 else "RGB"
    return Pillow.frombytes(mode, (image.width, image.height), image.pixels).convert("L")


def test_the_requested_page_is_rendered_at_200_dpi() -> None:
    second = page(2)
    assert (second.width, second.height) == (1778, 667)
    assert (second.pages, second.format) == (2, "PDF")
    small = shown(second).resize(HELLO.size, Pillow.Resampling.LANCZOS)
    assert ImageStat.Stat(ImageChops.difference(small, HELLO)).mean[0] < 3
    assert set(page(1).pixels) == {255}


def test_a_page_larger_than_the_limits_is_rendered_smaller() -> None:
    assert max(page(2, max_side=1000).width, 0) in range(980, 1001)
    few = page(2, max_pixels=100_000)
    assert 90_000 < few.width * few.height <= 100_000


def test_a_picture_is_accepted_where_documents_are_and_has_no_pages() -> None:
    assert page(1, picture("hello.png")).pages == 0


def test_a_document_is_refused_unless_a_page_is_requested() -> None:
    assert refusal(None).reason is ErrorKind.IMAGE_FORMAT


def test_a_page_beyond_the_last_is_a_bad_parameter() -> None:
    error = refusal(3)
    assert error.reason is ErrorKind.BAD_PARAMETER
    assert error.detail == "page 3 was requested; the PDF document has 2"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", DOCUMENT[:300], b"%PDF-1.4\n" + b"\0" * 5000])
def test_a_damaged_document_is_a_bad_image_of_the_kind_pdf(data: bytes) -> None:
    error = refusal(1, data)
    assert error.reason is ErrorKind.BAD_IMAGE
    assert error.cause is ErrorCause.PDF


@pytest.mark.slow
def test_a_page_of_absurd_size_is_refused_or_rendered_smaller() -> None:
    for box in (b"0 0 200000 200000", b"0 0 0 0", b"0 0 200000 1", b"0 0 -5 1e30"):
        data = DOCUMENT.replace(b"[ 0 0 640.0 240.0 ]", b"[ " + box + b" ]")
        assert data != DOCUMENT
        try:
            drawn = page(2, data)
        except ApiError as error:
            assert error.reason in {ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_SIZE}
        else:
            assert drawn.width * drawn.height <= 25_000_000


def test_many_threads_can_render_pages() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda number: page(number), [1, 2] * 8))
    assert len({image.digest for image in drawn}) == 2


def test_without_pdfium_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    error = refusal(1)
    assert error.reason is ErrorKind.ENGINE_FAILED
    assert "mockocr[pdf]" in error.detail


def test_a_page_states_the_resolution_in_which_it_was_rendered() -> None:
    assert page(2).dpi == 200
    assert 111 < page(2, max_side=1000).dpi < 113
    assert page(1, picture("hello.png")).dpi == 0
