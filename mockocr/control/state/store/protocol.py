"""What a store offers: tables of documents, counters, nonces, and size-limited logs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

import msgspec

Document = Mapping[str, Any]
"""A JSON object; never changed in place."""

WINDOWS = 4
"""How many windows a counter remembers."""

MAX_NONCES = 200_000
"""Nonces are limited by number, because accounts may have clocks of their own."""


class LogItem(msgspec.Struct, frozen=True):
    """One item of a log. Lists show `summary`; `detail` is only for looking at this item.

    `blobs` are long bodies by their digest; a log keeps each digest once, however many items have
    it. `size` is the number of bytes that the item takes without its blobs.
    """

    key: str
    summary: Document
    detail: bytes = b""
    blobs: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    size: int = 0


class LogStats(msgspec.Struct, frozen=True):
    """How many items and bytes a log holds, and how many items it has evicted."""

    items: int = 0
    bytes: int = 0
    evicted: int = 0


class Store(Protocol):
    """Every method is atomic, and takes effect once or not at all.

    A method raises `ApiError(UNAVAILABLE)` when the store cannot be reached.
    """

    name: str
    shared: bool
    """True if other processes see the same data."""

    async def put(self, table: str, key: str, document: Document) -> None:
        """Add or replace a document; a replaced document keeps its place in the order."""
        ...

    async def compare_and_set(
        self, table: str, key: str, old: Document | None, new: Document
    ) -> bool:
        """Put `new` if the current document equals `old` (None: absent); False if it does not."""
        ...

    async def get(self, table: str, key: str) -> Document | None: ...

    async def delete(self, table: str, key: str) -> bool:
        """Delete a document; True if it existed."""
        ...

    async def documents(self, table: str) -> tuple[Document, ...]:
        """All documents of a table, oldest first."""
        ...

    async def increment(
        self,
        counter: str,
        by: int = 1,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        window: str = "",
    ) -> int | None:
        """The counter after adding `by`; None, and no change, if it would leave the bounds.

        A counter starts at 0 in every `window`. It remembers the last `WINDOWS` windows, because
        requests finish out of order and the clocks of two machines differ slightly.
        """
        ...

    async def counters(self, prefix: str) -> Mapping[str, int]:
        """Every counter whose name starts with `prefix`, with its value in its latest window."""
        ...

    async def delete_counters(self, prefix: str) -> None:
        """Delete every counter whose name starts with `prefix`."""
        ...

    async def claim_nonce(self, nonce: str, until: float, now: float) -> bool:
        """True the first time a nonce comes, and again after its `until`. Times are epoch seconds.

        After `MAX_NONCES` nonces the oldest is forgotten.
        """
        ...

    async def append_log(self, log: str, item: LogItem, max_bytes: int, lost: int = 0) -> LogStats:
        """Append an item, in place of the one with its key.

        While the log holds more than `max_bytes`, its oldest item is evicted. `lost` items that
        could not be appended earlier are counted as evicted too.
        """
        ...

    def newest_log(self, log: str) -> AsyncIterator[Document]:
        """The summaries of a log, newest first."""
        ...

    async def find_log(self, log: str, key: str) -> LogItem | None:
        """An item without its blobs."""
        ...

    async def delete_log(self, log: str, key: str) -> bool:
        """Delete an item, which does not count as evicted; True if it existed."""
        ...

    async def log_blob(self, log: str, digest: str) -> bytes:
        """A blob by its digest; empty if the log does not have it."""
        ...

    async def log_stats(self, log: str) -> LogStats: ...

    async def clear_log(self, log: str) -> None:
        """Delete all items, and set the count of evicted items to 0."""
        ...

    async def clear(self) -> None:
        """Delete everything."""
        ...
