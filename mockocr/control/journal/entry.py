"""One request as the journal keeps it: bounded texts, and digests in place of bodies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import chain, islice
from typing import Any

import msgspec

from mockocr.control.documents.reports import RequestSummary
from mockocr.control.journal import redact
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.control.state.store import LogItem
from mockocr.core.errors import Evidence
from mockocr.core.exchange import Audit, Exchange, LoadedImage
from mockocr.core.http import Headers, Request, Response, sha256, without_surrogates
from mockocr.core.image import Inline
from mockocr.core.recognition import Recognition

MAX_TARGET, MAX_WHY, MAX_EVIDENCE = 2048, 600, 16384
MAX_HEADERS, MAX_NAME, MAX_HEADER = 100, 256, 2048
MAX_LINES, MAX_LINE = 200, 200
"""Lines of a request whose places are kept, and characters of each."""
MAX_BODY = 1024 * 1024
"""Only the first bytes of a longer body are kept."""
CONSOLE_AGENT = "mockocr-console"
"""The User-Agent of requests that the console sends."""
ITEM_BYTES = 2048
"""What an entry takes beside its encoded detail: its summary, and what the store adds."""


class Picture(msgspec.Struct, array_like=True, frozen=True):
    """One picture of a request: digests, bytes of its file, sides in pixels.

    `location` says where it was in the request, as in `core.image.Inline`; it is None for a
    picture that was downloaded.
    """

    digest: str
    sha256: str
    size: int
    width: int
    height: int
    format: str
    location: str | None


class ReadLine(msgspec.Struct, array_like=True, frozen=True):
    """One line that was read: its text, corners in pixels of the picture, confidence 0..1."""

    text: str
    corners: tuple[tuple[int, int], ...]
    confidence: float


class ReadText(msgspec.Struct, array_like=True, frozen=True):
    """What was read in one picture, at most `MAX_LINES` lines."""

    text: str
    lines: tuple[ReadLine, ...]


class Detail(msgspec.Struct, array_like=True, frozen=True):
    """What only the detail of one request shows. `body` and `answer` are digests of the bodies.

    `read` holds the digest of a picture and its encoded `ReadText`.
    """

    path: str
    query: str
    headers: Headers
    body: str
    size: int
    wire: str
    answer_headers: Headers
    answer: str
    answer_size: int
    billed: bool
    pictures: tuple[Picture, ...]
    read: tuple[tuple[str, msgspec.Raw], ...]
    evidence: Evidence | None


class Entry(msgspec.Struct, frozen=True):
    """A request that was found in the journal."""

    summary: RequestSummary
    detail: Detail

    @property
    def id(self) -> str:
        return self.summary["id"]

    @property
    def account(self) -> str:
        return self.summary["account"]

    @property
    def read(self) -> list[tuple[str, ReadText]]:
        """Digests of pictures, and what was read in each."""
        return [(digest, _decode_text(raw)) for digest, raw in self.detail.read]

    def request(self, body: bytes) -> Request:
        """The request again, for its parsers."""
        detail = self.detail
        return Request(
            self.summary["method"],
            detail.path,
            headers=detail.headers,
            query=detail.query,
            body=body,
        )


def summarize(
    exchange: Exchange, response: Response, seconds: float, secrets: KnownSecrets
) -> RequestSummary:
    """One request in `GET /requests`; `seconds` is the real time that the response took."""
    request, audit = exchange.request, exchange.audit
    target = request.prefix + request.target
    summary: RequestSummary = {
        "id": request.id,
        "at": iso(request.at),
        "vendor": exchange.service.namespace,
        "operation": exchange.operation_name,
        "account": audit.account,
        "method": secrets.cut(request.method, 32),
        "target": secrets.cut(redact.target(target) if "?" in target else target, MAX_TARGET),
        "status": 0 if response.wire in ("reset", "empty") else response.status,
        "code": response.code,
        "seconds": round(seconds, 6),
        "why": secrets.cut(audit.why.replace("\r", "\\r").replace("\n", "\\n"), MAX_WHY),
        "problem": str(audit.problem),
        "fault": secrets.cut(audit.fault, MAX_WHY),
    }
    if request.header("user-agent") == CONSOLE_AGENT:
        summary["console"] = True
    return summary


def to_item(
    exchange: Exchange, response: Response, seconds: float, secrets: KnownSecrets
) -> LogItem:
    """A request and its response as an item of the store's log."""
    request, audit = exchange.request, exchange.audit
    sent = b"" if response.wire in ("reset", "empty") else response.body
    blobs: dict[str, bytes] = {}
    detail = _encode(
        Detail(
            path=request.path,
            query=request.query,
            headers=_cut_headers(request.headers),
            body=_keep(request.body, blobs, request.body_sha256),
            size=request.size or len(request.body),
            wire=response.wire,
            answer_headers=_cut_headers(response.headers),
            answer=_keep(sent, blobs, lambda: sha256(sent)),
            answer_size=len(sent),
            billed=audit.billed,
            pictures=tuple(map(_picture, audit.images)),
            read=_read(audit),
            evidence=_cut_evidence(audit.evidence),
        )
    )
    summary = summarize(exchange, response, seconds, secrets)
    return LogItem(request.id, summary, detail, blobs, ITEM_BYTES + len(detail))


def from_item(item: LogItem) -> Entry:
    summary: Any = item.summary
    return Entry(summary, _decode_detail(item.detail))


def iso(at: datetime) -> str:
    """An aware UTC time to the millisecond; these texts sort like the times."""
    text: str = msgspec.to_builtins(at)  # takes a tenth of the time of `isoformat`
    return f"{text[:23]}Z" if at.microsecond else f"{text[:19]}.000Z"


def _keep(body: bytes, blobs: dict[str, bytes], digest_of: Callable[[], str]) -> str:
    if not body:
        return ""
    digest = digest_of()
    blobs[digest] = body if len(body) <= MAX_BODY else body[:MAX_BODY]
    return digest


def _picture(loaded: LoadedImage) -> Picture:
    image, source = loaded.image, loaded.source
    return Picture(
        image.digest,
        image.sha256,
        image.size,
        image.width,
        image.height,
        image.format,
        source.location if isinstance(source, Inline) else None,
    )


def _read(audit: Audit) -> tuple[tuple[str, msgspec.Raw], ...]:
    left, found = MAX_LINES, []
    for digest, recognition in audit.recognitions:
        if left == MAX_LINES or len(recognition.lines) <= left:  # one picture is the usual case
            text = recognition.cached(_encoded_text, MAX_LINES)
        else:
            text = _encoded_text(recognition, left)
        found.append((digest, text))
        left = max(0, left - len(recognition.lines))
    return tuple(found)


def _encoded_text(recognition: Recognition, max_lines: int) -> msgspec.Raw:
    """An encoded `ReadText` with at most so many lines."""
    lines = (
        ReadLine(redact.cut(line.text, MAX_LINE), line.quad.rounded, round(line.confidence, 4))
        for line in islice(recognition.lines, max_lines)
    )
    return msgspec.Raw(_encode(ReadText(redact.cut(recognition.text, MAX_TARGET), tuple(lines))))


def _cut_headers(headers: Headers) -> Headers:
    longest = max(map(len, chain.from_iterable(headers)), default=0)
    if len(headers) <= MAX_HEADERS and longest <= MAX_NAME:  # the usual case, decided in C
        return headers
    return tuple(
        (redact.cut(name, MAX_NAME), redact.cut(value, MAX_HEADER))
        for name, value in headers[:MAX_HEADERS]
    )


def _cut_evidence(evidence: Evidence | None) -> Evidence | None:
    if evidence is None:
        return None
    return Evidence(
        redact.cut(evidence.expected, MAX_EVIDENCE),
        redact.cut(evidence.received, MAX_EVIDENCE),
        redact.cut(evidence.signature, MAX_HEADER),
        redact.cut(evidence.expected_signature, MAX_HEADER),
    )


_decode_detail = msgspec.msgpack.Decoder(Detail).decode
_decode_text = msgspec.msgpack.Decoder(ReadText).decode
_encoder = msgspec.msgpack.Encoder()


def _encode(value: Detail | ReadText) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:  # JSON and URLs may contain lone surrogates, msgpack may not
        return _encoder.encode(without_surrogates(msgspec.to_builtins(value)))
