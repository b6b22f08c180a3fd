"""Asks ourselves what a vendor was asked, and compares both answers."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from mockocr.control.state.clock import Clock
from mockocr.core.account import Credential
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recordings.answers import code_of, error_entry, is_error, unsigned
from mockocr.recordings.comparison import Finding, compare
from mockocr.recordings.pictures import Picture
from mockocr.recordings.reading import ReadLine, VendorReading, lines_of
from mockocr.recordings.recording import Recording
from mockocr.serving.routing import Router


class Server(Protocol):
    """What is asked: a whole server without a socket."""

    @property
    def clock(self) -> Clock: ...

    @property
    def router(self) -> Router: ...

    @property
    def handle(self) -> Handler: ...

    @property
    def vendors(self) -> Sequence[Vendor]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one recording. `skipped` says why it was not compared; `entry` is the error
    of our table that the vendor's answer is. `ours` is our response, None if the request could not
    be asked. `refused` is true for an error of the vendor's, `on_demand` if ours needs a fault,
    `read` if our response needs a reading. `lines` are those of the vendor's.
    """

    recording: Recording
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    entry: ErrorEntry | None = None
    ours: Response | None = None
    refused: bool = False
    on_demand: bool = False
    read: bool = False
    lines: Sequence[ReadLine] = ()

    @property
    def drift(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "drift"]

    @property
    def notes(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "note"]


_UNREADABLE = "its response has fields, not lines: keep its picture, and give --engine auto"
Found = tuple[Vendor, Service, Operation]


class Differ:
    """Compares recordings with the answers of `server`, whose engine is `reading`.

    `picture` returns the file of a recorded picture, None if there is none: then a blank one stands
    in for it. `options` are those in force, by namespace. `reads` says that `reading` has an engine
    behind it.
    """

    def __init__(
        self,
        server: Server,
        reading: VendorReading,
        picture: Callable[[Picture], bytes | None],
        options: Mapping[str, Mapping[str, str]],
        *,
        reads: bool = False,
    ) -> None:
        self._server, self._reading, self._picture = server, reading, picture
        self._options, self._reads = options, reads
        self._numbers = itertools.count(1)

    async def compare(self, recording: Recording) -> Difference:
        """The differences of one recording."""
        found = self.find(recording.operation)
        if found is None:
            return Difference(recording, skipped=f"mockocr has no {recording.operation}")
        _, service, operation = found
        request = self._request(recording, found)
        if request is None:
            return Difference(recording, skipped="mockocr does not find its operation")
        received = recording.response
        if recording.form == "other":
            received = received.replaced(body=recording.text.answer_body)
        theirs = unsigned(service, received)
        refused = is_error(service, request, theirs)
        lines = [] if refused else lines_of(service, operation, received.body)
        readable = lines is not None or self._can_read(recording)
        if operation.parse is not None and not readable:
            return Difference(recording, skipped=_UNREADABLE)
        asked = self._reading.asked
        exchange, sent = await self._ask(recording, request, lines)
        read = self._reading.asked > asked
        ours = unsigned(service, sent)
        if not refused and is_error(service, request, ours):
            why = exchange.audit.why
            if exchange.audit.problem == ErrorKind.DOWNLOAD_FAILED:
                return Difference(recording, skipped=f"its picture cannot be downloaded: {why}")
            if exchange.audit.problem == ErrorKind.ENGINE_FAILED and lines is None:
                return Difference(recording, skipped=f"its picture cannot be read: {why}")
            if read and not readable:
                return Difference(recording, skipped=_UNREADABLE)
            if operation.parse is None:
                return Difference(recording, skipped=f"it depends on an earlier request: {why}")
            what = f"the vendor answers, and we refuse the request: {why}"
            return Difference(recording, (Finding("drift", "request", what),))
        if not refused:
            findings = tuple(compare(service, theirs, ours))
            return Difference(recording, findings, ours=sent, read=read, lines=lines or ())
        return await self._compare_refusal(recording, service, request, theirs, sent)

    async def answer(
        self, recording: Recording, lines: list[ReadLine] | None, refusal: ErrorEntry | None = None
    ) -> Response:
        """Our response to a recorded request of a known operation, with these lines as the reading,
        or with this error as a fault.
        """
        found = self.find(recording.operation)
        assert found is not None
        request = self._request(recording, found)
        assert request is not None
        return (await self._ask(recording, request, lines, refusal))[1]

    def find(self, name: str) -> Found | None:
        """The operation with that public id, with its service and vendor."""
        for vendor in self._server.vendors:
            for service in vendor.services:
                for operation in service.operations:
                    if service.operation_id(operation) == name:
                        return vendor, service, operation
        return None

    def changed_options(self, vendor: Vendor, service: Service) -> dict[str, str]:
        """The options in force that differ from their defaults."""
        defaults = vendor.default_options(service.namespace)
        given = self._options.get(service.namespace, {})
        return {name: value for name, value in given.items() if defaults.get(name) != value}

    async def _compare_refusal(
        self,
        recording: Recording,
        service: Service,
        request: Request,
        theirs: Response,
        sent: Response,
    ) -> Difference:
        ours = unsigned(service, sent)
        entry = error_entry(service, request, theirs)
        code = code_of(service, request, theirs)
        same = (ours.status, code_of(service, request, ours)) == (theirs.status, code)
        if entry is None and not same:
            others = sorted({e.status for e in service.errors if str(e.code) == code})
            known = f"; we answer it with {', '.join(map(str, others))}" if others else ""
            what = f"the table of {service.namespace} has no code {code} with this status{known}"
            finding = Finding("drift", f"status {theirs.status}", what)
            return Difference(recording, (finding,), refused=True)
        notes: list[Finding] = []
        on_demand = entry is not None and not same
        if on_demand:
            sent = await self.answer(recording, [], entry)
            ours = unsigned(service, sent)
            notes = [Finding("note", "request", "we send this error only on demand (a fault)")]
        pattern = _pattern(entry) if entry is not None else ""
        return Difference(
            recording,
            (*compare(service, theirs, ours, pattern), *notes),
            entry=entry,
            ours=sent,
            refused=True,
            on_demand=on_demand,
        )

    def _can_read(self, recording: Recording) -> bool:
        kept = all(self._picture(picture) is not None for picture in recording.pictures)
        return self._reads and kept

    def _request(self, recording: Recording, found: Found) -> Request | None:
        """The request, signed for the account `dev`."""
        vendor, service, _ = found

        def files(picture: Picture) -> bytes:
            kept = self._picture(picture)
            return picture.stand_in() if kept is None else kept

        request = recording.request(files)
        route = self._server.router.find(request.host, request.target)
        path, target = route.path, route.target
        # a nonce that is signed may be used once
        unique = hashlib.sha256(f"{next(self._numbers)} {recording.name}".encode()).hexdigest()[:32]
        request = request.replaced(
            id=unique,
            seed=int(unique[:16], 16),
            path=path,
            target=target,
            prefix=route.prefix,
            options={
                **vendor.default_options(service.namespace),
                **self._options.get(service.namespace, {}),
            },
        )
        signed = service.sign(request, Credential(vendor.name, vendor.credentials))
        length = {"content-length": str(len(signed.body))} if signed.body else {}
        signed = signed.without_headers(*length).with_headers(*length.items())
        try:
            match = route.choose(signed).match
        except ApiError:
            return None
        return signed.replaced(params=match.params) if match is not None else None

    async def _ask(
        self,
        recording: Recording,
        request: Request,
        lines: list[ReadLine] | None,
        refusal: ErrorEntry | None = None,
    ) -> tuple[Exchange, Response]:
        route = self._server.router.find(request.host, request.prefix + request.target)
        chosen = route.choose(request)
        assert chosen.match is not None
        exchange = Exchange(chosen.vendor, chosen.service, chosen.match.operation, request)
        if refusal is not None:
            exchange = exchange.replaced(refusal=ApiError(refusal))
        self._reading.lines = lines
        self._server.clock.freeze(recording.at)
        return exchange, await self._server.handle(exchange)


def _pattern(entry: ErrorEntry) -> str:
    """A regular expression for the texts that the entry's message may become."""
    if not entry.sample:
        return ""
    marks = {name: f"\0{name}\0" for name in entry.sample}
    text = re.escape(entry.message.format_map(marks))
    return re.sub("\0[^\0]*\0|\\\\\0[^\0]*\\\\\0", ".*", text)
