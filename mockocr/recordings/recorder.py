"""Records: an ASGI app that passes requests on to the real vendors and keeps the exchanges."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.types import Receive, Scope, Send

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.recordings import recording
from mockocr.recordings.answers import code_of, is_billed, is_error, unsigned
from mockocr.recordings.http2_passing import Http2Passing
from mockocr.recordings.jobs import handed_out, named_by
from mockocr.recordings.masking import mask_request
from mockocr.recordings.request_fields import UnreadableRequestError
from mockocr.recordings.store import Recordings, StoreFullError
from mockocr.recordings.totals import Totals
from mockocr.recordings.upstream import Passed, PassingError, Upstream
from mockocr.serving.asgi import abort, request_target, respond
from mockocr.serving.routing import Destination, Router

_TEXT = ("Content-Type", "text/plain; charset=utf-8")


class Choice(msgspec.Struct, frozen=True):
    """What to keep. `only` are patterns of operation ids; empty keeps all."""

    only: Sequence[str] = ()
    errors: bool = True
    pictures: bool = False
    masked_texts: bool = False

    def wants(self, operation: str) -> bool:
        return not self.only or any(fnmatchcase(operation, pattern) for pattern in self.only)


class _LeftError(Exception):
    """An exchange is not kept; the text says why."""


class Recorder:
    """The app. `tell` gets a line for each call; `stop` is called when nothing more can be kept."""

    def __init__(
        self,
        router: Router,
        upstream: Upstream,
        kept: Recordings,
        choice: Choice,
        *,
        tell: Callable[[str], None],
        stop: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._router, self._upstream, self._kept, self._choice = router, upstream, kept, choice
        self._tell, self._stop, self._now = tell, stop, now
        self._keeping = asyncio.Lock()  # recordings of one key are served in the order of calls
        self._jobs: dict[str, str] | None = None
        self.totals = Totals()
        self.http2 = Http2Passing(upstream, tell, self.totals.leave)
        self.failure = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = HttpRequest(scope, receive)
        begun, at = time.perf_counter(), self._now()
        host = request.headers.get("host", "")
        owned = self._router.owner(host) is not None
        if not owned and not self._upstream.netloc:
            why = f"mockocr record: {host} is no vendor's host; give --upstream\n"
            await respond(Response(404, why.encode(), (_TEXT,)), request.method, receive, send)
            return
        line = f"{request.method} {request_target(scope).partition('?')[0]}"
        try:
            passed = await self._upstream.forward(
                request, host if owned else self._upstream.netloc, send
            )
        except PassingError as error:
            self.totals.leave("(no response)", str(error))
            self._tell(f"{line}: not kept: {error}")
            if error.status:
                body = f"mockocr record: {error}\n".encode()
                await respond(Response(error.status, body, (_TEXT,)), request.method, receive, send)
            else:
                abort(receive, reset=True)
            return
        milliseconds = (time.perf_counter() - begun) * 1000
        async with self._keeping:
            outcome = await asyncio.to_thread(self._keep, scope, passed, at)
        self._tell(f"{outcome} ({milliseconds:.0f} ms)")

    def _keep(self, scope: Scope, passed: Passed, at: datetime) -> str:
        """Keep the exchange, and say what became of it."""
        totals = self.totals
        totals.sent += passed.sent.size
        totals.received += passed.received.size
        request, found = self._routed(_request(scope, passed, at))
        if found is None or found.match is None:
            why = "mockocr has no such operation"
            totals.leave("(unknown)", why)
            return f"{request.method} {request.path} {passed.status}: not kept: {why}"
        name = found.service.operation_id(found.match.operation)
        line = f"{name} {passed.status} {passed.sent.size} -> {passed.received.size} bytes"
        try:
            path = self._kept_as(found, request, passed, at)
        except (_LeftError, UnreadableRequestError) as error:
            totals.leave(name, str(error))
            return f"{line}: not kept: {error}"
        except StoreFullError as error:
            self.failure = str(error)
            self._stop()
            totals.leave(name, "the recording has ended")
            return f"{line}: not kept, and the recording ends here: {error}"
        totals.keep(name)
        return f"{line}: kept as {path.relative_to(self._kept.path)}"

    def _kept_as(self, found: Destination, request: Request, passed: Passed, at: datetime) -> Path:
        """Write the recording; its file. `_LeftError` and others say why there is none."""
        assert found.match is not None
        service, operation = found.service, found.match.operation
        name = service.operation_id(operation)
        if not (passed.sent.whole and passed.received.whole):
            raise _LeftError("its bodies are too long")
        response = Response(passed.status, _decoded(passed), passed.headers)
        plain = unsigned(service, response)
        request = request.replaced(
            params=found.match.params,
            options=found.vendor.default_options(service.namespace),
        )
        self._count(found, request, plain, name)
        if not self._choice.wants(name):
            raise _LeftError("--only leaves it out")
        refused = is_error(service, request, plain)
        if refused and not self._choice.errors:
            raise _LeftError("it is an error, and --errors is skip")
        if self.failure:
            raise _LeftError("the recording has ended")
        job = named_by(service, request)
        after = self._starts().get(job, "") if job else ""
        if job and not after and not refused:
            raise _LeftError(f"the start of its job is not in {self._kept.path}")
        masked = mask_request(found.vendor, service, operation, request, after)
        text = recording.made(
            found.vendor,
            service,
            operation,
            masked,
            response,
            at,
            host=passed.host,
            texts=self._choice.masked_texts,
        )
        path = self._kept.add(text, masked.files if self._choice.pictures else {})
        if not job and (id := handed_out(service, plain)):
            self._starts()[id] = path.stem
        return path

    def _starts(self) -> dict[str, str]:
        """The names of the recordings that started jobs, by the ids of the jobs."""
        if self._jobs is None:
            self._jobs = {}
            for recording in self._kept.all()[0]:
                _, found = self._routed(recording.request(lambda picture: b""))
                if found is not None and not recording.after:
                    response = unsigned(found.service, recording.response)
                    if id := handed_out(found.service, response):
                        self._jobs[id] = recording.stem
        return self._jobs

    def _routed(self, request: Request) -> tuple[Request, Destination | None]:
        """The request without the prefix of its namespace, and where it goes, if that is known."""
        route = self._router.find(request.host, request.target)
        request = request.replaced(path=route.path, target=route.target, prefix=route.prefix)
        try:
            return request, route.choose(request)
        except ApiError:
            return request, None

    def _count(self, found: Destination, request: Request, response: Response, name: str) -> None:
        assert found.match is not None
        operation, service = found.match.operation, found.service
        if operation.free or not is_billed(service, response, code_of(service, request, response)):
            return
        if operation.price is None or not operation.price.amount:
            self.totals.unpriced[name] += 1
        else:
            self.totals.cost[operation.price.currency] += operation.price.amount  # type: ignore[assignment]  # a Counter adds any number


def _request(scope: Scope, passed: Passed, at: datetime) -> Request:
    target = request_target(scope)
    headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
    path, _, query = target.partition("?")
    body = bytes(passed.sent.data)
    named = tuple((k, passed.host if k == "host" else v) for k, v in headers)
    return Request(scope["method"], path, target, named, query, body, at=at, seed=1, size=len(body))


def _decoded(passed: Passed) -> bytes:
    """The response's body without its content encoding."""
    body = bytes(passed.received.data)
    encoding = next((v for k, v in passed.headers if k.lower() == "content-encoding"), "")
    try:
        if encoding.strip().lower() in ("gzip", "x-gzip"):
            return gzip.decompress(body)
        if encoding.strip().lower() == "deflate":
            return zlib.decompress(body)
    except (OSError, EOFError, zlib.error):
        raise UnreadableRequestError(f"its body is not {encoding}") from None
    if encoding.strip().lower() not in ("", "identity"):
        raise UnreadableRequestError(f"its content encoding is {encoding}")
    return body
