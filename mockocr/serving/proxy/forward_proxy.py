"""The forward proxy: requests to the vendors' hosts are served here, all others are refused or
forwarded.

`decide` decides about a CONNECT; `__call__`, an ASGI app, takes requests with a whole URL.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request as HttpRequest
from starlette.types import ASGIApp, Receive, Scope, Send

from mockocr.core.errors import ErrorKind
from mockocr.core.exchange import Exchange
from mockocr.core.http import Headers, Request, Response
from mockocr.core.service import Service
from mockocr.serving.asgi import REQUEST_HEADER, abort, request_target, respond
from mockocr.serving.proxy import ConnectDecision, ConnectRequest, connect_response
from mockocr.serving.proxy.client_filter import ClientFilter
from mockocr.serving.routing import NO_SERVICE, NO_VENDOR

_LOGGED = frozenset({"host", "user-agent", "proxy-connection"})
"""Headers of a request to another host that the journal keeps: the others may hold secrets."""
_TEXT = ("Content-Type", "text/plain; charset=utf-8")

Record = Callable[[Exchange, Response, float], Awaitable[Response]]
"""Notes an exchange, its response and the seconds it took; returns the response to send."""


class Proxy:
    """The proxy's CONNECT decision and its ASGI app.

    `app` serves the hosts for which `owner` returns a service. All other requests are refused; with
    `passing` those of loopback clients and of the clients that it names, as for `ClientFilter`, are
    forwarded to the real host instead. `record` puts both into the journal.
    """

    def __init__(
        self,
        app: ASGIApp,
        owner: Callable[[str], Service | None],
        record: Record,
        *,
        ids: Callable[[], str],
        now: Callable[[], datetime],
        passing: str | None = None,
    ) -> None:
        self._app = app
        self._owner = owner
        self._record = record
        self._ids = ids
        self._now = now
        self._passing = None if passing is None else ClientFilter.parse(passing)
        self._via = f"mockocr-{secrets.token_hex(4)}"

    async def decide(self, connect: ConnectRequest) -> ConnectDecision:
        """Decide whether to serve, relay or refuse a CONNECT."""
        if self._owner(connect.host) is not None:
            return ConnectDecision()
        call = self._call("CONNECT", connect.target, connect.headers, connect.client)
        why = self._objection(connect.client)
        if why:
            response = await self._respond(call, 403, f"the proxy refuses {connect.target}: {why}")
            text = response.body.decode().strip()
            return ConnectDecision(
                connect_response(403, "Forbidden", text, (REQUEST_HEADER, call.request.id))
            )

        async def report(status: int, sentence: str) -> tuple[tuple[str, str], ...]:
            await self._respond(call, status, sentence)
            return ((REQUEST_HEADER, call.request.id),)

        return ConnectDecision(relay=report)

    async def note_malformed(self, target: str, client: str, status: int, why: str) -> Headers:
        """Put a CONNECT that cannot be read into the journal; the headers of its answer."""
        call = self._call("CONNECT", target, (), client)
        call.audit.problem = str(ErrorKind.BAD_BODY)
        await self._respond(call, status, why)
        return ((REQUEST_HEADER, call.request.id),)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive) if scope["type"] == "http" else None
        host = request.headers.get("host", "") if request is not None else ""
        if request is None or self._owner(host) is not None:
            await self._app(scope, receive, send)
            return
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
        client = request.client.host if request.client else ""
        path = request_target(scope).partition("?")[0]
        call = self._call(request.method, f"http://{host}{path}", headers, client)
        why = self._objection(client)
        if not why and (not host or self._via in request.headers.get("via", "")):
            why = "this is the proxy itself"
        if why:
            why = f"the proxy refuses {call.request.target}: {why}"
            response = await self._respond(call, 403, why)
            await respond(response, request.method, receive, send)
        else:
            await self._forward(call, request, host, receive, send)

    async def _forward(
        self, call: Exchange, request: HttpRequest, host: str, receive: Receive, send: Send
    ) -> None:
        # imported here because it loads a whole HTTP client
        from mockocr.serving.proxy.upstream import BrokenResponseError, UpstreamError, forward

        start = time.perf_counter()
        try:
            status = await forward(request, host, self._via, send)
        except UpstreamError as error:
            response = await self._respond(call, 502, str(error), start)
            await respond(response, request.method, receive, send)
        except BrokenResponseError as error:
            await self._respond(call, error.status, str(error), start)
            abort(receive, reset=True)
        else:
            await self._respond(call, status, f"the proxy forwarded this to {host}", start)

    def _objection(self, client: str) -> str:
        """Why the proxy does not pass on requests of this client; empty if it does."""
        if self._passing is None:
            return "it serves only the vendors' hosts (see --proxy-pass)"
        if not self._passing.allows(client):
            return f"it forwards no requests of {client or 'this client'} (see --proxy-clients)"
        return ""

    def _call(self, method: str, target: str, headers: Headers, client: str) -> Exchange:
        logged = tuple(pair for pair in headers if pair[0].lower() in _LOGGED)
        request = Request(
            method, target, target, logged, id=self._ids(), at=self._now(), client=client
        )
        return Exchange(NO_VENDOR, NO_SERVICE, None, request)

    async def _respond(
        self, call: Exchange, status: int, why: str, start: float | None = None
    ) -> Response:
        """Our own response of that status, with its request id; the journal has the reason."""
        seconds = 0.0 if start is None else time.perf_counter() - start
        call.audit.why = why
        if status == 403:
            call.audit.problem = str(ErrorKind.FORBIDDEN)
        elif status == 502:
            call.audit.problem = str(ErrorKind.UNAVAILABLE)
        response = Response(status, f"mockocr: {why}\n".encode(), (_TEXT,))
        response = await self._record(call, response, seconds)
        return response.with_headers((REQUEST_HEADER, call.request.id))
