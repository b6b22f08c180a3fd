"""Keeps recognitions in the store, so that several servers share them."""

from __future__ import annotations

from mockocr.control.state.store import LogItem, Store

LOG = "recognitions"


class RecognitionStore:
    """At most `max_bytes` as stored; the oldest are evicted. 0 keeps none."""

    def __init__(self, store: Store, max_bytes: int) -> None:
        self._store = store
        self._max_bytes = max_bytes

    async def find(self, key: str) -> bytes | None:
        """The bytes kept under that key, or None."""
        item = await self._store.find_log(LOG, key) if self._max_bytes else None
        return None if item is None else item.detail

    async def keep(self, key: str, value: bytes) -> None:
        if self._max_bytes:
            item = LogItem(key, {}, value, size=len(value) + len(key))
            await self._store.append_log(LOG, item, self._max_bytes)
