"""What uvicorn's HTTP protocols here have in common: bounds on heads, trailers and pipelining, a
deadline for heads, and a response in JSON for each request that breaks one or cannot be parsed.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from http import HTTPStatus
from typing import Any

from mockocr.core.http import dump_json
from mockocr.serving.asgi import REQUEST_HEADER, REQUEST_ID, STATUS, UNPARSABLE
from mockocr.serving.disconnection import on_disconnect
from mockocr.serving.joined_writes import JoinedWrites

HEAD_SECONDS = 10.0
"""How long a client may take to send the head of a request, by default."""
MAX_HEAD = 64 * 1024
"""Bytes of a head, of trailers, or of chunk sizes without a chunk: as many as h11 allows."""
MAX_PIPELINED = 100
"""Requests that may wait on one connection for the answer to an earlier one."""
_KEPT = 2048
"""How many bytes of an unparsable request to keep for logging."""


class BoundedProtocol(asyncio.Protocol):
    """Extends uvicorn's HTTP protocols. Both have the members below and `send_400_response`.

    A request that is refused here is passed to the app for logging, in a scope of type
    `UNPARSABLE`.
    """

    app: Any
    client: tuple[str, int] | None
    cycle: Any
    pipeline: Any = ()
    scheme: Any
    scope: Any
    tasks: set[asyncio.Task[Any]]
    transport: asyncio.Transport

    head_seconds = HEAD_SECONDS
    _head = b""
    _previous_cycle: Any = None
    _deadline: asyncio.TimerHandle | None = None
    _last_words = b""
    """The refusal to send after the answers to earlier requests."""

    def in_head(self) -> bool:
        """True while a part of a head has been received, and not its end."""
        raise NotImplementedError  # the subclasses for h11 and httptools know their parsers

    def connection_made(self, transport: Any) -> None:
        super().connection_made(JoinedWrites(transport))  # type: ignore[arg-type]
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        super().connection_lost(exc)
        on_disconnect(self.cycle)

    def data_received(self, data: bytes) -> None:
        if self._last_words or self.transport.is_closing():
            return
        if self.cycle is not self._previous_cycle:
            self._previous_cycle, self._head = self.cycle, b""
        if not self._in_body():
            self._head = (self._head + data[:_KEPT])[:_KEPT]
        super().data_received(data)
        if not self.in_head():
            self._cancel_deadline()
        elif self._deadline is None:
            self._set_deadline()

    def send_400_response(self, msg: str) -> None:
        """Refuse the request; uvicorn calls this while it handles the parser's error."""
        error = sys.exception()
        # httptools wraps an error from uvicorn's own parsing callbacks
        cause = (error and error.__context__) or error
        reason = f"the HTTP request cannot be parsed: {_printable(str(cause or msg))}"
        status = getattr(cause, "error_status_hint", 400)
        if status == 431 and b"\n" not in self._head:  # the request line alone is too long
            status = 400
        self.refuse(status, reason)

    def refuse(self, status: int, why: str) -> None:
        """Send this answer after those to earlier requests, log it, and close the connection."""
        self._cancel_deadline()
        id = secrets.token_hex(16)
        if self._in_body():
            self.scope[UNPARSABLE], self.scope[STATUS], self.scope[REQUEST_ID] = why, status, id
            started, cycle = self.cycle.response_started, self.cycle
            if self.pipeline and self.pipeline[0][0] is cycle:
                self.pipeline.popleft()  # it never starts, so it is logged here
                cycle.response_complete = True
                self._start(self._log_request(why, status, id))
                self._answer_last(_response(status, why, id))
                return
            if not started:
                self.transport.write(_response(status, why, id))
            self.transport.close()
            return
        self._start(self._log_request(why, status, id))
        if self._is_answering():
            self._answer_last(_response(status, why, id))
        else:
            self.transport.write(_response(status, why, id))
            self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()  # type: ignore[misc]  # uvicorn's protocols have it
        if self._last_words and not self._is_answering():
            self.transport.write(self._last_words)
            self.transport.close()

    def _answer_last(self, response: bytes) -> None:
        """Send `response` after those to earlier requests, and read nothing more."""
        self._last_words = response
        if self.transport.is_reading():
            self.transport.pause_reading()

    def _is_answering(self) -> bool:
        """True if earlier requests of this connection are not answered yet."""
        return bool(self.pipeline) or (self.cycle is not None and not self.cycle.response_complete)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _set_deadline(self) -> None:
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self.head_seconds, self._head_is_late)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _head_is_late(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if self.in_head():
            self.refuse(408, f"the head of the request took more than {self.head_seconds:g} s")
        elif self.cycle is None:
            self.transport.close()  # a client that connected and sent nothing

    async def _log_request(self, why: str, status: int, id: str) -> None:
        # with several requests in one packet, `_head` belongs to the first, which was parsed
        head = self._head if self.cycle is self._previous_cycle else b""
        method, _, rest = head.partition(b"\n")[0].strip().partition(b" ")
        target, space, version = rest.rpartition(b" ")
        scope: dict[str, Any] = {
            "type": UNPARSABLE,
            "method": method.decode("latin-1") if rest else "",
            "path": "",
            "raw_path": target if space and version.startswith(b"HTTP/") else rest,
            "headers": [],
            "client": self.client,
            "scheme": self.scheme or "http",
            UNPARSABLE: why,
            STATUS: status,
            REQUEST_ID: id,
        }
        await self.app(scope, _receive_disconnect, _discard)

    def _in_body(self) -> bool:
        cycle = self.cycle
        return cycle is not None and cycle.more_body and not cycle.response_complete


class CallbackBounds(BoundedProtocol):
    """The bounds that httptools itself lacks: it calls back and keeps what it is given.

    `_quiet` counts the bytes since a head, a chunk or a message ended, `_head_size` those of the
    headers.
    """

    _quiet = 0
    _head_size = 0
    _reading_head = False

    def in_head(self) -> bool:
        return self._reading_head

    def data_received(self, data: bytes) -> None:
        self._quiet += len(data)
        super().data_received(data)
        if self._last_words or self.transport.is_closing():
            return
        if self._quiet > MAX_HEAD:
            part = "trailers or chunk sizes" if self._in_body() else "head"
            self._refuse_long(f"the {part} of the request")

    def on_message_begin(self) -> None:
        self._reading_head, self._head_size = True, 0
        super().on_message_begin()  # type: ignore[misc]  # these are uvicorn's callbacks

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._reading_head:  # trailers are dropped
            self._head_size += len(name) + len(value)
            super().on_header(name, value)  # type: ignore[misc]

    def on_headers_complete(self) -> None:
        self._reading_head, self._quiet = False, 0
        if self._head_size > MAX_HEAD:
            raise _BoundError(f"its headers have more than {MAX_HEAD} bytes", 431)
        if len(self.pipeline) >= MAX_PIPELINED:
            waiting = f"{MAX_PIPELINED} requests wait for the answer to another one"
            raise _BoundError(f"{waiting} on this connection", 400)
        super().on_headers_complete()  # type: ignore[misc]

    def on_body(self, body: bytes) -> None:
        self._quiet = 0
        super().on_body(body)  # type: ignore[misc]

    def on_message_complete(self) -> None:
        self._quiet = 0
        super().on_message_complete()  # type: ignore[misc]

    def _refuse_long(self, part: str) -> None:
        # a request line alone that is too long cannot be told from garbage
        status = 431 if b"\n" in self._head else 400
        self.refuse(status, f"{part} has more than {MAX_HEAD} bytes")


class _BoundError(Exception):
    """A request breaks a bound; the parser passes this on to `send_400_response`."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.error_status_hint = status


def _response(status: int, why: str, id: str) -> bytes:
    body = dump_json({"error": why})
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Length: {len(body)}",
        "Content-Type: application/json",
        f"{REQUEST_HEADER}: {id}",
        "Connection: close",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


async def _receive_disconnect() -> Any:
    return {"type": "http.disconnect"}


async def _discard(message: Any) -> None:
    """A `send` that discards messages."""


def _printable(reason: str) -> str:
    """At most 200 printable characters of `reason`."""
    plain = reason.encode("ascii", "backslashreplace").decode()
    return plain if len(plain) <= 200 else f"{plain[:200]}…"
