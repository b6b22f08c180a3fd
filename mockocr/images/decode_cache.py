"""Caches decoded pictures, so that the same file with the same limits is not decoded again."""

from __future__ import annotations

import threading
from collections import OrderedDict

from mockocr.core.image import Image, Inline, Limits

_ENTRY = 2048
"""Estimated bytes of an entry beside the file and the pixels."""
_Key = tuple[bytes, str | None, Limits]


class DecodeCache:
    """A least-recently-used cache of at most `max_bytes`, which count pixels and files; 0 turns it
    off. Safe in threads.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._images: OrderedDict[_Key, Image] = OrderedDict()
        self._lock = threading.Lock()

    def key(self, source: Inline, limits: Limits) -> _Key:
        """The cache key: the file or its base64 text, and the limits. It holds the whole file and
        not its digest, because that lookup takes a quarter of the time.
        """
        return source.data, source.base64, limits

    def get(self, key: _Key) -> Image | None:
        """The picture for `key`, or None."""
        with self._lock:
            image = self._images.get(key)
            if image is not None:
                self._images.move_to_end(key)
            return image

    def put(self, key: _Key, image: Image) -> None:
        """Store a picture, unless it is larger than the whole cache."""
        size = _size(key, image)
        if size > self.max_bytes:
            return
        with self._lock:
            if key not in self._images:
                self._images[key] = image
                self.bytes += size
            while self.bytes > self.max_bytes:
                self.bytes -= _size(*self._images.popitem(last=False))


def _size(key: _Key, image: Image) -> int:
    return len(key[0]) + len(key[1] or "") + len(image.pixels) + _ENTRY
