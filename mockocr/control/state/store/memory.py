"""The store of one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from mockocr.control.state.store.protocol import WINDOWS, Document, LogItem, LogStats

MAX_TOKENS = 200_000
"""By number and not by time: accounts may have clocks of their own."""


@dataclass(slots=True)
class _Shelf:
    items: OrderedDict[str, LogItem] = field(default_factory=OrderedDict)
    digests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    blobs: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    bytes: int = 0
    dropped: int = 0

    def add(self, item: LogItem) -> None:
        if item.key in self.items:
            self.remove(item.key)
        for digest, blob in item.blobs.items():
            kept, users = self.blobs.get(digest, (blob, 0))
            self.bytes += 0 if users else len(kept)
            self.blobs[digest] = kept, users + 1
        self.bytes += item.cost
        self.digests[item.key] = tuple(item.blobs)
        self.items[item.key] = LogItem(item.key, item.row, item.rest, cost=item.cost)

    def remove(self, key: str) -> None:
        self.bytes -= self.items.pop(key).cost
        for digest in self.digests.pop(key):
            kept, users = self.blobs.pop(digest)
            if users > 1:
                self.blobs[digest] = kept, users - 1
            else:
                self.bytes -= len(kept)

    def shrink(self, most: int) -> None:
        while self.bytes > most and self.items:
            self.remove(next(iter(self.items)))
            self.dropped += 1

    @property
    def tally(self) -> LogStats:
        return LogStats(len(self.items), self.bytes, self.dropped)


class Memory:
    """Its methods never wait, so one event loop makes them atomic."""

    name = "memory"
    shared = False

    def __init__(self, max_tokens: int = MAX_TOKENS) -> None:
        self._max_tokens = max_tokens
        self._tables: dict[str, dict[str, Document]] = {}
        self._counters: dict[str, dict[str, int]] = {}
        self._tokens: OrderedDict[str, float] = OrderedDict()
        self._shelves: dict[str, _Shelf] = {}

    async def put(self, table: str, key: str, document: Document) -> None:
        self._tables.setdefault(table, {})[key] = document

    async def swap(self, table: str, key: str, old: Document | None, new: Document) -> bool:
        rows = self._tables.setdefault(table, {})
        if rows.get(key) != old:
            return False
        rows[key] = new
        return True

    async def get(self, table: str, key: str) -> Document | None:
        return self._tables.get(table, {}).get(key)

    async def drop(self, table: str, key: str) -> bool:
        return self._tables.get(table, {}).pop(key, None) is not None

    async def rows(self, table: str) -> tuple[Document, ...]:
        return tuple(self._tables.get(table, {}).values())

    async def count(
        self,
        counter: str,
        by: int = 1,
        *,
        least: int | None = None,
        most: int | None = None,
        window: str = "",
    ) -> int | None:
        windows = self._counters.get(counter, {})
        value = windows.get(window, 0) + by
        if (least is not None and value < least) or (most is not None and value > most):
            return None
        others = [pair for pair in windows.items() if pair[0] != window]
        self._counters[counter] = dict([(window, value), *others[: WINDOWS - 1]])
        return value

    async def counts(self, prefix: str) -> Mapping[str, int]:
        found = (item for item in self._counters.items() if item[0].startswith(prefix))
        return {counter: next(iter(windows.values())) for counter, windows in found}

    async def forget(self, prefix: str) -> None:
        for counter in [k for k in self._counters if k.startswith(prefix)]:
            del self._counters[counter]

    async def claim(self, token: str, until: float, now: float) -> bool:
        known = self._tokens.get(token)
        if known is not None and known > now:
            return False
        self._tokens[token] = until
        self._tokens.move_to_end(token)
        if len(self._tokens) > self._max_tokens:
            self._tokens.popitem(last=False)
        return True

    async def shelve(self, shelf: str, item: LogItem, most: int, lost: int = 0) -> LogStats:
        held = self._shelf(shelf)
        held.add(item)
        held.dropped += lost
        held.shrink(most)
        return held.tally

    async def newest(self, shelf: str) -> AsyncIterator[Document]:
        for item in reversed(list(self._shelf(shelf).items.values())):
            yield item.row

    async def find(self, shelf: str, key: str) -> LogItem | None:
        return self._shelf(shelf).items.get(key)

    async def blob(self, shelf: str, digest: str) -> bytes:
        return self._shelf(shelf).blobs.get(digest, (b"", 0))[0]

    async def tally(self, shelf: str) -> LogStats:
        return self._shelf(shelf).tally

    async def wipe(self, shelf: str) -> None:
        self._shelves.pop(shelf, None)

    async def clear(self) -> None:
        self._tables.clear()
        self._counters.clear()
        self._tokens.clear()
        self._shelves.clear()

    def _shelf(self, name: str) -> _Shelf:
        return self._shelves.setdefault(name, _Shelf())
