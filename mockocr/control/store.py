"""Where the tester's state lives: one small protocol, and the store in memory.

Accounts, faults, quotas, answers, nonces and the bill keep nothing of their own; whoever shares the
store between machines shares all of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Protocol

Document = Mapping[str, Any]
"""A JSON object; never changed in place."""

MAX_TOKENS = 200_000


class Store(Protocol):
    """Tables of documents, counters, and single-use tokens. Every method is atomic by itself.

    A store that cannot be reached raises `Refused(UNAVAILABLE)`.
    """

    name: str

    async def put(self, table: str, key: str, document: Document) -> None:
        """Add or replace; a replaced document keeps its place in the order of the table."""
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

        A counter starts at 0, and starts again whenever `window` is another than the last time.
        """
        ...

    async def counts(self, prefix: str) -> Mapping[str, int]:
        """Every counter whose name begins so, whatever its window."""
        ...

    async def forget(self, prefix: str) -> None:
        """Drop every counter whose name begins so."""
        ...

    async def claim(self, token: str, until: float, now: float) -> bool:
        """True the first time a token is shown, and again once its `until` has passed; in epoch
        seconds.
        """
        ...

    async def clear(self) -> None:
        """Forget everything."""
        ...


class Memory:
    """The store of one process. Its methods never wait, so one event loop makes them atomic."""

    name = "memory"

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Document]] = {}
        self._counters: dict[str, tuple[str, int]] = {}
        self._tokens: OrderedDict[str, float] = OrderedDict()

    async def put(self, table: str, key: str, document: Document) -> None:
        self._tables.setdefault(table, {})[key] = document

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
        last, value = self._counters.get(counter, (window, 0))
        value = (value if last == window else 0) + by
        if (least is not None and value < least) or (most is not None and value > most):
            return None
        self._counters[counter] = (window, value)
        return value

    async def counts(self, prefix: str) -> Mapping[str, int]:
        return {k: v for k, (_, v) in self._counters.items() if k.startswith(prefix)}

    async def forget(self, prefix: str) -> None:
        for counter in [k for k in self._counters if k.startswith(prefix)]:
            del self._counters[counter]

    async def claim(self, token: str, until: float, now: float) -> bool:
        known = self._tokens.get(token)
        if known is not None and known > now:
            return False
        self._tokens[token] = until
        self._tokens.move_to_end(token)
        if len(self._tokens) > MAX_TOKENS:  # by number: accounts may have clocks of their own
            self._tokens.popitem(last=False)
        return True

    async def clear(self) -> None:
        self._tables.clear()
        self._counters.clear()
        self._tokens.clear()
