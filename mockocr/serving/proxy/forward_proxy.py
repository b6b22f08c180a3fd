"""A forward proxy: the vendors' hosts are answered here, every other one is refused or let through.

A client's CONNECT is judged by `admit`; requests with a whole URL come through `__call__`, an ASGI
app before the server's own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request as HttpRequest
from starlette.types import ASGIApp, Receive, Scope, Send

from mockocr.core.http import Headers, Request, Response
from mockocr.core.service import Vendor
from mockocr.serving.asgi import REQUEST_HEADER, respond
from mockocr.serving.pipeline import Exchange, Handler
from mockocr.serving.proxy import ConnectDecision, ConnectRequest, answer
from mockocr.serving.routing import NOBODY

_SHOWN = frozenset({"host", "user-agent", "proxy-connection"})
"""Headers of a refused request that the journal keeps."""


async def refusal(exchange: Exchange) -> Response:
    """The plain 403 for a host that is nobody's; the reason is in the hit."""
    exchange.audit.why = exchange.why
    text = f"mockocr: {exchange.why}\n".encode()
    return Response(403, text, (("Content-Type", "text/plain; charset=utf-8"),))


class Proxy:
    """`app` answers for the hosts that `owner` knows; `refuse` turns the others away and notes it.

    `passing`: they are let through instead.
    """

    def __init__(
        self,
        app: ASGIApp,
        owner: Callable[[str], Vendor | None],
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
        self._mark = f"mockocr-{secrets.token_hex(4)}"

    async def admit(self, tunnel: ConnectRequest) -> ConnectDecision:
        """What becomes of a CONNECT."""
        if self._owner(tunnel.host) is not None:
            return ConnectDecision()
        if self._passing:
            return ConnectDecision(onward=True)
        response, id = await self._refused("CONNECT", tunnel.target, tunnel.headers, tunnel.client)
        sentence = response.body.decode().strip()
        return ConnectDecision(answer(403, "Forbidden", sentence, (REQUEST_HEADER, id)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive) if scope["type"] == "http" else None
        host = request.headers.get("host", "") if request is not None else ""
        if request is None or self._owner(host) is not None:
            await self._app(scope, receive, send)
        elif self._passing and host and self._mark not in request.headers.get("via", ""):
            from mockocr.serving.proxy.upstream import (  # loads a whole HTTP client
                UpstreamError,
                forward,
            )

            try:
                await forward(request, host, self._mark, send)
            except UpstreamError as error:
                said = f"mockocr: {error}\n".encode()
                response = Response(502, said, (("Content-Type", "text/plain; charset=utf-8"),))
                await respond(response, request.method, receive, send)
        else:
            headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
            client = request.client.host if request.client else ""
            target = f"http://{host}{request.url.path}"
            response, id = await self._refused(request.method, target, headers, client)
            response = response.with_headers((REQUEST_HEADER, id))
            await respond(response, request.method, receive, send)

    async def _refused(
        self, method: str, target: str, headers: Headers, client: str
    ) -> tuple[Response, str]:
        id = self._ids()
        # what a client sends to others may be secret, and explains nothing here
        shown = tuple(pair for pair in headers if pair[0].lower() in _SHOWN)
        call = Request(method, target, target, shown, id=id, at=self._now(), client=client)
        why = f"the proxy refuses {target}: it serves the vendors' hosts alone (see --proxy-pass)"
        if self._passing:
            why = f"the proxy refuses {target}: that is the proxy itself"
        return await self._refuse(Exchange(NOBODY, None, call, why=why)), id
