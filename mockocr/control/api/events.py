"""The control route that reports new requests as they come, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mockocr.control.api.routing import ControlRoute, Method, route
from mockocr.control.journal.journal import Journal
from mockocr.control.state.store import Document
from mockocr.control.validation import InvalidInputError

STOPPING = "mockocr.stopping"
"""The key of the server's event in the state of a scope; see `serving.server`."""
HEARTBEAT_SECONDS = 10.0
MAX_WAITING = 256
"""Events that wait for a slow client; more are left out, and their number is reported."""
MAX_STREAMS = 32
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def routes(journal: Journal) -> list[ControlRoute]:
    """The routes, without the control prefix."""
    open_streams: set[object] = set()

    async def get(request: Request) -> Response:
        if len(open_streams) >= MAX_STREAMS:
            raise InvalidInputError(f"{MAX_STREAMS} clients already listen to events", 429)
        stopping = request.scope.get("state", {}).get(STOPPING) or asyncio.Event()
        events = _events(journal, request, stopping, open_streams)
        return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)

    summary = (
        "New requests as server-sent events: `request` has a row of the journal, `missed` the"
        " number of rows that a slow client did not get; a comment comes every"
        f" {HEARTBEAT_SECONDS:g} s"
    )
    method = Method(get, summary, media_type="text/event-stream", errors=(429,))
    return [route("/events", get=method)]


async def _events(
    journal: Journal, request: Request, stopping: asyncio.Event, open_streams: set[object]
) -> AsyncIterator[bytes]:
    """Events until the server stops or the client disconnects, which closes this generator."""
    waiting: deque[Document] = deque()
    wake = asyncio.Event()
    missed = 0

    def put(row: Document) -> None:
        nonlocal missed
        if len(waiting) < MAX_WAITING:
            waiting.append(row)
        else:
            missed += 1
        wake.set()

    ends = [asyncio.create_task(stopping.wait()), asyncio.create_task(_disconnected(request))]
    for end in ends:
        end.add_done_callback(lambda _: wake.set())
    stream = object()
    open_streams.add(stream)
    try:
        with journal.listening(put):
            yield b"retry: 1000\n: connected\n\n"
            while not any(end.done() for end in ends):
                try:
                    await asyncio.wait_for(wake.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield b": heartbeat\n\n"
                wake.clear()
                while waiting:
                    yield _event("request", waiting.popleft())
                if missed:
                    count, missed = missed, 0
                    yield _event("missed", {"missed": count})
    finally:
        for end in ends:
            end.cancel()
        open_streams.discard(stream)


async def _disconnected(request: Request) -> bool:
    """True as soon as the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass  # the rest of a body that a GET should not have
    return True


def _event(name: str, document: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(document)}\n\n".encode()
