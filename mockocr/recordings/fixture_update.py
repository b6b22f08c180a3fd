"""Makes fixtures of recordings, and lets only those through that hold for this server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mockocr.recordings import exchange_file
from mockocr.recordings.difference import Differ, Difference
from mockocr.recordings.expected_answer import answer_difference
from mockocr.recordings.fixture import as_fixture, fixture_name, lines_in
from mockocr.recordings.object_stand_ins import objects_in
from mockocr.recordings.reading import ReadLine


class NoFixtureError(Exception):
    """A recording does not become a fixture; the text says why."""


class FixtureUpdate:
    """`files` are the pictures that fixtures may name, by their SHA-256."""

    def __init__(self, differ: Differ, files: Mapping[str, Path]) -> None:
        self._differ, self._files = differ, files

    async def fixture(self, difference: Difference) -> tuple[str, str]:
        """The name of the fixture below `fixtures/`, and its text; `NoFixtureError` if the response
        drifts from ours, or if a request like it would not get it.
        """
        recording = difference.recording
        if difference.skipped:
            raise NoFixtureError(difference.skipped)
        if recording.after:
            raise NoFixtureError("it asks for a job")
        if difference.drift:
            raise NoFixtureError(f"it differs from ours: {difference.drift[0]}")
        assert difference.ours is not None
        asker = self._differ.asker
        found = asker.find(recording.operation)
        assert found is not None
        vendor, service, operation = found
        if service.recorded.storage and any(objects_in(recording.request(lambda picture: b""))):
            raise NoFixtureError("its picture is in object storage")
        notes: dict[str, str] = {}
        if difference.refused:
            notes["read"] = "nothing"
            if difference.on_demand:
                assert difference.entry is not None
                notes["fault"] = f"error={difference.entry.id}"
        elif recording.masked_texts:
            raise NoFixtureError("its texts are masked")
        elif recording.hands_out and not recording.form:
            raise NoFixtureError("its response is a token")
        if options := asker.changed_options(vendor, service):
            notes["options"] = ", ".join(f"{name}={value}" for name, value in options.items())
        try:
            text = as_fixture(recording, service, self._files, difference.ours, notes)
        except KeyError:
            raise NoFixtureError("its picture is not in fixtures/images") from None
        lines: list[ReadLine] | None = []
        if difference.read and not difference.refused:
            lines = lines_in(service, operation, text.answer or "")
            if lines is None and difference.lines:
                raise NoFixtureError("ours has other numbers of items where its lines stand")
            text.notes["read"] = "goldens" if lines is None else "response"
        refusal = difference.entry if difference.on_demand else None
        request = asker.request(recording)
        assert request is not None
        answer = (await asker.ask(request, lines, refusal)).response
        if problem := answer_difference(text.answer, answer.body):
            raise NoFixtureError(f"it does not hold with the reading that it shows: {problem}")
        return fixture_name(recording, difference.refused), exchange_file.dump(text)
