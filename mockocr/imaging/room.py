"""How much of decoded pictures may be in memory at once: the next waits until others are gone."""

from __future__ import annotations

import threading
import weakref

from mockocr.core.image import Image
from mockocr.core.problem import Problem, Refused

MOST_BYTES = 512 * 1024 * 1024
"""The largest picture that is taken (160 megapixels in colour), or eighty of two megapixels."""


class Room:
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
        """Blocks until there is room for the picture, or nobody holds another; `Refused(BUSY)` when
        that takes too long.
        """
        size = len(image.pixels)
        with self._freed:
            if not self._freed.wait_for(lambda: self._fits(size), self._seconds):
                held = f"{self._held} bytes of pictures wait to be read"
                raise Refused(Problem.BUSY, f"{held}, and that for {self._seconds:g} s")
            self._held += size
        weakref.finalize(image, self._free, size).atexit = False

    def _fits(self, size: int) -> bool:
        return not self._held or self._held + size <= self.most

    def _free(self, size: int) -> None:
        with self._freed:
            self._held -= size
            self._freed.notify_all()
