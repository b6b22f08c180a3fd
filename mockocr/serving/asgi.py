"""ASGI to `Request`, `Response` to ASGI: the one room that knows the framework's way to read and
write.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.types import Receive, Scope, Send

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Headers, Request, Response
from mockocr.serving.pipeline import Exchange, Handler
from mockocr.serving.routing import NOBODY, Route, Router

REQUEST_HEADER = "X-Mockocr-Request"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
UNREADABLE = "mockocr.unreadable"
"""Type of the scope that stands for bytes in which the server found no request, and answered so:
`method` and `raw_path` as far as they were told, and under this name why. A request whose body
broke off in that way has the reason under this name in its own scope.
"""
STALL_SECONDS = 5.0
"""How long a body may stand still before it counts as cut off."""


class Endpoint:
    """Every vendor's endpoints as one ASGI app.

    `ids` gives a fresh request id, `seeds` a random number for the call, `now` the test's clock,
    `choices` the settings in force per vendor name, to be replaced when they are read again.
    """

    def __init__(
        self,
        router: Router,
        handle: Handler,
        *,
        ids: Callable[[], str],
        seeds: Callable[[], int],
        now: Callable[[], datetime],
        choices: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._router = router
        self._handle = handle
        self._ids = ids
        self._seeds = seeds
        self._now = now
        self.choices = choices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
        if scope["type"] == UNREADABLE:
            await self._handle(self._unreadable(scope, headers, b"", 0))
            return
        host = next((value for name, value in headers if name.lower() == "host"), "")
        route = self._router.find(host, _target(scope))
        body, size, whole = await _read(receive, route.body_limit)
        if UNREADABLE in scope:  # the server has answered and hung up
            await self._handle(self._unreadable(scope, headers, body, size))
            return
        exchange = self._hit(scope, route, headers, body, size, whole)
        response = await self._handle(exchange)
        response = response.with_headers((REQUEST_HEADER, exchange.request.id))
        await respond(response, exchange.request.method, receive, send)

    def _hit(
        self, scope: Scope, route: Route, headers: Headers, body: bytes, size: int, whole: bool
    ) -> Exchange:
        client = scope.get("client")
        request = Request(
            method=scope["method"],
            path=route.path,
            target=route.target,
            headers=headers,
            query=route.target.partition("?")[2],
            body=body,
            id=self._ids(),
            at=self._now(),
            seed=self._seeds(),
            size=size,
            scheme=scope.get("scheme", "http"),
            client=client[0] if client else "",
            prefix=route.prefix,
        )
        vendor, match, problem = route.choose(request)
        request = request.replaced(
            params=match.params if match else {},
            choices=self.choices.get(vendor.name, {}),
            oversize=size > vendor.body_limit,
        )
        why = f"{request.method} {request.path}" if problem else ""
        if not whole and problem is None:
            problem, why = ErrorKind.BAD_BODY, f"the body stopped after {size} bytes"
        return Exchange(
            vendor, match.operation if match else None, request, refuse=problem, why=why
        )

    def _unreadable(self, scope: Scope, headers: Headers, body: bytes, size: int) -> Exchange:
        target, client, why = _target(scope), scope.get("client"), scope[UNREADABLE]
        request = Request(
            method=scope["method"],
            path=target.partition("?")[0],
            target=target,
            headers=headers,
            body=body,
            id=self._ids(),
            at=self._now(),
            seed=self._seeds(),
            size=size,
            scheme=scope.get("scheme", "http"),
            client=client[0] if client else "",
        )
        row = ErrorEntry(400, "unreadable", why, "doc: this project", (ErrorKind.BAD_BODY,))
        return Exchange(NOBODY, None, request, refuse=row, why=why)


def _target(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if not path.startswith(b"/"):  # a whole URL, as for a proxy: h11 hands it on as it came
        path = re.sub(rb"(?i)^https?://[^/]*", b"", path) or b"/"
    query: bytes = scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


async def _read(receive: Receive, limit: int) -> tuple[bytes, int, bool]:
    """The body up to the limit, how many bytes came in all, and whether it came whole.

    What is beyond the limit is read and dropped, so that the client gets to read its answer.
    """
    kept: list[bytes] = []  # joined once: a body of one chunk is not copied at all
    size, more = 0, True
    loop = asyncio.get_running_loop()
    moved = loop.time()
    try:
        # one timer, set once the loop has to wait and moved on now and then: a timer costs more
        # than all the rest of reading
        async with asyncio.timeout(None) as patience:
            waiting = loop.call_soon(patience.reschedule, moved + STALL_SECONDS)
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    break
                chunk, more = message.get("body", b""), message.get("more_body", False)
                if loop.time() - moved > STALL_SECONDS / 10:
                    moved = loop.time()
                    patience.reschedule(moved + STALL_SECONDS)
                size += len(chunk)
                if size <= limit:
                    kept.append(chunk)
                else:
                    kept.clear()
            waiting.cancel()
    except TimeoutError:
        pass
    return b"".join(kept), size, not more


async def respond(response: Response, method: str, receive: Receive, send: Send) -> None:
    """Send the reply, whole or in the way that its `wire` says."""
    if response.wire == "reset":
        _abort(receive, reset=True)
    elif response.wire == "empty":
        _abort(receive, reset=False)
    else:
        await _send(response, method, receive, send)


async def _send(response: Response, method: str, receive: Receive, send: Send) -> None:
    headers = [(k.encode("latin-1"), _header_value(v)) for k, v in response.headers]
    if response.status >= 200 and response.status not in (204, 304):
        headers.append((b"Content-Length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    body = b"" if method == "HEAD" else response.body
    if response.wire == "truncated":
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        _abort(receive, reset=False)
        return
    if response.drip > 0:
        step = max(1, round(response.drip / 10))
        while len(body) > step:
            await send({"type": "http.response.body", "body": body[:step], "more_body": True})
            body = body[step:]
            await asyncio.sleep(step / response.drip)
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _header_value(text: str) -> bytes:
    """latin-1 as it came in, UTF-8 for what latin-1 cannot hold, control characters as blanks."""
    flat = _CONTROL.sub(" ", text)
    try:
        return flat.encode("latin-1")
    except UnicodeEncodeError:
        return flat.encode("utf-8", "replace")


def _abort(receive: Receive, *, reset: bool) -> None:
    """Close the connection under the answer: with RST, or with a plain end.

    uvicorn's request cycle is the object behind `receive`; it holds the transport and marks itself
    disconnected, so the missing rest of the answer is not reported as a fault of the app.
    """
    cycle: Any = getattr(receive, "__self__", None)
    transport: asyncio.Transport | None = getattr(cycle, "transport", None)
    if transport is None:
        raise ConnectionResetError("the fault asks for a broken connection, and there is no socket")
    if reset:
        raw = transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
    cycle.disconnected = True
