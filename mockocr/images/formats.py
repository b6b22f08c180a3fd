"""Detects a picture's format by its first bytes and names the Pillow reader for it.

Readers are called directly and not through `Image.open`: so only these formats are tried, none of
which starts another program, and no process-wide pixel limit applies.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PcxImagePlugin,
    PngImagePlugin,
    PsdImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
)

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.images.webp import WebpFile

READERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "WEBP": WebpFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "PCX": PcxImagePlugin.PcxImageFile,
    "TGA": TgaImagePlugin.TgaImageFile,
    "PSD": PsdImagePlugin.PsdImageFile,
}
"""Pillow's name of a format and its reader. JPEG also reads the first picture of an MPO file, PSD
the merged layers. ICO is missing: its reader decodes at once, so `decoding` checks it first.
"""

_MAGIC = (
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WEBP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    ("BMP", re.compile(rb"BM.{12}", re.DOTALL)),
    ("TIFF", re.compile(rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+")),
    ("ICO", re.compile(rb"\x00\x00\x01\x00[^\x00]")),
    ("PCX", re.compile(rb"\x0a[\x00\x02\x03\x05][\x00\x01][\x01\x02\x04\x08]")),
    ("PSD", re.compile(rb"8BPS\x00\x01")),
    # A Targa file has no magic number, so each field of its header must be in range.
    (
        "TGA",
        re.compile(
            rb".(?:\x00[\x02\x03\x0a\x0b]|\x01[\x01\x02\x03\x09-\x0b]).{5}.{4}"
            rb"(?!\x00\x00)..(?!\x00\x00)..[\x01\x08\x10\x18\x20][\x00-\x3f]",
            re.DOTALL,
        ),
    ),
)
_FOREIGN = (
    ("a PDF document", re.compile(rb"\s*%PDF-")),
    ("an SVG drawing", re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,900}?)?<svg", re.DOTALL)),
    ("a PSB picture", re.compile(rb"8BPS\x00\x02")),
    ("a HEIC or AVIF picture", re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1|avi)", re.DOTALL)),
    ("a JPEG 2000 picture", re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51")),
    ("a JPEG XL picture", re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL ")),
    ("a PostScript document", re.compile(rb"%!PS|\xc5\xd0\xd3\xc6")),
    ("a PNM picture", re.compile(rb"P[1-7]\s")),
)
_TEXT = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]+")


def sniff(data: bytes) -> str:
    """Pillow's name of the format. Raises `ApiError` IMAGE_FORMAT for a known format without a
    reader, BAD_IMAGE for anything else.
    """
    head = data[:1024]
    for name, magic in _MAGIC:
        if magic.match(head):
            return name
    for kind, magic in _FOREIGN:
        if magic.match(head):
            raise ApiError(ErrorKind.IMAGE_FORMAT, f"the file is {kind}, which is not supported")
    if _TEXT.fullmatch(head):
        start = head[:40].decode("utf-8", "replace")
        raise ApiError(ErrorKind.BAD_IMAGE, f"the file is text, not a picture: {start!r}")
    start = head[:8].hex(" ")
    raise ApiError(ErrorKind.BAD_IMAGE, f"the file has no known picture format: it starts {start}")
