"""Makes recordings of a mock with its own reading, and servers that replay them."""

from __future__ import annotations

from pathlib import Path

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.http import Request, Response
from mockocr.recordings.masking import mask_request
from mockocr.recordings.recording import made
from mockocr.recordings.replay import open_replay
from mockocr.recordings.store import Recordings
from mockocr.vendors import discover
from tests.asgi import Answer
from tests.conformance import Case
from tests.exchange import DEFAULT_TIME
from tests.recognitions import NOTHING, Reader


def keep(
    folder: Path,
    case: Case,
    request: Request,
    answer: Answer,
    *,
    files: bool = False,
    after: str = "",
) -> str:
    """Record an answer; the name of the file."""
    masked = mask_request(case.vendor, case.service, case.operation, request, after)
    text = made(
        case.vendor,
        case.service,
        case.operation,
        masked,
        Response(answer.status, answer.body, answer.headers),
        request.at,
        host="vendor.example",
    )
    path = Recordings(folder).add(text, masked.files if files else {})
    return path.relative_to(folder).as_posix()


def replaying(folder: Path, miss: str = "read", order: str = "recorded") -> Mock:
    """A server that reads nothing by itself, at the time of the exchanges."""
    replay, notes = open_replay(str(folder), miss, order, now=DEFAULT_TIME)
    assert notes == []
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    return build(engine=Reader(NOTHING), vendors=replay.wrap(discover()), clock=clock)
