"""Files of every kind become the same upright, opaque picture, or a refusal that says why."""

from __future__ import annotations

import hashlib
import io
import struct
import time
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from mockocr.core.image import Image, Inline, Limits
from mockocr.core.problem import Problem, Refused
from mockocr.imaging import decode

LIMITS = Limits()


def sketch(mode: str = "L", size: tuple[int, int] = (60, 40)) -> Pillow.Image:
    """A picture in which no two corners are alike: 10, 60, 110, 200 on 160."""
    picture = Pillow.new("L", size, 160)
    right, bottom = size[0] - 1, size[1] - 1
    for point, value in {
        (0, 0): 10,
        (right, 0): 60,
        (0, bottom): 110,
        (right, bottom): 200,
    }.items():
        picture.putpixel(point, value)
    return picture.convert(mode)


def file(picture: Pillow.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def png(width: int, height: int, *, data: bytes = b"\0" * 99, extra: bytes = b"") -> bytes:
    """A PNG that says its size and holds hardly anything."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def load(data: bytes, limits: Limits = LIMITS) -> Image:
    return decode(Inline(data), limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> Refused:
    with pytest.raises(Refused) as caught:
        load(data, limits)
    return caught.value


SKETCH = load(file(sketch(), "PNG"))

WRAPPINGS = {
    "BMP": file(sketch(), "BMP"),
    "GIF": file(sketch(), "GIF"),
    "TIFF": file(sketch(), "TIFF"),
    "TIFF lzw": file(sketch(), "TIFF", compression="tiff_lzw"),
    "TGA": file(sketch(), "TGA"),
    "TGA colour": file(sketch("RGB"), "TGA", compression="tga_rle"),
    "PCX": file(sketch(), "PCX"),
    "WEBP lossless": file(sketch("RGB"), "WEBP", lossless=True),
    "ICO png": file(sketch("RGBA"), "ICO", sizes=[(60, 40)]),
    "ICO bmp": file(sketch("RGBA"), "ICO", sizes=[(60, 40)], bitmap_format="bmp"),
    "PNG palette": file(sketch("P"), "PNG"),
    "PNG colour": file(sketch("RGB"), "PNG"),
    "PNG alpha": file(sketch("RGBA"), "PNG"),
    "PNG grey alpha": file(sketch("LA"), "PNG"),
    "TIFF cmyk": file(sketch("CMYK"), "TIFF"),
    "PNG 16 bit": file(sketch("I").point(lambda v: v * 257 + 0).convert("I;16"), "PNG"),
    "TIFF 16 bit that holds 8": file(sketch("I;16"), "TIFF"),
    "TIFF 16 bit that holds 12": file(
        sketch("I").point(lambda v: v * 16 + 8).convert("I;16"), "TIFF"
    ),
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_one_picture_has_one_digest_in_every_format(name: str) -> None:
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
def test_one_coloured_pixel_anywhere_in_a_large_picture_makes_it_coloured(
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
    choices: dict[str, dict[str, object]] = {"JPEG": {"quality": 100}, "WEBP": {"lossless": True}}
    options = choices.get(form, {})
    image = load(file(stored.convert("RGB"), form, exif=exif, **options))
    assert (image.width, image.height) == (64, 32)
    got = Pillow.frombytes("L", (64, 32), image.pixels)
    corners = [got.getpixel(point) for point in ((4, 4), (60, 4), (4, 28), (60, 28))]
    assert corners == pytest.approx([0, 255, 255, 100], abs=3)


def test_damaged_exif_is_ignored() -> None:
    data = file(sketch("RGB"), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert load(data).width == 60


def test_transparency_is_flattened_on_white() -> None:
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


def test_a_transparent_value_of_a_16_bit_picture_does_not_hide_others() -> None:
    deep = sketch("I").point(lambda v: v * 257 + 0).convert("I;16")
    assert load(file(deep, "PNG", transparency=160 * 257)).digest == SKETCH.digest


def test_an_alpha_channel_of_zeros_in_a_targa_means_nothing() -> None:
    picture = sketch("RGBA")
    picture.putalpha(0)
    assert load(file(picture, "TGA")).digest == SKETCH.digest
    assert set(load(file(picture, "PNG")).pixels) == {255}


def test_one_bit_pictures_become_black_and_white() -> None:
    picture = Pillow.new("1", (30, 30), 1)
    picture.putpixel((1, 0), 0)
    image = load(file(picture, "PNG"))
    assert (image.channels, list(image.pixels[:3])) == (1, [255, 0, 255])


def test_float_and_32_bit_grey_are_scaled_from_their_own_range() -> None:
    picture = Pillow.new("F", (20, 20), 0.5)
    picture.putpixel((0, 0), 0.0)
    picture.putpixel((1, 0), 1.0)
    assert list(load(file(picture, "TIFF")).pixels[:3]) == [0, 255, 128]
    deep = Pillow.new("I", (20, 20), 1_000_000)
    deep.putpixel((0, 0), -1_000_000)
    assert list(load(file(deep, "TIFF")).pixels[:2]) == [0, 255]


def test_values_that_are_no_numbers_make_a_damaged_picture() -> None:
    picture = Pillow.new("F", (20, 20), float("nan"))
    assert refusal(file(picture, "TIFF")).why is Problem.BAD_IMAGE


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_taken_or_it_is_refused(form: str) -> None:
    frames = [sketch("RGB"), Pillow.new("RGB", (60, 40), "blue")]
    options = {"lossless": True} if form == "WEBP" else {}
    data = file(frames[0], form, save_all=True, append_images=frames[1:], **options)
    assert load(data).digest == SKETCH.digest
    no = refusal(data, Limits(animated=False))
    assert (no.why, "animated" in no.detail) == (Problem.IMAGE_FORMAT, True)
    still = file(frames[0], form, **options)
    assert load(still, Limits(animated=False)).digest == SKETCH.digest


def test_of_several_pages_the_first_is_taken_even_without_animation() -> None:
    second = Pillow.new("L", (9, 9))
    data = file(sketch(), "TIFF", save_all=True, append_images=[second])
    assert load(data, Limits(animated=False)).digest == SKETCH.digest


def test_of_several_icons_the_largest_is_taken() -> None:
    data = file(sketch("RGBA", (64, 64)), "ICO", sizes=[(16, 16), (64, 64), (32, 32)])
    assert (load(data).width, load(data).format) == (64, "ICO")


def test_a_multi_picture_file_counts_as_jpeg() -> None:
    data = file(sketch("RGB"), "MPO", save_all=True, append_images=[sketch("RGB")])
    assert load(data, Limits(formats=frozenset({"JPEG"}))).format == "JPEG"


def test_a_format_outside_the_limits_is_refused_by_its_content() -> None:
    no = refusal(WRAPPINGS["GIF"], Limits(formats=frozenset({"PNG", "JPEG"})))
    assert no.why is Problem.IMAGE_FORMAT
    assert no.detail == "the picture is GIF; taken are JPEG, PNG"


FOREIGN = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "an SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a bare SVG": b"<svg><text>hello</text></svg>",
    "a PSD": b"8BPS\0\1" + b"\0" * 40,
    "a HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "an AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 40,
    "a JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 40,
    "a PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_pictures_that_nobody_reads_are_of_a_wrong_format(name: str) -> None:
    assert refusal(FOREIGN[name]).why is Problem.IMAGE_FORMAT


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
def test_what_is_no_picture_is_a_bad_one(name: str) -> None:
    assert refusal(NOT_PICTURES[name]).why is Problem.BAD_IMAGE


def test_text_is_quoted_in_the_refusal() -> None:
    assert "'{\"code\": 404}'" in refusal(NOT_PICTURES["json"]).detail


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "TGA", "PCX", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_picture_cut_off_is_a_bad_one(form: str, share: float) -> None:
    noise = Pillow.effect_noise((90, 90), 80).convert("RGB")
    data = file(noise, form)
    assert refusal(data[: int(len(data) * share)]).why is Problem.BAD_IMAGE


def test_nothing_is_no_image() -> None:
    assert refusal(b"").why is Problem.NO_IMAGE


def test_too_many_bytes_are_refused_before_they_are_looked_at() -> None:
    no = refusal(b"x" * 101, Limits(max_bytes=100))
    assert no.why is Problem.IMAGE_TOO_LARGE
    assert no.detail == "the picture has 101 bytes; at most 100 are taken"


@pytest.mark.parametrize("size", [(14, 100), (100, 14), (101, 20), (20, 101)])
def test_a_side_outside_the_limits_is_refused(size: tuple[int, int]) -> None:
    data = file(Pillow.new("L", size), "PNG")
    no = refusal(data, Limits(min_side=15, max_side=100))
    assert no.why is Problem.IMAGE_SIZE
    assert no.detail == f"the picture is {size[0]}x{size[1]} px; 15 to 100 px a side are taken"


@pytest.mark.parametrize("size", [(15, 100), (100, 15)])
def test_sides_at_the_limits_are_taken(size: tuple[int, int]) -> None:
    data = file(Pillow.new("L", size), "PNG")
    assert load(data, Limits(min_side=15, max_side=100)).width == size[0]


def test_too_many_pixels_are_refused() -> None:
    assert refusal(png(100, 101), Limits(max_pixels=10_000)).why is Problem.IMAGE_SIZE


def icon(payload: bytes) -> bytes:
    """One icon that says it has 256x256 px, whatever is in it."""
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


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(name: str) -> None:
    start = time.perf_counter()
    assert refusal(BOMBS[name]).why is Problem.IMAGE_SIZE
    assert time.perf_counter() - start < 0.5


def test_more_pixels_than_pillow_warns_of_can_be_allowed_and_refused_by_limits_alone() -> None:
    picture = Pillow.new("1", (9500, 9500))
    data = file(picture, "PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refusal(data).why is Problem.IMAGE_SIZE
        assert load(data, Limits(max_pixels=100_000_000)).width == 9500


ENDLESS = {
    "PNG chunks": png(9, 9, extra=chunk(b"abCd", b"") * 800_000),
    "JPEG segments": b"\xff\xd8" + b"\xff\xe5\0\2" * 2_400_000,
    "JPEG padding": b"\xff\xd8\xff" + b"\0" * 9_900_000,
    "GIF comments": b"GIF89a\x09\0\x09\0\0\0\0" + b"!\xfe\1a\0" * 1_900_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_header_of_a_million_parts_is_given_up(name: str) -> None:
    start = time.perf_counter()
    no = refusal(ENDLESS[name])
    assert (no.why, "too many parts" in no.detail) == (Problem.BAD_IMAGE, True)
    assert time.perf_counter() - start < 1.5


def test_a_jpeg_of_a_thousand_scans_is_given_up() -> None:
    data = file(sketch("RGB"), "JPEG", progressive=True)
    scan = data.index(b"\xff\xda")
    many = data[:scan] + data[scan:-2] * 200 + data[-2:]
    assert "scans" in refusal(many).detail
    assert load(data).width == 60


def test_a_text_chunk_that_inflates_without_end_is_a_damaged_picture() -> None:
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))
    assert refusal(png(9, 9, extra=text)).why is Problem.BAD_IMAGE


def test_pillow_warns_nobody_and_the_filters_stay_as_they_were() -> None:
    before = list(warnings.filters)
    tags = struct.pack("<HHHII", 1, 0x8769, 4, 999_999, 5)
    data = file(sketch("RGB"), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + tags + b"\0\0")
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(load, [data] * 40))
    assert {image.width for image in images} == {60}
    assert list(warnings.filters) == before


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    refused_or_read(data)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([*WRAPPINGS.values(), file(sketch("RGB"), "JPEG"), icon(png(40, 40))]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_damaged_pictures_are_refused_or_read(data: bytes, hits: list[tuple[float, int]]) -> None:
    damaged = bytearray(data)
    for place, value in hits:
        # The square brings most hits into the header, where the traps are.
        damaged[int(place**2 * (len(damaged) - 1))] = value
    refused_or_read(bytes(damaged))


def refused_or_read(data: bytes) -> None:
    try:
        image = load(data, Limits(max_pixels=1_000_000))
    except Refused as refused:
        assert refused.detail
        assert isinstance(refused.why, Problem)
    else:
        assert len(image.pixels) == image.width * image.height * image.channels
