"""Turns a recording into a fixture: the vendor's response, without what differs each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from mockocr.core.http import Response
from mockocr.core.operation import Operation
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.recordings import json_form
from mockocr.recordings.exchange_file import ExchangeText
from mockocr.recordings.expected_answer import open_value, said
from mockocr.recordings.json_form import Number
from mockocr.recordings.reading import ReadLine, inner_json, lines_of
from mockocr.recordings.recording import Recording

_LEFT = ("expires", "operation", "key", "form", "texts", "after")
_MISSING = object()


def pictures(images: Path) -> dict[str, Path]:
    """The pictures of a folder by their SHA-256."""
    files = sorted(path for path in images.glob("*.*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


def fixture_name(recording: Recording, refused: bool) -> str:
    """Where the fixture of a recording belongs below `fixtures/`."""
    namespace, _, operation = recording.operation.partition(".")
    number = recording.name.removesuffix(".http").partition(recording.key)[2].replace("-", "_")
    kind = "refused_observed" if refused else "observed"
    return f"{namespace}/{operation}-{kind}_{recording.key[:8]}{number}.http"


def as_fixture(
    recording: Recording,
    service: Service,
    files: Mapping[str, Path],
    ours: Response,
    notes: Mapping[str, str],
) -> ExchangeText:
    """The fixture with further `notes`; KeyError if it needs a picture that is not in `files`.

    Ids and times are left open, and so are values of the same kind that are others in `ours`: what
    was read, and where.
    """
    body = recording.text.body
    for picture in recording.pictures:
        body = body.replace(picture.sha256, files[picture.sha256].name)
    answer = recording.text.answer or ""
    if recording.form:
        answer = json_form.pretty(
            _opened(service.recorded, "", json_form.load(answer), _loaded(ours.body))
        )
    headers = tuple(
        (name, value)
        for name, value in recording.text.answer_headers
        if name.lower() == "content-type"
    )
    kept = {
        name: value
        for name, value in recording.text.notes.items()
        if name not in _LEFT and not name.startswith("picture ")
    }
    return replace(
        recording.text, body=body, answer=answer, answer_headers=headers, notes={**kept, **notes}
    )


def lines_in(service: Service, operation: Operation, answer: str) -> list[ReadLine] | None:
    """What the response of a fixture says was read; None if it holds fields, not lines."""
    try:
        body = json.dumps(said(json.loads(answer)), ensure_ascii=False)
    except ValueError:
        return None
    return lines_of(service, operation, body.encode())


def _loaded(body: bytes) -> Any:
    try:
        return json_form.load(body.decode())
    except (ValueError, RecursionError):
        return _MISSING


def _opened(recorded: RecordedFields, name: str, theirs: Any, ours: Any) -> Any:
    """The vendor's value, in which what differs in each response or from ours is left open."""
    inner = inner_json(theirs, json_form.load)
    if inner is not theirs:
        opened = _opened(recorded, name, inner, inner_json(ours, json_form.load))
        return theirs if opened == inner else json_form.dump(opened, "compact")
    if isinstance(theirs, dict):
        own = ours if isinstance(ours, dict) else {}
        return {k: _opened(recorded, k, v, own.get(k, _MISSING)) for k, v in theirs.items()}
    if isinstance(theirs, list):
        if not isinstance(ours, list) or len(ours) != len(theirs):
            return open_value("any")
        return [_opened(recorded, name, t, o) for t, o in zip(theirs, ours, strict=True)]
    kind = "number" if isinstance(theirs, Number) else "string"
    if isinstance(theirs, str) and recorded.differs(name):
        return open_value(kind)
    if theirs == ours or (isinstance(theirs, Number) and _equal(theirs, ours)):
        return theirs
    return open_value(kind, theirs) if isinstance(theirs, str) else open_value("any")


def _equal(one: Number, other: Any) -> bool:
    return isinstance(other, Number) and repr(json.loads(one)) == repr(json.loads(other))
