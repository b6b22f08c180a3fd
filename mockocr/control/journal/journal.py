"""Remembers every request with its response and why it was refused, limited by bytes."""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from mockocr.control.journal.entry import Entry, from_item, iso, summarize, to_item
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.control.state.failures import refuse_once
from mockocr.control.state.store import Document, LogItem, LogStats, Store
from mockocr.core.errors import ApiError
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Response

log = logging.getLogger("mockocr.requests")

MAX_BYTES = 64 * 1024 * 1024
MAX_WAITING = 200
"""Requests that wait in this process while the store is unavailable."""
LOG = "requests"
TABLE = "journal"
_SEARCHED = ("account", "method", "target", "status", "code", "why", "problem", "fault", "id")
Listener = Callable[[Document], None]
NOT_KEPT = "journal/unkept"
"""Counts requests while the journal keeps none."""


class Journal:
    """The newest requests whose texts and bodies together stay under `max_bytes`.

    `evicted` counts the requests that it no longer has: only while it is 0 does the journal prove
    that a request never came. It and `size` are as of the last request recorded here, or of
    `stats`. With 0 bytes the journal keeps nothing, and every request counts as evicted.
    """

    def __init__(
        self, store: Store, max_bytes: int = MAX_BYTES, secrets: KnownSecrets | None = None
    ) -> None:
        self.max_bytes = max_bytes
        self._secrets = secrets or KnownSecrets()
        self._store = store
        self._last = LogStats()
        self._waiting: deque[LogItem] = deque()
        self._lost = 0
        self._listeners: set[Listener] = set()

    def wrap(self, inner: Handler) -> Handler:
        """Answer by `inner`, record the exchange and its time, and write its log line.

        A response that cannot be recorded is replaced by a refusal, so every response that a
        client gets is in the journal.
        """

        async def record(exchange: Exchange) -> Response:
            start = time.perf_counter()
            response = await inner(exchange)
            return await self.record(exchange, response, time.perf_counter() - start)

        return record

    async def record(self, exchange: Exchange, response: Response, seconds: float) -> Response:
        """The response, or the vendor's own refusal if the store does not take the entry."""
        if not self.max_bytes:
            return await self._count(exchange, response, seconds)
        item = to_item(exchange, response, seconds, self._secrets)
        try:
            if self._waiting:
                await self._catch_up()
            self._last = await self._store.append_log(LOG, item, self.max_bytes)
        except ApiError as error:
            refused = refuse_once(exchange, response, error)
            if refused is not response:
                response, item = refused, to_item(exchange, refused, seconds, self._secrets)
            self._wait(item)
        write_line(item.summary)
        for listener in tuple(self._listeners):
            listener(item.summary)
        return response

    @contextlib.contextmanager
    def listening(self, listener: Listener) -> Iterator[None]:
        """Call `listener` with the summary of each request that this process records."""
        self._listeners.add(listener)
        try:
            yield
        finally:
            self._listeners.discard(listener)

    async def _count(self, exchange: Exchange, response: Response, seconds: float) -> Response:
        try:
            await self._store.increment(NOT_KEPT)
        except ApiError as error:
            response = refuse_once(exchange, response, error)
        if log.isEnabledFor(logging.INFO):
            write_line(summarize(exchange, response, seconds, self._secrets))
        return response

    async def rows(
        self,
        *,
        since: datetime | None = None,
        limit: int | None = None,
        status: int | None = None,
        refused: bool | None = None,
        console: bool | None = None,
        search: str = "",
        before: str = "",
        **texts: str,
    ) -> list[Document]:
        """Summaries, newest first. `texts` are `vendor`, `operation` (with or without its vendor),
        `account` and `code`; they must be equal. `search` must be somewhere in a summary, in any
        case. `before` is the id of a request: only older ones.
        """
        first = "" if since is None else iso(since)
        found: list[Document] = []
        if limit == 0:
            return found
        await self._catch_up()
        found_before, wanted_text = not before, search.casefold()
        async for row in self._store.newest_log(LOG):
            if not found_before:
                found_before = row["id"] == before
                continue
            if row["at"] < first or status not in (None, row["status"]):
                continue
            if refused not in (None, bool(row["problem"])):
                continue
            if console not in (None, row.get("console", False)):
                continue
            if wanted_text and wanted_text not in _text(row):
                continue
            if all(_equals(row, name, wanted) for name, wanted in texts.items()):
                found.append(row)
                if len(found) == limit:
                    break
        return found

    async def get(self, id: str) -> Entry | None:
        await self._catch_up()
        item = await self._store.find_log(LOG, id)
        return None if item is None else from_item(item)

    async def body(self, digest: str) -> bytes:
        """A body by its digest; at most its first `entry.MAX_BODY` bytes."""
        return await self._store.log_blob(LOG, digest) if digest else b""

    async def clear(self) -> None:
        self._waiting.clear()
        self._lost = 0
        await self._store.clear_log(LOG)
        await self._store.delete_counters(NOT_KEPT)
        self._last = LogStats()
        await self._store.put(TABLE, "mark", {"mark": secrets.token_hex(8)})

    async def mark(self) -> str:
        """A token that changes whenever the journal is cleared, or its store is."""
        while (document := await self._store.get(TABLE, "mark")) is None:
            new = {"mark": secrets.token_hex(8)}
            await self._store.compare_and_set(TABLE, "mark", None, new)
        return str(document["mark"])

    async def stats(self) -> LogStats:
        """What the journal holds now, for all processes that share the store."""
        await self._catch_up()
        not_kept = (await self._store.counters(NOT_KEPT)).get(NOT_KEPT, 0)
        held = await self._store.log_stats(LOG)
        self._last = replace(held, evicted=held.evicted + not_kept)
        return self._last

    @property
    def size(self) -> tuple[int, int]:
        """Requests and bytes held."""
        return self._last.items, self._last.bytes

    @property
    def evicted(self) -> int:
        return self._last.evicted

    async def _catch_up(self) -> None:
        """Append what waited, as soon as the store is available again."""
        while self._waiting:
            item = self._waiting.popleft()
            lost, self._lost = self._lost, 0
            try:
                self._last = await self._store.append_log(LOG, item, self.max_bytes, lost)
            except BaseException:
                self._waiting.appendleft(item)
                self._lost += lost
                raise

    def _wait(self, item: LogItem) -> None:
        self._waiting.append(replace(item, blobs={}))  # the bodies would fill this process
        if len(self._waiting) > MAX_WAITING:
            self._waiting.popleft()
            self._lost += 1


def write_line(row: Mapping[str, Any]) -> None:
    """One line: vendor.operation, status, vendor code, ms, and why if there is a reason.

    The record has the same facts as `request`, for JSON logs.
    """
    if not log.isEnabledFor(logging.INFO):
        return
    name = f"{row['vendor'] or '-'}.{row['operation'] or '-'}"
    why = f" — {row['why']}" if row["why"] else ""
    fault = f" [fault {row['fault']}]" if row["fault"] else ""
    log.info(
        "%s %d %s %.1f ms%s%s",
        name,
        row["status"],
        row["code"] or "-",
        row["seconds"] * 1000,
        fault,
        why,
        extra={"request": row},
    )


def _equals(row: Document, name: str, wanted: str) -> bool:
    if name == "operation":
        return wanted in (row["operation"], f"{row['vendor']}.{row['operation']}")
    return bool(row[name] == wanted)


def _text(row: Document) -> str:
    """What a search looks in."""
    words = (str(row[name]) for name in _SEARCHED)
    return f"{row['vendor']}.{row['operation']}\n{chr(10).join(words)}".casefold()
