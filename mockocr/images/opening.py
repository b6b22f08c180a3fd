"""Opens a picture file: reads its header and checks the size that the header states, and turns any
error of a damaged file into an `ApiError`.
"""

from __future__ import annotations

import contextlib
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
from mockocr.core.image import Limits
from mockocr.images.formats import READERS, sniff

_MAX_SCANS = 100
"""A progressive JPEG has about ten scans; each takes a pass over all pixels, even an empty one."""
_MAX_READS = 250_000
"""Reads from one file. Ten megabytes in the smallest blocks of real files take 80 thousand."""
_CAN_BE_ANIMATED = frozenset({"GIF", "WEBP", "PNG"})


def accepted_format(data: bytes, limits: Limits) -> str:
    """Pillow's name of the format. Raises `ApiError` BAD_IMAGE or IMAGE_FORMAT."""
    name = sniff(data)
    if limits.formats and name not in limits.formats:
        accepted = ", ".join(sorted(limits.formats))
        raise ApiError(
            ErrorKind.IMAGE_FORMAT, f"the picture is {name}; accepted formats: {accepted}"
        )
    return name


class _ReadLimiter(io.BytesIO):
    """A file that allows `_MAX_READS` reads: a header of a million parts would take seconds."""

    _left = _MAX_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("it consists of too many parts")
        return super().read(size)


def open_picture(data: bytes, name: str, limits: Limits) -> Picture:
    """The picture with its header read and checked, its pixels not decoded yet."""
    if name == "JPEG" and data.count(b"\xff\xda") > _MAX_SCANS:
        raise ApiError(ErrorKind.BAD_IMAGE, f"the JPEG picture has more than {_MAX_SCANS} scans")
    if name == "ICO":
        return _largest_icon(data, limits)
    picture = READERS[name](_ReadLimiter(data))
    if limits.frames and limits.page is not None:
        _seek(picture, limits.page)
    check_sides(picture.size, limits)
    animated = name in _CAN_BE_ANIMATED and getattr(picture, "is_animated", False)
    if animated and not limits.animated:
        raise ApiError(ErrorKind.IMAGE_FORMAT, f"the {name} picture is animated")
    return picture


def frame_count(picture: Picture) -> int:
    """The pages or frames of an open picture; 1 for formats that have only one."""
    return int(getattr(picture, "n_frames", 1))


def _seek(picture: Picture, page: int) -> None:
    count = frame_count(picture)
    if page > count:
        detail = f"page {page} was requested; the {picture.format} picture has {count}"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail)
    if page > 1:
        picture.seek(page - 1)


def icon_size(data: bytes, limits: Limits) -> tuple[int, int]:
    """The sides of the largest icon, checked. Its own header states them: the directory cannot
    state over 256 px.
    """
    payload = _icon_payload(data)
    if payload.startswith(b"\x89PNG"):
        width, height = READERS["PNG"](_ReadLimiter(payload)).size
    else:
        width, height = BmpImagePlugin.DibImageFile(_ReadLimiter(payload)).size
        height //= 2  # the mask is the lower half
    check_sides((width, height), limits)
    return width, height


def _largest_icon(data: bytes, limits: Limits) -> Picture:
    icon_size(data, limits)
    payload = _icon_payload(data)
    if payload.startswith(b"\x89PNG"):
        return READERS["PNG"](_ReadLimiter(payload))
    return IcoImagePlugin.IcoFile(_ReadLimiter(data)).frame(0)


def _icon_payload(data: bytes) -> bytes:
    icons = IcoImagePlugin.IcoFile(_ReadLimiter(data))
    return data[icons.entry[0].offset :]


def check_sides(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    found = f"the picture is {width}x{height} px"
    if min(size) < limits.min_side or max(size) > limits.max_side:
        allowed = f"each side must have {limits.min_side} to {limits.max_side} px"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{found}; {allowed}")
    if width * height > limits.max_pixels:
        allowed = f"the limit is {limits.max_pixels}"
        raise ApiError(ErrorKind.IMAGE_SIZE, f"{found}, {width * height} pixels; {allowed}")


@contextlib.contextmanager
def refusing_damage(name: str) -> Iterator[None]:
    """Turn any error that a damaged file causes into an `ApiError`."""
    try:
        yield
    except ApiError:
        raise
    except DecompressionBombError as error:
        raise ApiError(ErrorKind.IMAGE_SIZE, f"the {name} picture is too large: {error}") from None
    except MemoryError:
        detail = f"decoding the {name} picture takes more memory than its header announces"
        raise ApiError(ErrorKind.BAD_IMAGE, detail) from None
    except Exception as error:
        # for a damaged file, Pillow raises anything from OSError to ZeroDivisionError
        reason = str(error) or type(error).__name__
        raise ApiError(ErrorKind.BAD_IMAGE, f"the {name} picture is damaged: {reason}") from None


_decoding_lock = threading.Lock()
_decoding_count = 0
_FILTER = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


@contextlib.contextmanager
def without_pillow_warnings() -> Iterator[None]:
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
