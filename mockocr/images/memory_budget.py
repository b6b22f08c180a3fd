"""How much of decoded pictures may be in memory at once: the next waits until others are gone."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import cache

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image

MOST_BYTES = 512 * 1024 * 1024
"""The largest picture that is taken (160 megapixels in colour), or eighty of two megapixels."""
_BIG = 32 * 1024 * 1024
"""Bytes of pixels from which on reading leaves so much memory behind that it is given back."""


class MemoryBudget:
    """Counts the pixels of pictures that somebody still holds. Safe in threads.

    A picture may be small as a file and 200 MB decoded, and it waits for a free core in that form:
    without a bound a few dozen such requests would take all memory there is.
    """

    def __init__(self, most: int = MOST_BYTES, seconds: float = 30.0) -> None:
        self.most = most
        self._seconds = seconds
        self._held = 0
        self._freed = threading.Condition()

    @property
    def held(self) -> int:
        """Bytes of all pictures that are held now."""
        return self._held

    def hold(self, image: Image) -> None:
        """Blocks until there is room for the picture, or nobody holds another; `ApiError(BUSY)` when
        that takes too long.
        """
        size = len(image.pixels)
        with self._freed:
            if not self._freed.wait_for(lambda: self._fits(size), self._seconds):
                held = f"{self._held} bytes of pictures wait to be read"
                raise ApiError(ErrorKind.BUSY, f"{held}, and that for {self._seconds:g} s")
            self._held += size
        weakref.finalize(image, self._free, size).atexit = False

    def _fits(self, size: int) -> bool:
        return not self._held or self._held + size <= self.most

    def _free(self, size: int) -> None:
        with self._freed:
            self._held -= size
            self._freed.notify_all()
        if size >= _BIG:
            _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    """glibc's `malloc_trim`, nothing where there is another C library.

    glibc keeps what was freed: one picture of 64 megapixels that was decoded and read leaves a
    gigabyte. Larger blocks could be mapped one by one instead (M_MMAP_THRESHOLD), but then reading
    such a picture takes twice as long; this takes 80 ms, once.
    """
    import ctypes  # only where a big picture comes

    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no such function, or (Windows) no such library
        return lambda pad: None
    return trim
