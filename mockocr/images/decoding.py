"""Decodes one file to an `Image`, after checking the size that the file's header states."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import threading
import warnings
from collections.abc import Iterator
from typing import Any, cast

from PIL import BmpImagePlugin, IcoImagePlugin
from PIL.Image import DecompressionBombError
from PIL.Image import Image as Picture

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.base64_input import inline_bytes
from mockocr.images.formats import READERS, sniff
from mockocr.images.normalize import normalize
from mockocr.images.pdf import is_pdf, render_page

_MAX_SCANS = 100
"""A progressive JPEG has about ten scans; each takes a pass over all pixels, even an empty one."""
_MAX_READS = 250_000
"""Reads from one file. Ten megabytes in the smallest blocks of real files take 80 thousand."""
_UNRELIABLE_ALPHA = frozenset({"TGA", "BMP"})
"""Formats whose writers often leave the alpha byte at zero for an opaque picture."""
_CAN_BE_ANIMATED = frozenset({"GIF", "WEBP", "PNG"})


def decode(source: Inline, limits: Limits) -> Image:
    """The decoded picture.

    Raises `ApiError` NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or IMAGE_SIZE. Blocks on
    one core for about 10 ms a megapixel. Decodes the first frame or page, the largest icon of an
    ICO file, and the page `limits.page` of a PDF document. The digest hashes
    `{width}x{height}x{channels}:` and the pixels; a picture without colour has one channel.
    """
    data = inline_bytes(source, limits)
    if limits.page is not None and is_pdf(data):
        page, pages = render_page(data, limits.page, limits)
        _check_sides(page.size, limits)
        return _image(data, page, "PDF", pages)
    name = sniff(data)
    if limits.formats and name not in limits.formats:
        accepted = ", ".join(sorted(limits.formats))
        raise ApiError(
            ErrorKind.IMAGE_FORMAT, f"the picture is {name}; accepted formats: {accepted}"
        )
    with _without_pillow_warnings(), _refusing_damage(name), _open(data, name, limits) as picture:
        picture.load()
        return _image(data, picture, name)


def _image(data: bytes, picture: Picture, name: str, pages: int = 0) -> Image:
    normal = normalize(picture, trust_alpha=name not in _UNRELIABLE_ALPHA)
    pixels = normal.tobytes()
    channels = len(normal.getbands())
    digest = hashlib.sha256(f"{normal.width}x{normal.height}x{channels}:".encode())
    digest.update(pixels)
    return Image(
        pixels=pixels,
        width=normal.width,
        height=normal.height,
        channels=channels,
        format=name,
        digest=digest.hexdigest(),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=pages,
    )


class _ReadLimiter(io.BytesIO):
    """A file that allows `_MAX_READS` reads: a header of a million parts would take seconds."""

    _left = _MAX_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("it consists of too many parts")
        return super().read(size)


def _open(data: bytes, name: str, limits: Limits) -> Picture:
    """The picture with its header read and checked, its pixels not decoded yet."""
    if name == "JPEG" and data.count(b"\xff\xda") > _MAX_SCANS:
        raise ApiError(ErrorKind.BAD_IMAGE, f"the JPEG picture has more than {_MAX_SCANS} scans")
    if name == "ICO":
        return _largest_icon(data, limits)
    picture = READERS[name](_ReadLimiter(data))
    _check_sides(picture.size, limits)
    animated = name in _CAN_BE_ANIMATED and getattr(picture, "is_animated", False)
    if animated and not limits.animated:
        raise ApiError(ErrorKind.IMAGE_FORMAT, f"the {name} picture is animated")
    return picture


def _largest_icon(data: bytes, limits: Limits) -> Picture:
    """The largest icon. Its own header gives the size: the directory cannot state over 256 px."""
    icons = IcoImagePlugin.IcoFile(_ReadLimiter(data))
    payload = data[icons.entry[0].offset :]
    if payload.startswith(b"\x89PNG"):
        picture = READERS["PNG"](_ReadLimiter(payload))
        _check_sides(picture.size, limits)
        return picture
    width, height = BmpImagePlugin.DibImageFile(_ReadLimiter(payload)).size
    _check_sides((width, height // 2), limits)  # the mask is the lower half
    return icons.frame(0)


def _check_sides(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    found = f"the picture is {width}x{height} px"
    if min(size) < limits.min_side or max(size) > limits.max_side:
        allowed = f"each side must have {limits.min_side} to {limits.max_side} px"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{found}; {allowed}")
    if width * height > limits.max_pixels:
        allowed = f"the limit is {limits.max_pixels}"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{found}, {width * height} pixels; {allowed}")


@contextlib.contextmanager
def _refusing_damage(name: str) -> Iterator[None]:
    """Turn any error that a damaged file causes into an `ApiError`."""
    try:
        yield
    except ApiError:
        raise
    except DecompressionBombError as error:
        raise ApiError(ErrorKind.IMAGE_SIZE, f"the {name} picture is too large: {error}") from None
    except Exception as error:
        # for a damaged file, Pillow raises anything from OSError to ZeroDivisionError
        reason = str(error) or type(error).__name__
        raise ApiError(ErrorKind.BAD_IMAGE, f"the {name} picture is damaged: {reason}") from None


_decoding_lock = threading.Lock()
_decoding_count = 0
_FILTER = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


@contextlib.contextmanager
def _without_pillow_warnings() -> Iterator[None]:
    """Ignore Pillow's warnings while any thread decodes.

    `catch_warnings` replaces the whole list of filters, so two threads could leave a wrong one
    behind; this adds and removes one entry.
    """
    global _decoding_count
    with _decoding_lock:
        _decoding_count += 1
        warnings.filterwarnings("ignore", module=_FILTER[3].pattern)
    try:
        yield
    finally:
        with _decoding_lock:
            _decoding_count -= 1
            if not _decoding_count:
                filters = cast("list[Any]", warnings.filters)  # typed as read-only
                with contextlib.suppress(ValueError):
                    filters.remove(_FILTER)
