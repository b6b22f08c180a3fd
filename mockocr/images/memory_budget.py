"""Limits the memory of decoded pictures: the next picture waits until others are released."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import cache

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image

MAX_BYTES = 512 * 1024 * 1024
"""Enough for the largest accepted picture (160 megapixels in colour), or for eighty of two
megapixels.
"""
_BIG = 32 * 1024 * 1024
"""From this many bytes of pixels, freed memory is returned to the system."""


class MemoryBudget:
    """Counts the bytes of all pictures that are still referenced, up to `limit`. Safe in threads.

    A small file may decode to 200 MB, which stay in memory while the request waits for a free
    core: without a limit, a few dozen such requests would use up all memory.
    """

    def __init__(self, limit: int = MAX_BYTES, seconds: float = 30.0) -> None:
        self.limit = limit
        self._seconds = seconds
        self._used = 0
        self._released = threading.Condition()

    @property
    def used(self) -> int:
        """Bytes of all pictures that are referenced now."""
        return self._used

    def reserve(self, image: Image) -> None:
        """Block until the picture fits or no other one is in use. The bytes are released with the
        picture's last reference. Raises `ApiError(BUSY)` after `seconds`.
        """
        self._take(len(image.pixels))
        self._release_with(image)

    def load(self, size: int, decode: Callable[[], Image]) -> Image:
        """The result of `decode`, which uses up to `size` bytes: block until they are free, as
        `reserve` does. The picture keeps the bytes of its pixels, until its last reference.
        """
        self._take(size)
        try:
            image = decode()
        except BaseException:
            self._release(size)
            raise
        self._release(size - len(image.pixels))
        self._release_with(image)
        return image

    def _take(self, size: int) -> None:
        with self._released:
            if not self._released.wait_for(lambda: self._fits(size), self._seconds):
                used = f"{self._used} bytes of decoded pictures are in use"
                raise ApiError(ErrorKind.BUSY, f"{used}; gave up after {self._seconds:g} s")
            self._used += size

    def _release_with(self, image: Image) -> None:
        weakref.finalize(image, self._release, len(image.pixels)).atexit = False

    def _fits(self, size: int) -> bool:
        return not self._used or self._used + size <= self.limit

    def _release(self, size: int) -> None:
        with self._released:
            self._used -= size
            self._released.notify_all()
        if size >= _BIG:
            return_freed_memory()


def return_freed_memory() -> None:
    """Give the memory that was freed back to the system."""
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    """glibc's `malloc_trim`, or a function that does nothing with another C library.

    glibc keeps freed memory: reading one picture of 64 megapixels leaves a gigabyte. Mapping large
    blocks one by one (M_MMAP_THRESHOLD) would also help, but such a picture then takes twice as
    long to read; `malloc_trim` takes 80 ms.
    """
    import ctypes  # imported here because only big pictures need it

    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no such function, or no such library (Windows)
        return lambda pad: None
    return trim
