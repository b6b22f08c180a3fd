"""Makes fixtures of recordings, and lets only those through that hold for this server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from mockocr.core.http import Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service
from mockocr.recordings import exchange_file
from mockocr.recordings.difference import Differ, Difference
from mockocr.recordings.exchange_file import ExchangeText
from mockocr.recordings.expected_answer import answer_difference
from mockocr.recordings.fixture import as_fixture, fixture_name, lines_in
from mockocr.recordings.jobs import named_in
from mockocr.recordings.object_stand_ins import objects_in
from mockocr.recordings.reading import ReadLine
from mockocr.recordings.recording import Recording

Lines = list[ReadLine] | None


class NoFixtureError(Exception):
    """A recording does not become a fixture; the text says why."""


class FixtureUpdate:
    """`differences` are those of a whole folder, `files` the pictures that fixtures may name, by
    their SHA-256.
    """

    def __init__(
        self, differ: Differ, differences: Sequence[Difference], files: Mapping[str, Path]
    ) -> None:
        self._differ, self._asker, self._files = differ, differ.asker, files
        self._by_name = {each.recording.name: each for each in differences}

    async def fixture(self, difference: Difference) -> tuple[str, str]:
        """The name of the fixture below `fixtures/`, and its text; `NoFixtureError` if the response
        drifts from ours, or if a request like it would not get it.
        """
        recording = difference.recording
        if difference.skipped:
            raise NoFixtureError(difference.skipped)
        if difference.drift:
            raise NoFixtureError(f"it differs from ours: {difference.drift[0]}")
        assert difference.ours is not None
        found = self._asker.find(recording.operation)
        assert found is not None
        vendor, service, operation = found
        _require_whole(service, difference)
        start = None if difference.refused else self._differ.start_of(recording)
        options = self._asker.changed_options(vendor, service)
        notes = await self._notes_on_job(difference, service, start, options) if start else {}
        if difference.refused:
            notes["read"] = "nothing"
            if difference.on_demand:
                assert difference.entry is not None
                notes["fault"] = f"error={difference.entry.id}"
        if options:
            notes["options"] = ", ".join(f"{name}={value}" for name, value in options.items())
        try:
            text = as_fixture(recording, service, self._files, difference.ours, notes)
        except KeyError:
            raise NoFixtureError("its picture is not in fixtures/images") from None
        if start is not None:
            text = await self._for_first_job(text, recording, service, operation, start)
        lines: Lines = []
        if difference.read:
            lines = lines_in(service, operation, text.answer or "")
            if lines is None and difference.lines:
                raise NoFixtureError("ours has other numbers of items where its lines stand")
            text.notes["read"] = "goldens" if lines is None else "response"
        answer = await self._answer(difference, start, lines)
        if answer.status != text.status or (problem := answer_difference(text.answer, answer.body)):
            why = f"the status is {answer.status}" if answer.status != text.status else problem
            raise NoFixtureError(f"it does not hold with the reading that it shows: {why}")
        return fixture_name(recording, difference.refused), exchange_file.dump(text)

    async def _notes_on_job(
        self, difference: Difference, service: Service, start: Recording, options: dict[str, str]
    ) -> dict[str, str]:
        """The notes of a fixture that asks for a job; `options` get the time that it runs."""
        try:
            name, _ = await self.fixture(self._by_name[start.name])
        except NoFixtureError as error:
            raise NoFixtureError(f"the start of its job has none: {error}") from None
        if difference.running:
            options |= self._asker.delayed(service)
        return {"after": Path(name).stem, "at": start.at.isoformat(timespec="seconds")}

    async def _for_first_job(
        self,
        text: ExchangeText,
        recording: Recording,
        service: Service,
        operation: Operation,
        start: Recording,
    ) -> ExchangeText:
        """The fixture for the job that the first request to a server starts, as in the tests."""
        old = named_in(service, operation, recording.request(lambda picture: b""))
        new = await self._asker.first_job(start)
        return replace(text, target=text.target.replace(old, new), body=text.body.replace(old, new))

    async def _answer(
        self, difference: Difference, start: Recording | None, lines: Lines
    ) -> Response:
        recording = difference.recording
        if start is not None:
            asked = await self._asker.ask_for_job(
                recording, start, lines, running=difference.running
            )
            return asked.response
        request = self._asker.request(recording)
        assert request is not None
        refusal = difference.entry if difference.on_demand else None
        return (await self._asker.ask(request, lines, refusal)).response


def _require_whole(service: Service, difference: Difference) -> None:
    """`NoFixtureError` if a part of the exchange is not in the recording."""
    recording = difference.recording
    if service.recorded.storage and any(objects_in(recording.request(lambda picture: b""))):
        raise NoFixtureError("its picture is in object storage")
    if recording.masked_texts and not difference.refused:
        raise NoFixtureError("its texts are masked")
    if recording.hands_out and not recording.form:
        raise NoFixtureError("its response is a token")
