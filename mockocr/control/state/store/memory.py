"""The store of a single process: plain dictionaries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping

import msgspec

from mockocr.control.state.store.protocol import (
    MAX_NONCES,
    WINDOWS,
    Document,
    LogItem,
    LogStats,
)


class _Log(msgspec.Struct):
    items: OrderedDict[str, LogItem] = msgspec.field(default_factory=OrderedDict)
    digests: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Key of an item to the digests of its blobs."""
    blobs: dict[str, tuple[bytes, int]] = msgspec.field(default_factory=dict)
    """Digest to the blob and the number of items that have it."""
    bytes: int = 0
    evicted: int = 0

    def append(self, item: LogItem) -> None:
        self.remove(item.key)
        for digest, blob in item.blobs.items():
            known, users = self.blobs.get(digest, (blob, 0))
            self.bytes += 0 if users else len(known)
            self.blobs[digest] = known, users + 1
        self.bytes += item.size
        self.digests[item.key] = tuple(item.blobs)
        self.items[item.key] = LogItem(item.key, item.summary, item.detail, size=item.size)

    def remove(self, key: str) -> bool:
        item = self.items.pop(key, None)
        if item is None:
            return False
        self.bytes -= item.size
        for digest in self.digests.pop(key):
            blob, users = self.blobs.pop(digest)
            if users > 1:
                self.blobs[digest] = blob, users - 1
            else:
                self.bytes -= len(blob)
        return True

    def shrink(self, max_bytes: int) -> None:
        while self.bytes > max_bytes and self.items:
            self.remove(next(iter(self.items)))
            self.evicted += 1

    @property
    def stats(self) -> LogStats:
        return LogStats(len(self.items), self.bytes, self.evicted)


class Memory:
    """Its methods never wait, so one event loop makes them atomic."""

    name = "memory"
    shared = False

    def __init__(self, max_nonces: int = MAX_NONCES) -> None:
        self._max_nonces = max_nonces
        self._tables: dict[str, dict[str, Document]] = {}
        self._counters: dict[str, dict[str, int]] = {}
        self._nonces: OrderedDict[str, float] = OrderedDict()
        self._logs: dict[str, _Log] = {}

    async def put(self, table: str, key: str, document: Document) -> None:
        self._tables.setdefault(table, {})[key] = document

    async def compare_and_set(
        self, table: str, key: str, old: Document | None, new: Document
    ) -> bool:
        documents = self._tables.setdefault(table, {})
        if documents.get(key) != old:
            return False
        documents[key] = new
        return True

    async def get(self, table: str, key: str) -> Document | None:
        return self._tables.get(table, {}).get(key)

    async def delete(self, table: str, key: str) -> bool:
        return self._tables.get(table, {}).pop(key, None) is not None

    async def documents(self, table: str) -> tuple[Document, ...]:
        return tuple(self._tables.get(table, {}).values())

    async def increment(
        self,
        counter: str,
        by: int = 1,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        window: str = "",
    ) -> int | None:
        windows = self._counters.get(counter, {})
        value = windows.get(window, 0) + by
        if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
            return None
        if next(iter(windows), None) == window:
            windows[window] = value
        else:
            others = [pair for pair in windows.items() if pair[0] != window]
            self._counters[counter] = dict([(window, value), *others[: WINDOWS - 1]])
        return value

    async def counters(self, prefix: str) -> Mapping[str, int]:
        found = (item for item in self._counters.items() if item[0].startswith(prefix))
        return {counter: next(iter(windows.values())) for counter, windows in found}

    async def delete_counters(self, prefix: str) -> None:
        for counter in [name for name in self._counters if name.startswith(prefix)]:
            del self._counters[counter]

    async def claim_nonce(self, nonce: str, until: float, now: float) -> bool:
        known = self._nonces.get(nonce)
        if known is not None and known > now:
            return False
        self._nonces[nonce] = until
        self._nonces.move_to_end(nonce)
        if len(self._nonces) > self._max_nonces:
            self._nonces.popitem(last=False)
        return True

    async def append_log(self, log: str, item: LogItem, max_bytes: int, lost: int = 0) -> LogStats:
        held = self._log(log)
        held.append(item)
        held.evicted += lost
        held.shrink(max_bytes)
        return held.stats

    async def newest_log(self, log: str) -> AsyncIterator[Document]:
        for item in reversed(list(self._log(log).items.values())):
            yield item.summary

    async def find_log(self, log: str, key: str) -> LogItem | None:
        return self._log(log).items.get(key)

    async def delete_log(self, log: str, key: str) -> bool:
        return self._log(log).remove(key)

    async def log_blob(self, log: str, digest: str) -> bytes:
        return self._log(log).blobs.get(digest, (b"", 0))[0]

    async def log_stats(self, log: str) -> LogStats:
        return self._log(log).stats

    async def clear_log(self, log: str) -> None:
        self._logs.pop(log, None)

    async def clear(self) -> None:
        self._tables.clear()
        self._counters.clear()
        self._nonces.clear()
        self._logs.clear()

    def _log(self, name: str) -> _Log:
        log = self._logs.get(name)
        if log is None:
            log = self._logs[name] = _Log()
        return log
