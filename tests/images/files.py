"""Picture files of every format, and functions that decode one or expect its refusal."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Inline, Limits
from mockocr.images import decode

LIMITS = Limits()


def sketch(mode: str = "L", size: tuple[int, int] = (60, 40)) -> Pillow.Image:
    """A picture with four different corners: 10, 60, 110, 200 on 160."""
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


def file(picture: Pillow.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def png(width: int, height: int, *, data: bytes = b"\0" * 99, extra: bytes = b"") -> bytes:
    """A PNG whose header states a size and that contains hardly any data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def psd(picture: Pillow.Image, *, packed: bool = False) -> bytes:
    """A PSD without layers: the header, three empty sections, and the channels one by one."""
    kinds = {"L": 1, "RGB": 3, "RGBA": 3}
    bands = [band.tobytes() for band in picture.split()]
    width, height = picture.size
    header = struct.pack(
        ">4sH6xHIIHH", b"8BPS", 1, len(bands), height, width, 8, kinds[picture.mode]
    )
    empty = struct.pack(">III", 0, 0, 0)
    if not packed:
        return header + empty + struct.pack(">H", 0) + b"".join(bands)
    rows = [band[y * width : (y + 1) * width] for band in bands for y in range(height)]
    literal = [bytes([len(row) - 1]) + row for row in rows]
    counts = b"".join(struct.pack(">H", len(row)) for row in literal)
    return header + empty + struct.pack(">H", 1) + counts + b"".join(literal)


def load(data: bytes, limits: Limits = LIMITS) -> Image:
    return decode(Inline(data), limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> ApiError:
    with pytest.raises(ApiError) as caught:
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
    "PSD": psd(sketch()),
    "PSD colour": psd(sketch("RGB"), packed=True),
    "PSD alpha": psd(sketch("RGBA")),
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
