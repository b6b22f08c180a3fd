"""Keeps recognitions: the same picture with the same options is not read twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.exchange import Recognize
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition

MAX_BYTES = 64 * 1024 * 1024
_ENTRY, _PART = 1024, 800
"""Bytes of memory of an entry, and of a line, word or character with its four corners (measured on
CPython 3.11 with tracemalloc).
"""

_Key = tuple[str, str, ReadOptions]


class _Reading:
    """A reading that runs, and how many requests wait for it."""

    def __init__(self, task: asyncio.Task[Recognition]) -> None:
        self.task = task
        self.waiting = 0


class Cache:
    """The latest recognitions by engine, decoded picture and options, within `max_bytes` of memory.

    Two requests for the same one at the same time wait for one recognition, which stops when all
    of them are gone. Errors are not kept. At
    0 bytes nothing is kept, and no request waits for another.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.hits = 0
        self.misses = 0
        self.bytes = 0
        self._kept: OrderedDict[_Key, tuple[Recognition, int]] = OrderedDict()
        self._running: dict[_Key, _Reading] = {}

    def wrap(self, read: Recognize, engine: str) -> Recognize:
        """`read` with the cache before it; `engine` names what reads, with its version."""

        async def cached(image: Image, options: ReadOptions) -> Recognition:
            key = engine, image.digest, options
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                self.hits += 1
                return found[0]
            reading = self._running.get(key)
            if reading is not None:
                self.hits += 1
            else:
                self.misses += 1
                reading = self._running[key] = _Reading(asyncio.ensure_future(read(image, options)))
                reading.task.add_done_callback(lambda done: self._note(key, done))
            reading.waiting += 1
            try:
                # one who goes away must not take the reading away from the others
                return await asyncio.shield(reading.task)
            finally:
                reading.waiting -= 1
                if not reading.waiting and not reading.task.done():
                    self._forget(key, reading.task)
                    reading.task.cancel()

        return cached if self.max_bytes else read

    def clear(self) -> None:
        """Forget every reading; the counts go on."""
        self._kept.clear()
        self.bytes = 0

    @property
    def hit_rate(self) -> float:
        """The share of all that were asked for which the cache had, 0 to 1; 0 before the first."""
        return self.hits / max(1, self.hits + self.misses)

    def status(self) -> dict[str, Any]:
        """For the health page."""
        return {
            "readings": len(self._kept),
            "bytes": self.bytes,
            "max_bytes": self.max_bytes,
            "hits": self.hits,
            "misses": self.misses,
            "hit_rate": round(self.hit_rate, 4),
        }

    def _forget(self, key: _Key, task: asyncio.Future[Recognition]) -> None:
        running = self._running.get(key)
        if running is not None and running.task is task:
            del self._running[key]

    def _note(self, key: _Key, done: asyncio.Future[Recognition]) -> None:
        self._forget(key, done)
        if done.cancelled() or done.exception() is not None:
            return
        recognition = done.result()
        size = cost(recognition)
        self._kept[key] = recognition, size
        self.bytes += size
        while self.bytes > self.max_bytes:
            self.bytes -= self._kept.popitem(last=False)[1][1]


def cost(recognition: Recognition) -> int:
    """Bytes of memory that a recognition takes, roughly."""
    words = [word for line in recognition.lines for word in line.words]
    parts = (
        len(recognition.lines)
        + len(recognition.rules)
        + len(words)
        + sum(len(word.characters) for word in words)
    )
    return _ENTRY + parts * _PART
