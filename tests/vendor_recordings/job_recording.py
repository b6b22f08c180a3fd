"""Records jobs of a mockocr that plays the real vendor, through a recorder."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recordings.recorder import Choice
from tests import sockets
from tests.asgi import Answer
from tests.conformance import CASES, Case, unsigned_request
from tests.exchange import DEFAULT_TIME, FIXTURES, picture
from tests.exchange_server import for_own_job
from tests.recognitions import page
from tests.sockets import served
from tests.vendor_recordings.recording_server import Recording, recording

SECONDS = 30
"""For how long the vendor's jobs run."""


@dataclass(frozen=True)
class Pair:
    """An operation that starts jobs and one that shows them, and the state of a running one."""

    start: Case
    result: Case
    running: bytes


PAIRS = {
    name: Pair(CASES[start], CASES[result], running)
    for name, start, result, running in (
        (
            "aws",
            "aws.start_document_text_detection",
            "aws.get_document_text_detection",
            b"IN_PROGRESS",
        ),
        ("read", "azure.read", "azure.read_result", b'"status":"running"'),
        (
            "documents",
            "azure.analyze_document",
            "azure.analyze_document_result",
            b'"status":"running"',
        ),
        (
            "google",
            "google.images_async_batch_annotate",
            "google.operations_get",
            b"RUNNING",
        ),
    )
}
FIRST, SECOND = "hello.png", "receipt.png"


class Widths:
    """An engine that reads how wide the picture is, so that two pictures differ."""

    name = "widths"

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return page(f"{image.width} wide", "vendor")


def new_vendor(folder: Path) -> Mock:
    """A mockocr that plays the real vendor, at the time of the exchanges."""
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    (folder / "gs").mkdir()
    options = {
        "aws": {"s3": str(FIXTURES), "async_delay": str(SECONDS)},
        "azure": {"async_delay": str(SECONDS)},
        "google": {"gs": str(folder / "gs"), "operation_seconds": str(SECONDS)},
    }
    return build(engine=Widths(), options=options, clock=clock)


def start_request(pair: Pair, name: str) -> Request:
    """The request that starts a job for a picture."""
    body = unsigned_request(pair.start).body
    for form in (lambda n: picture(n), lambda n: base64.b64encode(picture(n)), str.encode):
        convert: Callable[[str], bytes] = form
        body = body.replace(convert(FIRST), convert(name))
    body = body.replace(b'"token-1"', f'"token-{len(name)}"'.encode())
    return unsigned_request(pair.start).with_body(body)


def result_request(pair: Pair, started: Answer) -> Request:
    request = for_own_job(pair.result, unsigned_request(pair.result), started)
    target = request.target.replace("prebuilt-layout", "prebuilt-read")
    request = request.replaced(target=target, path=target.partition("?")[0])
    return request.with_body(request.body.replace(b', "MaxResults": 1', b""))


@dataclass
class Caller:
    """Sends requests to the vendor through the recorder."""

    to: Recording
    real: Mock
    loops: list[asyncio.AbstractEventLoop]
    calls: int = 0

    def wait_for_jobs(self) -> None:
        """Let the vendor's jobs finish, and as much time pass as they take."""
        asyncio.run_coroutine_threadsafe(self.real.finish_jobs(), self.loops[-1]).result(20)
        self.real.clock.advance(SECONDS + 1)

    def __call__(self, case: Case, request: Request) -> Answer:
        signed = case.service.sign(request.replaced(at=self.real.clock.now()), case.credential)
        status, headers, body = sockets.ask(
            self.to.plain, signed.method, signed.target, signed.headers, signed.body
        )
        self.calls += 1
        self.to.wait(self.calls)
        return Answer(status, tuple(headers.items()), body)


def closing(app: ASGIApp, started: Callable[[asyncio.AbstractEventLoop], None]) -> ASGIApp:
    """The app, which closes each connection after its response, and says in which loop it runs."""

    async def closes(scope: Scope, receive: Receive, send: Send) -> None:
        started(asyncio.get_running_loop())

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"Connection", b"close")]
            await send(message)

        await app(scope, receive, sent)

    return closes


@contextmanager
def recorded(
    folder: Path, vendor: Mock | None = None, choice: Choice | None = None
) -> Iterator[Caller]:
    """A caller whose requests a recorder passes on to the vendor, a new one if none is given."""
    real, loops = vendor or new_vendor(folder), list[asyncio.AbstractEventLoop]()
    app = closing(real.asgi, loops.append)
    with (
        served(app) as (host, port),
        recording(folder, f"http://{host}:{port}", choice=choice) as to,
    ):
        yield Caller(to, real, loops)


def record_two_jobs(folder: Path, pair: Pair) -> list[str]:
    """Two jobs at the same time, each asked for while it runs and after its end; what was told."""
    with recorded(folder) as call:
        first = call(pair.start, start_request(pair, FIRST))
        second = call(pair.start, start_request(pair, SECOND))
        for started in (first, second):
            assert started.status < 300, started.body
            assert pair.running in call(pair.result, result_request(pair, started)).body
        call.wait_for_jobs()
        for started in (second, first):
            finished = call(pair.result, result_request(pair, started))
            assert finished.status == 200
            assert pair.running not in finished.body
        return call.to.told
