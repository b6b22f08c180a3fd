"""Pictures decoded lately: the same file within the same limits is not decoded twice."""

from __future__ import annotations

import threading
from collections import OrderedDict

from mockocr.core.image import Image, Inline, Limits

_ENTRY = 2048
_Key = tuple[bytes, str | None, Limits]


class DecodeCache:
    """The latest pictures that take at most `max_bytes` with their files; 0 keeps none.

    Safe in threads.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._kept: OrderedDict[_Key, Image] = OrderedDict()
        self._lock = threading.Lock()

    def key(self, source: Inline, limits: Limits) -> _Key:
        """What the picture is known by: the file or its base64 text, and what is allowed. The
        whole file and no digest of it: looking that up takes a quarter of the time.
        """
        return source.data, source.base64, limits

    def find(self, key: _Key) -> Image | None:
        with self._lock:
            image = self._kept.get(key)
            if image is not None:
                self._kept.move_to_end(key)
            return image

    def keep(self, key: _Key, image: Image) -> None:
        """Remember a picture, unless it is larger than all that may be kept."""
        size = _size(key, image)
        if size > self.max_bytes:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = image
                self.bytes += size
            while self.bytes > self.max_bytes:
                self.bytes -= _size(*self._kept.popitem(last=False))


def _size(key: _Key, image: Image) -> int:
    return len(key[0]) + len(key[1] or "") + len(image.pixels) + _ENTRY
