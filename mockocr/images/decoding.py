"""Decodes one file to an `Image`, after checking the size that the file's header states."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator

import msgspec
from PIL.Image import Image as Picture

from mockocr.core.image import Image, Inline, Limits
from mockocr.images.base64_input import inline_bytes
from mockocr.images.normalize import Normalized
from mockocr.images.opening import (
    accepted_format,
    check_sides,
    frame_count,
    open_picture,
    refusing_damage,
    without_pillow_warnings,
)
from mockocr.images.pdf import is_pdf, render_page

_UNRELIABLE_ALPHA = frozenset({"TGA", "BMP"})
"""Formats whose writers often leave the alpha byte at zero for an opaque picture."""


class Decoded(msgspec.Struct, frozen=True):
    """A decoded picture before its pixels are joined. `rows` yields them from the top, in strips;
    it can be read once. The other fields are those of `Image`.
    """

    width: int
    height: int
    channels: int
    format: str
    pages: int
    dpi: float
    rows: Iterator[bytes]

    def image(self, data: bytes, pixels: bytes) -> Image:
        """The `Image` with these pixels, decoded from the file `data`."""
        digest = hashlib.sha256(f"{self.width}x{self.height}x{self.channels}:".encode())
        digest.update(pixels)
        return Image(
            pixels=pixels,
            width=self.width,
            height=self.height,
            channels=self.channels,
            format=self.format,
            digest=digest.hexdigest(),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            pages=self.pages,
            dpi=self.dpi,
        )


def decode(source: Inline, limits: Limits) -> Image:
    """The decoded picture.

    Raises `ApiError` NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or IMAGE_SIZE. Blocks on
    one core for about 10 ms a megapixel. Decodes the first frame or page, the largest icon of an
    ICO file, and the page `limits.page` of a PDF document (with `limits.frames` also of
    a TIFF, GIF or WEBP file). The digest hashes
    `{width}x{height}x{channels}:` and the pixels; a picture without colour has one channel.
    """
    data = inline_bytes(source, limits)
    with decoding(data, limits) as decoded:
        return decoded.image(data, b"".join(decoded.rows))


@contextlib.contextmanager
def decoding(data: bytes, limits: Limits) -> Iterator[Decoded]:
    """The decoded file, for as long as the context lasts. Raises as `decode` does, also while the
    rows are read.
    """
    if limits.page is not None and is_pdf(data):
        page, pages, dpi = render_page(data, limits.page, limits)
        check_sides(page.size, limits)
        yield _decoded(page, "PDF", pages, dpi)
        return
    name = accepted_format(data, limits)
    with without_pillow_warnings(), refusing_damage(name), open_picture(data, name, limits) as file:
        pages = frame_count(file) if limits.frames else 0
        file.load()
        yield _decoded(file, name, pages if pages > 1 else 0)


def _decoded(picture: Picture, name: str, pages: int = 0, dpi: float = 0.0) -> Decoded:
    normal = Normalized(picture, trust_alpha=name not in _UNRELIABLE_ALPHA)
    channels = len(normal.mode)
    return Decoded(normal.width, normal.height, channels, name, pages, dpi, normal.rows())
