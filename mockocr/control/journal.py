"""Remembers every request with its answer and why it was refused, within a bound of bytes."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mockocr.control import mask
from mockocr.core.image import Image
from mockocr.core.problem import Evidence
from mockocr.core.wire import Call, Headers, Reply
from mockocr.pipeline import Handler, Hit, Trace

log = logging.getLogger("mockocr.requests")

MAX_BYTES = 64 * 1024 * 1024
MAX_BODY = 1024 * 1024
"""Of a longer body only its beginning is kept."""
MAX_TARGET, MAX_WHY, MAX_HEADER, MAX_EVIDENCE, MAX_HEADERS = 2048, 600, 2048, 16384, 100
ENTRY_BYTES = 2048
"""What an entry costs beside its texts, measured generously."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a request: digests, bytes of its file, sides in pixels."""

    digest: str
    sha256: str
    size: int
    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One request; bodies are kept apart, by digest. `at` is the test's time, `seconds` the real
    time it took.
    """

    id: str
    at: datetime
    vendor: str
    operation: str
    account: str
    method: str
    target: str
    status: int
    code: str
    seconds: float
    why: str
    problem: str
    fault: str
    wire: str
    billed: bool
    headers: Headers
    body: str
    size: int
    answer_headers: Headers
    answer: str
    answer_size: int
    pictures: tuple[Picture, ...]
    read: tuple[str, ...]
    evidence: Evidence | None
    call: Call
    """The call without its body, for its parsers."""

    @property
    def cost(self) -> int:
        """Bytes held, roughly, without the bodies."""
        texts = [self.target, self.why, *self.read]
        for name, value in (*self.headers, *self.answer_headers):
            texts += (name, value)
        if self.evidence is not None:
            texts += (self.evidence.expected, self.evidence.received)
        return ENTRY_BYTES + sum(map(len, texts)) * 2


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
        entry = _entry(hit, reply, seconds)
        entry = replace(entry, body=self._keep(hit.call.body), answer=self._keep(_sent(reply)))
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


def summary(entry: Entry) -> dict[str, Any]:
    """The row of `GET /requests`."""
    return {
        "id": entry.id,
        "at": _iso(entry.at),
        "vendor": entry.vendor,
        "operation": entry.operation,
        "account": entry.account,
        "method": entry.method,
        "target": entry.target,
        "status": entry.status,
        "code": entry.code,
        "seconds": round(entry.seconds, 6),
        "why": entry.why,
        "problem": entry.problem,
        "fault": entry.fault,
    }


def _entry(hit: Hit, reply: Reply, seconds: float) -> Entry:
    call, trace = hit.call, hit.trace
    return Entry(
        id=call.id,
        at=call.at,
        vendor=hit.vendor.name,
        operation=hit.operation.name if hit.operation else "",
        account=trace.account,
        method=mask.cut(call.method, 32),
        target=mask.cut(mask.target(call.prefix + call.target), MAX_TARGET),
        status=0 if reply.wire in ("reset", "empty") else reply.status,
        code=reply.code,
        seconds=seconds,
        why=mask.cut(_one_line(trace.why), MAX_WHY),
        problem=str(trace.problem),
        fault=mask.cut(trace.fault, MAX_WHY),
        wire=reply.wire,
        billed=trace.billed,
        headers=_short(call.headers),
        body="",
        size=call.size or len(call.body),
        answer_headers=_short(reply.headers),
        answer="",
        answer_size=len(_sent(reply)),
        pictures=tuple(map(_picture, trace.images)),
        read=tuple(mask.cut(recognition.text, MAX_TARGET) for recognition in trace.read),
        evidence=_evidence(trace),
        call=call.replaced(body=b"", headers=_short(call.headers)),
    )


def _sent(reply: Reply) -> bytes:
    return b"" if reply.wire in ("reset", "empty") else reply.body


def _picture(image: Image) -> Picture:
    return Picture(image.digest, image.sha256, image.size, image.width, image.height, image.format)


def _short(headers: Headers) -> Headers:
    return tuple(
        (mask.cut(name, 256), mask.cut(value, MAX_HEADER)) for name, value in headers[:MAX_HEADERS]
    )


def _evidence(trace: Trace) -> Evidence | None:
    seen = trace.evidence
    if seen is None:
        return None
    return Evidence(
        mask.cut(seen.expected, MAX_EVIDENCE),
        mask.cut(seen.received, MAX_EVIDENCE),
        mask.cut(seen.signature, MAX_HEADER),
        mask.cut(seen.expected_signature, MAX_HEADER),
    )


def _is(entry: Entry, name: str, wanted: str) -> bool:
    if name == "operation":
        return wanted in (entry.operation, f"{entry.vendor}.{entry.operation}")
    return bool(getattr(entry, name) == wanted)


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
