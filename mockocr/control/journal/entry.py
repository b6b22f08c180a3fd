"""One request as the journal holds it: bounded texts, digests in place of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from mockocr.control.journal import redact
from mockocr.core.errors import Evidence
from mockocr.core.http import Headers, Request, Response
from mockocr.core.image import Image
from mockocr.serving.pipeline import Audit, Exchange

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
    request: Request
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


def entry_of(
    exchange: Exchange, response: Response, seconds: float, body: str, answer: str
) -> Entry:
    """The entry of one call; `body` and `answer` are digests, under which the bodies are kept."""
    request, audit = exchange.request, exchange.audit
    return Entry(
        id=request.id,
        at=request.at,
        vendor=exchange.vendor.name,
        operation=exchange.operation.name if exchange.operation else "",
        account=audit.account,
        method=redact.cut(request.method, 32),
        target=redact.cut(redact.target(request.prefix + request.target), MAX_TARGET),
        status=0 if response.wire in ("reset", "empty") else response.status,
        code=response.code,
        seconds=seconds,
        why=redact.cut(_one_line(audit.why), MAX_WHY),
        problem=str(audit.problem),
        fault=redact.cut(audit.fault, MAX_WHY),
        wire=response.wire,
        billed=audit.billed,
        headers=_short(request.headers),
        body=body,
        size=request.size or len(request.body),
        answer_headers=_short(response.headers),
        answer=answer,
        answer_size=len(sent(response)),
        pictures=tuple(map(_picture, audit.images)),
        read=tuple(redact.cut(recognition.text, MAX_TARGET) for recognition in audit.read),
        lines=tuple(islice(_lines(audit), MAX_LINES)),
        evidence=_evidence(audit),
        request=request,
    )


def sent(response: Response) -> bytes:
    return b"" if response.wire in ("reset", "empty") else response.body


def _lines(audit: Audit) -> Iterator[Read]:
    for digest, recognition in zip(audit.read_from, audit.read, strict=True):
        for line in recognition.lines:
            text = redact.cut(line.text, MAX_LINE)
            yield Read(digest, text, line.quad.rounded, round(line.confidence, 4))


def _picture(image: Image) -> Picture:
    return Picture(image.digest, image.sha256, image.size, image.width, image.height, image.format)


def _short(headers: Headers) -> Headers:
    return tuple(
        (redact.cut(name, 256), redact.cut(value, MAX_HEADER))
        for name, value in headers[:MAX_HEADERS]
    )


def _evidence(audit: Audit) -> Evidence | None:
    seen = audit.evidence
    if seen is None:
        return None
    return Evidence(
        redact.cut(seen.expected, MAX_EVIDENCE),
        redact.cut(seen.received, MAX_EVIDENCE),
        redact.cut(seen.signature, MAX_HEADER),
        redact.cut(seen.expected_signature, MAX_HEADER),
    )


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def iso(at: datetime) -> str:
    """UTC to the millisecond, as all rows show it: comparing the texts compares the times."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
