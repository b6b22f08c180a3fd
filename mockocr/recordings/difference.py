"""Asks ourselves what a vendor was asked, and compares both answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

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
from mockocr.recordings.reading import VendorReading, lines_of
from mockocr.recordings.recording import Recording
from mockocr.recordings.store import Recordings
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
    of our table that the vendor's answer is.
    """

    recording: Recording
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    entry: ErrorEntry | None = None

    @property
    def drift(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "drift"]

    @property
    def notes(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "note"]


class Differ:
    """Compares recordings with the answers of `server`, whose engine is `reading`. `options` are
    those in force, by namespace.
    """

    def __init__(
        self,
        server: Server,
        reading: VendorReading,
        kept: Recordings,
        options: Mapping[str, Mapping[str, str]],
        *,
        reads: bool = False,
    ) -> None:
        self._server, self._reading, self._kept = server, reading, kept
        self._options, self._reads = options, reads

    async def compare(self, recording: Recording) -> Difference:
        """The differences of one recording."""
        found = self._find(recording.operation)
        if found is None:
            return Difference(recording, skipped=f"mockocr has no {recording.operation}")
        vendor, service, operation = found
        request = self._request(recording, vendor, service)
        if request is None:
            return Difference(recording, skipped="mockocr does not find its operation")
        theirs = unsigned(service, recording.response)
        if recording.form == "other":
            theirs = theirs.replaced(body=recording.text.answer_body)
        refused = is_error(service, request, theirs)
        self._reading.lines = [] if refused else lines_of(service, operation, theirs.body)
        if (
            self._reading.lines is None
            and operation.parse is not None
            and not self._can_read(recording)
        ):
            why = "its response has fields, not lines: keep its picture, and give --engine auto"
            return Difference(recording, skipped=why)
        self._server.clock.freeze(recording.at)
        exchange = self._exchange(request)
        ours = unsigned(service, await self._server.handle(exchange))
        if not refused and is_error(service, request, ours):
            why = exchange.audit.why
            if exchange.audit.problem == ErrorKind.DOWNLOAD_FAILED:
                return Difference(recording, skipped=f"its picture cannot be downloaded: {why}")
            if operation.parse is None:
                return Difference(recording, skipped=f"it depends on an earlier request: {why}")
            what = f"the vendor answers, and we refuse the request: {why}"
            return Difference(recording, (Finding("drift", "request", what),))
        if not refused:
            return Difference(recording, tuple(compare(service, theirs, ours)))
        return await self._compare_refusal(recording, service, request, theirs, ours)

    async def _compare_refusal(
        self,
        recording: Recording,
        service: Service,
        request: Request,
        theirs: Response,
        ours: Response,
    ) -> Difference:
        entry = error_entry(service, request, theirs)
        code = code_of(service, request, theirs)
        same = (ours.status, code_of(service, request, ours)) == (theirs.status, code)
        if entry is None and not same:
            others = sorted({e.status for e in service.errors if str(e.code) == code})
            known = f"; we answer it with {', '.join(map(str, others))}" if others else ""
            what = f"the table of {service.namespace} has no code {code} with this status{known}"
            return Difference(recording, (Finding("drift", f"status {theirs.status}", what),))
        notes: list[Finding] = []
        if entry is not None and not same:
            exchange = self._exchange(request)
            ours = unsigned(
                service, await self._server.handle(exchange.replaced(refusal=ApiError(entry)))
            )
            notes = [Finding("note", "request", "we send this error only on demand (a fault)")]
        pattern = _pattern(entry) if entry is not None else ""
        findings = (*compare(service, theirs, ours, pattern), *notes)
        return Difference(recording, findings, entry=entry)

    def _find(self, name: str) -> tuple[Vendor, Service, Operation] | None:
        for vendor in self._server.vendors:
            for service in vendor.services:
                for operation in service.operations:
                    if service.operation_id(operation) == name:
                        return vendor, service, operation
        return None

    def _can_read(self, recording: Recording) -> bool:
        kept = all(self._kept.picture(picture) is not None for picture in recording.pictures)
        return self._reads and kept

    def _request(self, recording: Recording, vendor: Vendor, service: Service) -> Request | None:
        """The request, signed for the account `dev`."""

        def files(picture: Picture) -> bytes:
            kept = self._kept.picture(picture)
            return picture.stand_in() if kept is None else kept

        request = recording.request(files)
        route = self._server.router.find(request.host, request.target)
        path, target = route.path, route.target
        unique = hashlib.sha256(recording.name.encode()).hexdigest()[:32]
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

    def _exchange(self, request: Request) -> Exchange:
        route = self._server.router.find(request.host, request.prefix + request.target)
        chosen = route.choose(request)
        assert chosen.match is not None
        return Exchange(chosen.vendor, chosen.service, chosen.match.operation, request)


def _pattern(entry: ErrorEntry) -> str:
    """A regular expression for the texts that the entry's message may become."""
    if not entry.sample:
        return ""
    marks = {name: f"\0{name}\0" for name in entry.sample}
    text = re.escape(entry.message.format_map(marks))
    return re.sub("\0[^\0]*\0|\\\\\0[^\0]*\\\\\0", ".*", text)


def as_json(differences: Sequence[Difference], notes: Sequence[str]) -> dict[str, Any]:
    """The differences for a program."""
    return {
        "recordings": [
            {
                "name": each.recording.name,
                "operation": each.recording.operation,
                "skipped": each.skipped,
                "drift": [{"where": f.where, "what": f.what} for f in each.drift],
                "notes": [{"where": f.where, "what": f.what} for f in each.notes],
            }
            for each in differences
        ],
        "warnings": list(notes),
        "drift": sum(len(each.drift) for each in differences),
    }


def as_markdown(differences: Sequence[Difference], now: datetime) -> str:
    """A report for an issue: what differs, and the exchanges in which it does."""
    lines = ["# Where the vendor and mockocr differ", "", f"Compared on {now:%Y-%m-%d}.", ""]
    for each in differences:
        if not each.findings:
            continue
        lines += [
            f"## {each.recording.operation}",
            "",
            f"Recorded on {each.recording.at:%Y-%m-%d}.",
        ]
        lines += ["", *(f"- {finding}" for finding in each.findings), ""]
    same = sum(not each.findings and not each.skipped for each in differences)
    return "\n".join([*lines, f"{same} of {len(differences)} recordings do not differ.", ""])
