"""Compares a vendor's answers with what this server answers to the same requests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service
from mockocr.recordings.answers import code_of, error_entry, is_error, unsigned
from mockocr.recordings.asking import Asked, Asker
from mockocr.recordings.comparison import Finding, compare
from mockocr.recordings.jobs import asks_for_page
from mockocr.recordings.reading import ReadLine, lines_of, lines_of_job
from mockocr.recordings.recording import Recording


class Difference(msgspec.Struct, frozen=True):
    """What became of one recording. `skipped` says why it was not compared; `entry` is the error
    of our table that the vendor's answer is. `ours` is our response, None if the request could not
    be asked. `refused` is true for an error of the vendor's, `on_demand` if ours needs a fault,
    `read` if our response needs a reading, `running` if it is compared with a job of ours that
    still runs. `lines` are those of the vendor's.
    """

    recording: Recording
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    entry: ErrorEntry | None = None
    ours: Response | None = None
    refused: bool = False
    on_demand: bool = False
    read: bool = False
    running: bool = False
    lines: Sequence[ReadLine] = ()

    @property
    def drift(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "drift"]

    @property
    def notes(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == "note"]


_UNREADABLE = "its response has fields, not lines: keep its picture, and give --engine auto"
_NO_START = "the recording of the start of its job is not in the folder"


class Differ:
    """Compares the recordings of one folder with the answers of `asker`."""

    def __init__(self, asker: Asker, recordings: Sequence[Recording]) -> None:
        self.asker, self._recordings = asker, recordings
        self._starts = {_name(each, each.stem): each for each in recordings}
        self._later: dict[str, list[Recording]] = defaultdict(list)
        for each in recordings:
            if each.after:
                self._later[_name(each, each.after)].append(each)

    async def compare_all(self) -> list[Difference]:
        """What became of each recording, in order."""
        return [await self._compare(recording) for recording in self._recordings]

    def start_of(self, recording: Recording) -> Recording | None:
        """The recording that started the job for which this one asks."""
        return self._starts.get(_name(recording, recording.after))

    async def _compare(self, recording: Recording) -> Difference:
        found = self.asker.find(recording.operation)
        if found is None:
            return Difference(recording, skipped=f"mockocr has no {recording.operation}")
        _, service, operation = found
        request = self.asker.request(recording)
        if request is None:
            return Difference(recording, skipped="mockocr does not find its operation")
        received = _received(recording)
        theirs = unsigned(service, received)
        if is_error(service, request, theirs):
            asked = await self.asker.ask(request, [])
            return await self._compare_refusal(recording, service, theirs, asked)
        if recording.after:
            return await self._compare_result(recording, service, theirs)
        if later := self._later.get(_name(recording, recording.stem)):
            return await self._compare_start(recording, service, theirs, later)
        lines = lines_of(service, operation, received.body)
        readable = lines is not None or self.asker.can_read(recording)
        if operation.parse is not None and not readable:
            return Difference(recording, skipped=_UNREADABLE)
        asked = await self.asker.ask(request, lines)
        ours = unsigned(service, asked.response)
        if is_error(service, request, ours):
            return _refused(recording, operation, asked, lines, readable)
        return Difference(
            recording,
            tuple(compare(service, theirs, ours)),
            ours=asked.response,
            read=asked.read,
            lines=lines or (),
        )

    async def _compare_start(
        self, recording: Recording, service: Service, theirs: Response, later: Sequence[Recording]
    ) -> Difference:
        """The vendor's job may have been finished at once, or not; so may ours."""
        made = []
        for options in ({}, self.asker.delayed(service)):
            request = self.asker.request(recording, options=options)
            assert request is not None
            asked = await self.asker.ask(request, self._lines_of_job([recording, *later]))
            ours = unsigned(service, asked.response)
            if is_error(service, request, ours):
                return Difference(recording, skipped=f"our job is refused: {asked.why}")
            findings = tuple(compare(service, theirs, ours))
            made.append(Difference(recording, findings, ours=asked.response))
        return min(made, key=lambda each: len(each.drift))

    async def _compare_result(
        self, recording: Recording, service: Service, theirs: Response
    ) -> Difference:
        """A job's state is compared with ours while our job runs and after it; the one that is more
        like it counts.
        """
        start = self.start_of(recording)
        if start is None:
            return Difference(recording, skipped=_NO_START)
        if asks_for_page(service, recording.request(lambda picture: b"")):
            return Difference(recording, skipped="it asks for a later page of a result")
        lines = self._lines_of_job([start, *self._later[_name(start, start.stem)]])
        made, refused = [], ""
        for running in (False, True):
            asked = await self.asker.ask_for_job(recording, start, lines, running=running)
            ours = unsigned(service, asked.response)
            if is_error(service, asked.exchange.request, ours):
                refused = asked.why
                continue
            findings = tuple(compare(service, theirs, ours))
            made.append(
                Difference(
                    recording,
                    findings,
                    ours=asked.response,
                    read=not running,
                    running=running,
                    lines=() if running else lines or (),
                )
            )
        if not made:
            return Difference(recording, skipped=f"our job is refused: {refused}")
        best = min(made, key=lambda each: len(each.drift))
        if best.drift and lines is None and not self.asker.can_read(start):
            return Difference(recording, skipped=_UNREADABLE)
        return best

    def _lines_of_job(self, results: Sequence[Recording]) -> list[ReadLine] | None:
        """What the results say was read, page by page; None if none of them holds lines."""
        pages: dict[str, dict[str, list[ReadLine]]] = defaultdict(dict)
        for result in sorted(results, key=lambda each: each.at):
            found = self.asker.find(result.operation)
            if found is not None and (lines := lines_of_job(*found[1:], _received(result).body)):
                pages[result.operation][result.key] = lines
        for found_pages in pages.values():
            return [line for lines in found_pages.values() for line in lines]
        return None

    async def _compare_refusal(
        self, recording: Recording, service: Service, theirs: Response, asked: Asked
    ) -> Difference:
        request, sent = asked.exchange.request, asked.response
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
            again = self.asker.request(recording)
            assert again is not None
            sent = (await self.asker.ask(again, [], entry)).response
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


def _refused(
    recording: Recording,
    operation: Operation,
    asked: Asked,
    lines: Sequence[ReadLine] | None,
    readable: bool,
) -> Difference:
    """The vendor answers a request that we refuse: drift, if a reading is not to blame."""
    problem, why = asked.exchange.audit.problem, asked.why
    skipped = ""
    if problem == ErrorKind.DOWNLOAD_FAILED:
        skipped = f"its picture cannot be downloaded: {why}"
    elif problem == ErrorKind.ENGINE_FAILED and lines is None:
        skipped = f"its picture cannot be read: {why}"
    elif asked.read and not readable:
        skipped = _UNREADABLE
    elif operation.parse is None:
        skipped = f"it depends on an earlier request: {why}"
    if skipped:
        return Difference(recording, skipped=skipped)
    what = f"the vendor answers, and we refuse the request: {why}"
    return Difference(recording, (Finding("drift", "request", what),))


def _received(recording: Recording) -> Response:
    """The vendor's response; JSON in a form of its own as it stands in the file."""
    response = recording.response
    if recording.form == "other":
        return response.replaced(body=recording.text.answer_body)
    return response


def _name(recording: Recording, stem: str) -> str:
    return f"{recording.operation.partition('.')[0]}/{stem}"


def _pattern(entry: ErrorEntry) -> str:
    """A regular expression for the texts that the entry's message may become."""
    if not entry.sample:
        return ""
    marks = {name: f"\0{name}\0" for name in entry.sample}
    text = re.escape(entry.message.format_map(marks))
    return re.sub("\0[^\0]*\0|\\\\\0[^\0]*\\\\\0", ".*", text)
