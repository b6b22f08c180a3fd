"""What a store promises: tables of documents, counters, single-use tokens, and shelves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Document = Mapping[str, Any]
"""A JSON object; never changed in place."""

WINDOWS = 4


@dataclass(frozen=True, slots=True)
class LogItem:
    """One thing on a shelf. `row` is what lists show, `rest` is for a look at this one alone.

    `blobs` are long bodies by their digest: a shelf keeps one only once, however many items name
    it. `cost` is the item's bytes without them.
    """

    key: str
    row: Document
    rest: bytes = b""
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    cost: int = 0


@dataclass(frozen=True, slots=True)
class LogStats:
    """What a shelf holds in number and bytes, and how many items it had to drop."""

    items: int = 0
    bytes: int = 0
    dropped: int = 0


class Store(Protocol):
    """Every method is atomic by itself, and happens once or not at all.

    A store that cannot be reached raises `ApiError(UNAVAILABLE)`.
    """

    name: str
    shared: bool
    """Whether other processes see the same."""

    async def put(self, table: str, key: str, document: Document) -> None:
        """Add or replace; a replaced document keeps its place in the order of the table."""
        ...

    async def swap(self, table: str, key: str, old: Document | None, new: Document) -> bool:
        """Put `new` where `old` stands (None: nothing); False, and nothing changed, where it does
        not.
        """
        ...

    async def get(self, table: str, key: str) -> Document | None: ...

    async def drop(self, table: str, key: str) -> bool:
        """Whether there was such a document."""
        ...

    async def rows(self, table: str) -> tuple[Document, ...]:
        """All documents of a table, oldest first."""
        ...

    async def count(
        self,
        counter: str,
        by: int = 1,
        *,
        least: int | None = None,
        most: int | None = None,
        window: str = "",
    ) -> int | None:
        """The counter after adding `by`; None, and nothing changed, when it would leave the bounds.

        A counter starts at 0 in every `window`. It remembers the `WINDOWS` last ones, because calls
        come to their turn out of order, and the clocks of two machines are never quite the same.
        """
        ...

    async def counts(self, prefix: str) -> Mapping[str, int]:
        """Every counter whose name begins so, as it stands in the window that was counted last."""
        ...

    async def forget(self, prefix: str) -> None:
        """Drop every counter whose name begins so."""
        ...

    async def claim(self, token: str, until: float, now: float) -> bool:
        """True the first time a token is shown, and again once its `until` has passed; in epoch
        seconds.
        """
        ...

    async def shelve(self, shelf: str, item: LogItem, most: int, lost: int = 0) -> LogStats:
        """Put an item on top of a shelf, in place of the one with its key.

        While the shelf holds more than `most` bytes its oldest items go, and are counted as
        dropped, together with `lost` that never got here.
        """
        ...

    def newest(self, shelf: str) -> AsyncIterator[Document]:
        """The rows of a shelf, newest first."""
        ...

    async def find(self, shelf: str, key: str) -> LogItem | None:
        """An item without its blobs."""
        ...

    async def blob(self, shelf: str, digest: str) -> bytes:
        """A body by its digest; empty when the shelf has no such."""
        ...

    async def tally(self, shelf: str) -> LogStats: ...

    async def wipe(self, shelf: str) -> None:
        """Empty a shelf, and forget what it dropped."""
        ...

    async def clear(self) -> None:
        """Forget everything."""
        ...
