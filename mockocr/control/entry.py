"""One request as the journal holds it: bounded texts, digests in place of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from mockocr.control import mask
from mockocr.core.image import Image
from mockocr.core.problem import Evidence
from mockocr.core.wire import Call, Headers, Reply
from mockocr.pipeline import Hit, Trace

MAX_TARGET, MAX_WHY, MAX_HEADER, MAX_EVIDENCE, MAX_HEADERS = 2048, 600, 2048, 16384, 100
MAX_LINES, MAX_LINE = 200, 200
"""Lines of a request whose places are kept, and characters of each."""


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
class Read:
    """One line as it was read: in the picture of that digest, corners in its pixels."""

    digest: str
    text: str
    corners: tuple[tuple[int, int], ...]
    confidence: float


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
    lines: tuple[Read, ...]
    evidence: Evidence | None
    call: Call
    """For its parsers; one that comes out of the store has no body."""


def summary(entry: Entry) -> dict[str, Any]:
    """The row of `GET /requests`."""
    return {
        "id": entry.id,
        "at": iso(entry.at),
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


def entry_of(hit: Hit, reply: Reply, seconds: float, body: str, answer: str) -> Entry:
    """The entry of one call; `body` and `answer` are digests, under which the bodies are kept."""
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
        body=body,
        size=call.size or len(call.body),
        answer_headers=_short(reply.headers),
        answer=answer,
        answer_size=len(sent(reply)),
        pictures=tuple(map(_picture, trace.images)),
        read=tuple(mask.cut(recognition.text, MAX_TARGET) for recognition in trace.read),
        lines=tuple(islice(_lines(trace), MAX_LINES)),
        evidence=_evidence(trace),
        call=call,
    )


def sent(reply: Reply) -> bytes:
    return b"" if reply.wire in ("reset", "empty") else reply.body


def _lines(trace: Trace) -> Iterator[Read]:
    for digest, recognition in zip(trace.read_from, trace.read, strict=True):
        for line in recognition.lines:
            text = mask.cut(line.text, MAX_LINE)
            yield Read(digest, text, line.quad.rounded, round(line.confidence, 4))


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


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def iso(at: datetime) -> str:
    """UTC to the millisecond, as all rows show it: comparing the texts compares the times."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
