"""Files made to use up time or memory, or to crash the decoder, are refused."""

from __future__ import annotations

import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Limits
from tests.images.files import WRAPPINGS, chunk, file, load, png, refusal, sketch
from tests.timing import seconds


def icon(payload: bytes) -> bytes:
    """An ICO file whose directory states 256x256 px for any payload."""
    return b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(payload), 22) + payload


BITMAP = struct.pack("<IiiHHIIiiII", 40, 8500, 17000, 1, 32, 0, 0, 0, 0, 0, 0)
WIDE_GIF = b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\0\0\0" + b"," + b"\0" * 20
WIDE_WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f" + struct.pack("<I", 0x0FFFFFFF) + b"\0" * 9
WIDE_TARGA = b"\0\0\x0a" + b"\0" * 9 + struct.pack("<HHBB", 60000, 60000, 24, 0) + b"\xff" * 99
BOMBS = {
    "a PNG of a gigapixel": png(30000, 30000),
    "a PNG of a thousand gigapixels": png(2**31 - 1, 2**31 - 1),
    "a GIF": WIDE_GIF,
    "a lossless WEBP": WIDE_WEBP,
    "a TGA": WIDE_TARGA,
    "an ICO around a PNG": icon(png(12000, 12000)),
    "an ICO around a bitmap": icon(BITMAP),
    "a BMP": b"BM" + struct.pack("<IHHI", 99, 0, 0, 54) + BITMAP,
}


@pytest.fixture(scope="module")
def decoding_seconds() -> float:
    """The CPU time for decoding 64 megapixels; a decoded bomb would take more."""
    data = file(Pillow.new("1", (8000, 8000)), "PNG")
    return seconds(lambda: load(data), rounds=1)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(name: str, decoding_seconds: float) -> None:
    assert refusal(BOMBS[name]).reason is ErrorKind.IMAGE_SIZE
    assert seconds(lambda: refusal(BOMBS[name]), rounds=1) < decoding_seconds


@pytest.mark.slow
def test_only_the_limits_decide_about_more_pixels_than_pillow_warns_about() -> None:
    picture = Pillow.new("1", (9500, 9500))
    data = file(picture, "PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refusal(data).reason is ErrorKind.IMAGE_SIZE
        assert load(data, Limits(max_pixels=100_000_000)).width == 9500


ENDLESS = {
    "PNG chunks": png(9, 9, extra=chunk(b"abCd", b"") * 800_000),
    "JPEG segments": b"\xff\xd8" + b"\xff\xe5\0\2" * 2_400_000,
    "JPEG padding": b"\xff\xd8\xff" + b"\0" * 9_900_000,
    "GIF comments": b"GIF89a\x09\0\x09\0\0\0\0" + b"!\xfe\1a\0" * 1_900_000,
}


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.slow
def test_a_header_of_a_million_parts_is_refused(name: str) -> None:
    error = refusal(ENDLESS[name])
    assert (error.reason, "too many parts" in error.detail) == (ErrorKind.BAD_IMAGE, True)


def test_a_jpeg_of_two_hundred_scans_is_refused() -> None:
    data = file(sketch("RGB"), "JPEG", progressive=True)
    scan = data.index(b"\xff\xda")
    many = data[:scan] + data[scan:-2] * 200 + data[-2:]
    assert "scans" in refusal(many).detail
    assert load(data).width == 60


@pytest.mark.slow
def test_a_text_chunk_that_expands_to_80_mb_is_a_damaged_picture() -> None:
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))
    assert refusal(png(9, 9, extra=text)).reason is ErrorKind.BAD_IMAGE


def test_pillow_warnings_are_ignored_and_the_filters_are_restored() -> None:
    before = list(warnings.filters)
    tags = struct.pack("<HHHII", 1, 0x8769, 4, 999_999, 5)
    data = file(sketch("RGB"), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + tags + b"\0\0")
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(load, [data] * 40))
    assert {image.width for image in images} == {60}
    assert list(warnings.filters) == before


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_decoded_or_refused(data: bytes) -> None:
    refused_or_read(data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*WRAPPINGS.values(), file(sketch("RGB"), "JPEG"), icon(png(40, 40))]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
)
@pytest.mark.slow
def test_damaged_pictures_are_decoded_or_refused(
    data: bytes, hits: list[tuple[float, int]]
) -> None:
    damaged = bytearray(data)
    for place, value in hits:
        # squaring moves most changes into the header
        damaged[int(place**2 * (len(damaged) - 1))] = value
    refused_or_read(bytes(damaged))


def refused_or_read(data: bytes) -> None:
    try:
        image = load(data, Limits(max_pixels=1_000_000))
    except ApiError as error:
        assert error.detail
        assert isinstance(error.reason, ErrorKind)
    else:
        assert len(image.pixels) == image.width * image.height * image.channels
