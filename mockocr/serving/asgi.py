"""ASGI to `Request`, `Response` to ASGI: the only module that reads and writes ASGI messages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.types import Receive, Scope, Send

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Headers, Request, Response
from mockocr.core.service import Vendor
from mockocr.serving.body import before_decoding, read_body
from mockocr.serving.disconnection import watch
from mockocr.serving.header_name import header_name
from mockocr.serving.routing import NO_SERVICE, NO_VENDOR, Route, Router

log = logging.getLogger("mockocr")

REQUEST_HEADER = "X-Mockocr-Request"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
UNPARSABLE = "mockocr.unparsable"
"""Scope type for a request that could not be parsed and that the server has already answered.

`method` and `raw_path` hold what could be read of them, and the key of this name says why. A
request whose body broke off has the reason under the same key in its own scope.
"""
SHUTDOWN = "the server shuts down and this request did not finish in time"
"""The message of the cancellation with which the server asks for a last answer."""
_DEFECT = "a defect of mockocr"
_CONTENT_LENGTH = header_name(b"Content-Length")
STATUS, REQUEST_ID = "mockocr.status", "mockocr.request_id"
"""Keys of such a scope: the status and the request id that the server has answered."""


class Options:
    """The options in force for each namespace: the defaults, and what the settings change."""

    def __init__(self, vendors: Sequence[Vendor]) -> None:
        self._defaults = {
            namespace: vendor.default_options(namespace)
            for vendor in vendors
            for namespace in vendor.namespaces
        }
        self._in_force: Mapping[str, Mapping[str, str]] = self._defaults

    def apply(self, changes: Mapping[str, Mapping[str, str]]) -> None:
        """Replaces the defaults by these, given by namespace and name."""
        self._in_force = {
            namespace: {**defaults, **changes.get(namespace, {})}
            for namespace, defaults in self._defaults.items()
        }

    def of(self, namespace: str) -> Mapping[str, str]:
        """Every option of the namespace with its value."""
        return self._in_force.get(namespace, {})


class Endpoint:
    """Every vendor's endpoints as one ASGI app.

    `ids` returns a fresh request id, `seeds` a random number for the request, `now` the time on the
    test clock. `body_rate` is the least number of bytes a second for a body.
    """

    def __init__(
        self,
        router: Router,
        handle: Handler,
        options: Options,
        *,
        ids: Callable[[], str],
        seeds: Callable[[], int],
        now: Callable[[], datetime],
        body_rate: int = 0,
    ) -> None:
        self._router = router
        self._handle = handle
        self._options = options
        self._ids = ids
        self._seeds = seeds
        self._now = now
        self._body_rate = body_rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = tuple([(k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"]])
        if scope["type"] == UNPARSABLE:
            await self._handle(self._unparsable(scope, headers, b"", 0))
            return
        host = length = ""
        for name, value in reversed(headers):  # the first of several
            lower = name.lower()
            if lower == "host":
                host = value
            elif lower == "content-length":
                length = value
        route = self._router.find(host, request_target(scope))
        # the parser has checked that the length is a number
        announced = int(length) if length.isascii() and length.isdigit() else 0
        if announced > route.body_limit:  # the parser drops what still comes of the body
            body, size, whole = b"", announced, True
        else:
            body, size, whole = await read_body(receive, route.body_limit, self._body_rate)
        if UNPARSABLE in scope:  # the server has answered and closed the connection
            await self._handle(self._unparsable(scope, headers, body, size))
            return
        request = self._request(
            scope,
            headers,
            body,
            size,
            path=route.path,
            target=route.target,
            query=route.target.partition("?")[2],
            prefix=route.prefix,
        )
        exchange = await before_decoding(request, lambda: self._exchange(request, route, whole))
        watch(receive)
        try:
            response = await self._handle(exchange)
        except asyncio.CancelledError as error:
            if SHUTDOWN not in error.args:
                raise
            unavailable = ApiError(ErrorKind.UNAVAILABLE, SHUTDOWN)
            response = await self._handle(exchange.replaced(refusal=unavailable))
        except Exception:  # the pipeline catches its own; this one is around it
            log.exception("defect around %s, request %s", exchange.name, exchange.request.id)
            response = await self._after_defect(exchange)
        response = response.with_headers((REQUEST_HEADER, exchange.request.id))
        if not whole:  # what comes next on this connection may be the rest of the body
            response = response.with_headers(("Connection", "close"))
        await respond(response, exchange.request.method, receive, send)

    async def _after_defect(self, exchange: Exchange) -> Response:
        """The vendor's internal error, in the journal; a plain one if that cannot be made."""
        try:
            refusal = ApiError(ErrorKind.INTERNAL, _DEFECT)
            return await self._handle(exchange.replaced(refusal=refusal))
        except Exception:
            entry = ErrorEntry(500, "defect", _DEFECT, "doc: this project", (ErrorKind.INTERNAL,))
            plain = Exchange(NO_VENDOR, NO_SERVICE, None, exchange.request)
            return await self._handle(plain.replaced(refusal=ApiError(entry, _DEFECT)))

    async def _exchange(self, request: Request, route: Route, whole: bool) -> Exchange:
        refusal = None
        try:
            destination = route.choose(request)
        except ApiError as error:  # the body would tell the operation, and cannot be decoded
            destination, refusal = route.undecided, error
        service, match = destination.service, destination.match
        request = request.replaced(
            params=match.params if match else {},
            options=self._options.of(service.namespace),
            oversize=request.size > service.body_limit,
        )
        if destination.refusal is not None:
            refusal = refusal or ApiError(destination.refusal, f"{request.method} {request.path}")
        elif not whole:
            refusal = ApiError(ErrorKind.BAD_BODY, f"the body stopped after {request.size} bytes")
        operation = match.operation if match else None
        return Exchange(destination.vendor, service, operation, request, refusal=refusal)

    def _unparsable(self, scope: Scope, headers: Headers, body: bytes, size: int) -> Exchange:
        target, why = request_target(scope), scope[UNPARSABLE]
        path = target.partition("?")[0]
        request = self._request(scope, headers, body, size, path=path, target=target)
        status = scope.get(STATUS, 400)
        request = request.replaced(id=scope.get(REQUEST_ID) or request.id)
        entry = ErrorEntry(status, "unparsable", why, "doc: this project", (ErrorKind.BAD_BODY,))
        return Exchange(NO_VENDOR, NO_SERVICE, None, request, refusal=ApiError(entry, why))

    def _request(
        self,
        scope: Scope,
        headers: Headers,
        body: bytes,
        size: int,
        *,
        path: str,
        target: str,
        query: str = "",
        prefix: str = "",
    ) -> Request:
        client = scope.get("client")
        return Request(
            method=scope["method"],
            headers=headers,
            body=body,
            id=self._ids(),
            at=self._now(),
            seed=self._seeds(),
            size=size,
            scheme=scope.get("scheme", "http"),
            client=client[0] if client else "",
            path=path,
            target=target,
            query=query,
            prefix=prefix,
        )


def request_target(scope: Scope) -> str:
    """The raw path and query as sent, without the host of a whole URL."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if not path.startswith(b"/"):  # a whole URL, as a proxy gets it: h11 passes it on unchanged
        path = re.sub(rb"(?i)^https?://[^/]*", b"", path) or b"/"
    query: bytes = scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


async def respond(response: Response, method: str, receive: Receive, send: Send) -> None:
    """Sends the response, whole or in the way that its `wire` says."""
    if response.wire == "reset":
        abort(receive, reset=True)
    elif response.wire == "empty":
        abort(receive, reset=False)
    else:
        await _send(response, method, receive, send)


async def _send(response: Response, method: str, receive: Receive, send: Send) -> None:
    headers = [(header_name(k.encode("latin-1")), _header_value(v)) for k, v in response.headers]
    if response.status >= 200 and response.status not in (204, 304):
        headers.append((_CONTENT_LENGTH, b"%d" % len(response.body)))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    body = b"" if method == "HEAD" else response.body
    if response.wire == "truncated":
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        abort(receive, reset=False)
        return
    if response.drip > 0:
        step = max(1, round(response.drip / 10))
        while len(body) > step:
            await send({"type": "http.response.body", "body": body[:step], "more_body": True})
            body = body[step:]
            await asyncio.sleep(step / response.drip)
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _header_value(text: str) -> bytes:
    """latin-1, or UTF-8 for what latin-1 cannot hold; control characters become blanks."""
    flat = text if text.isprintable() else _CONTROL.sub(" ", text)
    try:
        return flat.encode("latin-1")
    except UnicodeEncodeError:
        return flat.encode("utf-8", "replace")


def abort(receive: Receive, *, reset: bool) -> None:
    """Close the connection in the middle of the response: with RST, or in the plain way.

    uvicorn's request cycle is the object behind `receive`; it holds the transport. Marked as
    disconnected, it does not report the incomplete response as an error of the app.
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
