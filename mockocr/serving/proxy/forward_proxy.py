"""The forward proxy: requests to the vendors' hosts are served here, all others are refused or
forwarded.

`decide` decides about a CONNECT; `__call__`, an ASGI app, takes requests with a whole URL.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request as HttpRequest
from starlette.types import ASGIApp, Receive, Scope, Send

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Headers, Request, Response
from mockocr.core.service import Service
from mockocr.serving.asgi import REQUEST_HEADER, respond
from mockocr.serving.proxy import ConnectDecision, ConnectRequest, connect_response
from mockocr.serving.routing import NO_SERVICE, NO_VENDOR

_LOGGED = frozenset({"host", "user-agent", "proxy-connection"})
"""Headers of a refused request that the journal keeps."""
_TEXT = ("Content-Type", "text/plain; charset=utf-8")


async def refusal(exchange: Exchange) -> Response:
    """The plain 403 for a host that belongs to no vendor; the exchange has the reason."""
    assert exchange.refusal is not None
    exchange.audit.why = exchange.refusal.detail
    return Response(403, f"mockocr: {exchange.audit.why}\n".encode(), (_TEXT,))


class Proxy:
    """The proxy's CONNECT decision and its ASGI app.

    `app` serves the hosts for which `owner` returns a service. `refuse` answers and logs requests
    to all other hosts; with `passing` they are forwarded to the real host instead.
    """

    def __init__(
        self,
        app: ASGIApp,
        owner: Callable[[str], Service | None],
        refuse: Handler,
        *,
        ids: Callable[[], str],
        now: Callable[[], datetime],
        passing: bool = False,
    ) -> None:
        self._app = app
        self._owner = owner
        self._refuse = refuse
        self._ids = ids
        self._now = now
        self._passing = passing
        self._via = f"mockocr-{secrets.token_hex(4)}"

    async def decide(self, connect: ConnectRequest) -> ConnectDecision:
        """Decide whether to serve, relay or refuse a CONNECT."""
        if self._owner(connect.host) is not None:
            return ConnectDecision()
        if self._passing:
            return ConnectDecision(relay=True)
        response, id = await self._refused(
            "CONNECT", connect.target, connect.headers, connect.client
        )
        text = response.body.decode().strip()
        return ConnectDecision(connect_response(403, "Forbidden", text, (REQUEST_HEADER, id)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive) if scope["type"] == "http" else None
        host = request.headers.get("host", "") if request is not None else ""
        if request is None or self._owner(host) is not None:
            await self._app(scope, receive, send)
        elif self._passing and host and self._via not in request.headers.get("via", ""):
            await self._forward(request, host, receive, send)
        else:
            headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
            client = request.client.host if request.client else ""
            target = f"http://{host}{request.url.path}"
            response, id = await self._refused(request.method, target, headers, client)
            response = response.with_headers((REQUEST_HEADER, id))
            await respond(response, request.method, receive, send)

    async def _forward(self, request: HttpRequest, host: str, receive: Receive, send: Send) -> None:
        # imported here because it loads a whole HTTP client
        from mockocr.serving.proxy.upstream import UpstreamError, forward

        try:
            await forward(request, host, self._via, send)
        except UpstreamError as error:
            response = Response(502, f"mockocr: {error}\n".encode(), (_TEXT,))
            await respond(response, request.method, receive, send)

    async def _refused(
        self, method: str, target: str, headers: Headers, client: str
    ) -> tuple[Response, str]:
        id = self._ids()
        # headers meant for another host may hold secrets, so only harmless ones are logged
        logged = tuple(pair for pair in headers if pair[0].lower() in _LOGGED)
        request = Request(method, target, target, logged, id=id, at=self._now(), client=client)
        why = f"the proxy refuses {target}: it serves only the vendors' hosts (see --proxy-pass)"
        if self._passing:
            why = f"the proxy refuses {target}: this is the proxy itself"
        error = ApiError(ErrorKind.FORBIDDEN, why)
        return await self._refuse(Exchange(NO_VENDOR, NO_SERVICE, None, request, refusal=error)), id
