"""One file to one decoded `Image`: sizes are checked by its header before a pixel is decoded."""

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
from mockocr.images.base64_input import unwrap
from mockocr.images.formats import READERS, sniff
from mockocr.images.normalize import flatten
from mockocr.images.pdf import drawn, is_document

_MOST_SCANS = 100
"""A progressive JPEG has about ten; each costs a pass over all pixels, however few its bytes."""
_MOST_READS = 250_000
"""Ten megabytes in the smallest blocks that real files come in take some 80 thousand."""
_LOOSE_ALPHA = frozenset({"TGA", "BMP"})
"""Writers of these often leave the fourth byte of a pixel at zero and mean no transparency."""
_MOVING = frozenset({"GIF", "WEBP", "PNG"})


def decode(source: Inline, limits: Limits) -> Image:
    """The picture; `ApiError` NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or IMAGE_SIZE.

    Blocks, and uses one core: about 10 ms for a megapixel. Of several frames, pages or icons it
    takes the first (of icons the largest), of a PDF document the page that the limits name. The
    digest hashes `{width}x{height}x{channels}:` and the pixels; channels is 1 for every picture
    without colour.
    """
    data = unwrap(source, limits)
    if limits.page is not None and is_document(data):
        drawing, pages = drawn(data, limits.page, limits)
        _check_sides(drawing.size, limits)
        return _image(data, drawing, "PDF", pages)
    name = sniff(data)
    if limits.formats and name not in limits.formats:
        taken = ", ".join(sorted(limits.formats))
        raise ApiError(ErrorKind.IMAGE_FORMAT, f"the picture is {name}; taken are {taken}")
    with _quiet(), _damage_refused(name), _opened(data, name, limits) as picture:
        picture.load()
        return _image(data, picture, name)


def _image(data: bytes, picture: Picture, name: str, pages: int = 0) -> Image:
    flat = flatten(picture, trust_alpha=name not in _LOOSE_ALPHA)
    pixels = flat.tobytes()
    channels = len(flat.getbands())
    digest = hashlib.sha256(f"{flat.width}x{flat.height}x{channels}:".encode())
    digest.update(pixels)
    return Image(
        pixels=pixels,
        width=flat.width,
        height=flat.height,
        channels=channels,
        format=name,
        digest=digest.hexdigest(),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=pages,
    )


class _ReadLimiter(io.BytesIO):
    """The file, readable so many times: a header of a million tiny parts would take seconds."""

    _left = _MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("it consists of too many parts")
        return super().read(size)


def _opened(data: bytes, name: str, limits: Limits) -> Picture:
    """The header read and found fit, no pixel decoded."""
    if name == "JPEG" and data.count(b"\xff\xda") > _MOST_SCANS:
        raise ApiError(ErrorKind.BAD_IMAGE, f"the JPEG picture has more than {_MOST_SCANS} scans")
    if name == "ICO":
        return _largest_icon(data, limits)
    picture = READERS[name](_ReadLimiter(data))
    _check_sides(picture.size, limits)
    if not limits.animated and name in _MOVING and getattr(picture, "is_animated", False):
        raise ApiError(
            ErrorKind.IMAGE_FORMAT, f"the {name} picture is animated, which is not taken"
        )
    return picture


def _largest_icon(data: bytes, limits: Limits) -> Picture:
    """The icon's own header decides: the directory before it says at most 256 px, true or not."""
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
    said = f"the picture is {width}x{height} px"
    if min(size) < limits.min_side or max(size) > limits.max_side:
        taken = f"{limits.min_side} to {limits.max_side} px a side are taken"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{said}; {taken}")
    if width * height > limits.max_pixels:
        taken = f"at most {limits.max_pixels} pixels are taken"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{said}, {width * height} pixels; {taken}")


@contextlib.contextmanager
def _damage_refused(name: str) -> Iterator[None]:
    try:
        yield
    except ApiError:
        raise
    except DecompressionBombError as error:
        raise ApiError(ErrorKind.IMAGE_SIZE, f"the {name} picture is too large: {error}") from None
    except Exception as error:
        # Pillow's readers raise whatever a damaged file makes them stumble over, from OSError to
        # ZeroDivisionError, and none of it is ours to tell apart.
        reason = str(error) or type(error).__name__
        raise ApiError(ErrorKind.BAD_IMAGE, f"the {name} picture is damaged: {reason}") from None


_silence = threading.Lock()
_silent = 0
_FILTER = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Pillow's own warnings unheard while some thread decodes, whatever the process does with them.

    Not `catch_warnings`: that swaps the whole list of filters, and two threads that do so leave a
    wrong one behind. Here one entry comes and goes.
    """
    global _silent
    with _silence:
        _silent += 1
        warnings.filterwarnings("ignore", module=_FILTER[3].pattern)
    try:
        yield
    finally:
        with _silence:
            _silent -= 1
            if not _silent:
                filters = cast("list[Any]", warnings.filters)  # typed as read-only
                with contextlib.suppress(ValueError):
                    filters.remove(_FILTER)
