"""Remembers every request with its answer and why it was refused, within a bound of bytes."""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections import deque
from dataclasses import replace
from datetime import datetime

from mockocr.control.journal.entry import Entry, entry_of, iso, sent, summary
from mockocr.control.journal.entry_codec import packed, unpacked
from mockocr.control.state.store import Document, LogItem, LogStats, Store
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Response
from mockocr.serving.pipeline import Exchange, Handler, refusing

log = logging.getLogger("mockocr.requests")

MAX_BYTES = 64 * 1024 * 1024
MAX_BODY = 1024 * 1024
"""Of a longer body only its beginning is kept."""
MAX_WAITING = 200
"""Requests that wait in this process while the store does not answer."""
ITEM_BYTES = 2048
"""What an entry takes beside its packed form: its row, and what the store needs to find it."""
SHELF = "requests"
TABLE = "journal"
UNKEPT = "journal/unkept"
"""Counts the requests while nothing is kept."""


class Journal:
    """The newest requests whose texts and bodies together stay under `max_bytes`.

    `evicted` counts the requests that had to go: while it is above 0, "this never happened" cannot
    be told from the journal. It and `size` are as of the last request noted here, or of `tally`.
    With 0 bytes nothing is kept, and every request counts as evicted.
    """

    def __init__(self, store: Store, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._store = store
        self._last = LogStats()
        self._waiting: deque[LogItem] = deque()
        self._lost = 0

    def around(self, inner: Handler) -> Handler:
        """Answer by `inner`, time it, remember it, and write its line in the log.

        What cannot be remembered is refused: an answer that a client has got is in the journal.
        """

        async def noted(exchange: Exchange) -> Response:
            start = time.perf_counter()
            response = await inner(exchange)
            return await self.record(exchange, response, time.perf_counter() - start)

        return noted

    async def record(self, exchange: Exchange, response: Response, seconds: float) -> Response:
        """The reply, or the vendor's own refusal when the store does not take the entry."""
        if not self.max_bytes:
            return await self._count(exchange, response, seconds)
        item = _noted(exchange, response, seconds)
        try:
            await self._catch_up()
            self._last = await self._store.shelve(SHELF, item, self.max_bytes)
        except ApiError as error:
            if exchange.audit.problem != ErrorKind.UNAVAILABLE:
                response = refusing(exchange, error)
                item = _noted(exchange, response, seconds)
            self._wait(item)
        write_line(item.row)
        return response

    async def _count(self, exchange: Exchange, response: Response, seconds: float) -> Response:
        try:
            await self._store.count(UNKEPT)
        except ApiError as error:
            if exchange.audit.problem != ErrorKind.UNAVAILABLE:
                response = refusing(exchange, error)
        if log.isEnabledFor(logging.INFO):
            write_line(summary(entry_of(exchange, response, seconds, "", "")))
        return response

    async def rows(
        self,
        *,
        since: datetime | None = None,
        limit: int | None = None,
        status: int | None = None,
        **texts: str,
    ) -> list[Document]:
        """Summaries, newest first. `texts`: `vendor`, `operation` (with its vendor or without),
        `account`, `code`, all compared whole.
        """
        first = "" if since is None else iso(since)
        found: list[Document] = []
        if limit == 0:
            return found
        await self._catch_up()
        async for row in self._store.newest(SHELF):
            if row["at"] < first or status not in (None, row["status"]):
                continue
            if all(_is(row, name, wanted) for name, wanted in texts.items()):
                found.append(row)
                if len(found) == limit:
                    break
        return found

    async def get(self, id: str) -> Entry | None:
        await self._catch_up()
        item = await self._store.find(SHELF, id)
        return None if item is None else unpacked(item.rest)

    async def body(self, digest: str) -> bytes:
        """A body by its digest; at most its first `MAX_BODY` bytes."""
        return await self._store.blob(SHELF, digest) if digest else b""

    async def clear(self) -> None:
        self._waiting.clear()
        self._lost = 0
        await self._store.wipe(SHELF)
        await self._store.forget(UNKEPT)
        self._last = LogStats()
        await self._store.put(TABLE, "mark", {"mark": secrets.token_hex(8)})

    async def mark(self) -> str:
        """Another text whenever the journal was cleared, or begun anew with its store: what a
        caller saw before may then be gone.
        """
        while (document := await self._store.get(TABLE, "mark")) is None:
            await self._store.swap(TABLE, "mark", None, {"mark": secrets.token_hex(8)})
        return str(document["mark"])

    async def tally(self) -> LogStats:
        """What is held now, by all that share the store."""
        await self._catch_up()
        unkept = (await self._store.counts(UNKEPT)).get(UNKEPT, 0)
        held = await self._store.tally(SHELF)
        self._last = replace(held, dropped=held.dropped + unkept)
        return self._last

    @property
    def size(self) -> tuple[int, int]:
        """Requests and bytes held."""
        return self._last.items, self._last.bytes

    @property
    def evicted(self) -> int:
        return self._last.dropped

    async def _catch_up(self) -> None:
        """Bring what waited to the store, as soon as it answers again."""
        while self._waiting:
            item = self._waiting.popleft()
            lost, self._lost = self._lost, 0
            try:
                self._last = await self._store.shelve(SHELF, item, self.max_bytes, lost)
            except BaseException:
                self._waiting.appendleft(item)
                self._lost += lost
                raise

    def _wait(self, item: LogItem) -> None:
        self._waiting.append(replace(item, blobs={}))  # the bodies would fill this process
        if len(self._waiting) > MAX_WAITING:
            self._waiting.popleft()
            self._lost += 1


def _noted(exchange: Exchange, response: Response, seconds: float) -> LogItem:
    """A request as it is put away."""
    blobs: dict[str, bytes] = {}

    def keep(body: bytes) -> str:
        if not body:
            return ""
        digest = hashlib.sha256(body).hexdigest()
        blobs[digest] = body if len(body) <= MAX_BODY else body[:MAX_BODY]
        return digest

    entry = entry_of(exchange, response, seconds, keep(exchange.request.body), keep(sent(response)))
    rest = packed(entry)
    return LogItem(entry.id, summary(entry), rest, blobs, ITEM_BYTES + len(rest))


def write_line(row: Document) -> None:
    """One line: vendor.operation, status, vendor code, ms, and why when there is something to say.

    The same facts hang on the record as `request`, for JSON logs.
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


def _is(row: Document, name: str, wanted: str) -> bool:
    if name == "operation":
        return wanted in (row["operation"], f"{row['vendor']}.{row['operation']}")
    return bool(row[name] == wanted)
