"""Remembers every request with its answer and why it was refused, within a bound of bytes."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from datetime import datetime

from mockocr.control.entry import Entry, entry_of, sent, summary
from mockocr.core.wire import Reply
from mockocr.pipeline import Handler, Hit

log = logging.getLogger("mockocr.requests")

MAX_BYTES = 64 * 1024 * 1024
MAX_BODY = 1024 * 1024
"""Of a longer body only its beginning is kept."""


class Journal:
    """The newest requests whose texts and bodies together stay under `max_bytes`.

    `evicted` counts the requests that had to go: while it is above 0, "this never happened" cannot
    be told from the journal.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.evicted = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bodies: dict[str, tuple[bytes, int]] = {}
        self._bytes = 0

    def around(self, inner: Handler) -> Handler:
        """Answer by `inner`, time it, remember it, and write its line in the log."""

        async def noted(hit: Hit) -> Reply:
            start = time.perf_counter()
            reply = await inner(hit)
            await self.record(hit, reply, time.perf_counter() - start)
            return reply

        return noted

    async def record(self, hit: Hit, reply: Reply, seconds: float) -> None:
        body, answer = self._keep(hit.call.body), self._keep(sent(reply))
        entry = entry_of(hit, reply, seconds, body, answer)
        if entry.id in self._entries:
            self._drop(self._entries.pop(entry.id))
        self._entries[entry.id] = entry
        self._bytes += entry.cost
        while self._bytes > self.max_bytes and self._entries:
            self._drop(self._entries.popitem(last=False)[1])
            self.evicted += 1
        write_line(entry)

    async def entries(
        self,
        *,
        since: datetime | None = None,
        limit: int | None = None,
        status: int | None = None,
        **texts: str,
    ) -> list[Entry]:
        """Newest first. `texts`: `vendor`, `operation` (with its vendor or without), `account`,
        `code`, all compared whole.
        """
        found: list[Entry] = []
        for entry in reversed(self._entries.values()):
            if limit is not None and len(found) >= limit:
                break
            if since is not None and entry.at < since:
                continue
            if status is not None and entry.status != status:
                continue
            if all(_is(entry, name, wanted) for name, wanted in texts.items()):
                found.append(entry)
        return found

    async def get(self, id: str) -> Entry | None:
        return self._entries.get(id)

    async def body(self, digest: str) -> bytes:
        """A body by its digest; at most its first `MAX_BODY` bytes."""
        return self._bodies[digest][0] if digest in self._bodies else b""

    async def clear(self) -> None:
        self._entries.clear()
        self._bodies.clear()
        self._bytes = self.evicted = 0

    @property
    def size(self) -> tuple[int, int]:
        """Requests and bytes held."""
        return len(self._entries), self._bytes

    def _keep(self, body: bytes) -> str:
        if not body:
            return ""
        digest = hashlib.sha256(body).hexdigest()
        kept, users = self._bodies.get(digest, (b"", 0))
        if not users:
            kept = body if len(body) <= MAX_BODY else body[:MAX_BODY]
            self._bytes += len(kept)
        self._bodies[digest] = (kept, users + 1)
        return digest

    def _drop(self, entry: Entry) -> None:
        self._bytes -= entry.cost
        for digest in filter(None, (entry.body, entry.answer)):
            kept, users = self._bodies.pop(digest)
            if users > 1:
                self._bodies[digest] = (kept, users - 1)
            else:
                self._bytes -= len(kept)


def write_line(entry: Entry) -> None:
    """One line: vendor.operation, status, vendor code, ms, and why when there is something to say.

    The same facts hang on the record as `request`, for JSON logs.
    """
    if not log.isEnabledFor(logging.INFO):
        return
    name = f"{entry.vendor or '-'}.{entry.operation or '-'}"
    why = f" — {entry.why}" if entry.why else ""
    fault = f" [fault {entry.fault}]" if entry.fault else ""
    log.info(
        "%s %d %s %.1f ms%s%s",
        name,
        entry.status,
        entry.code or "-",
        entry.seconds * 1000,
        fault,
        why,
        extra={"request": summary(entry)},
    )


def _is(entry: Entry, name: str, wanted: str) -> bool:
    if name == "operation":
        return wanted in (entry.operation, f"{entry.vendor}.{entry.operation}")
    return bool(getattr(entry, name) == wanted)
