"""Hands a proxy's request on to the host that it is really for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import httpx2
from starlette.requests import Request
from starlette.types import Send

SECONDS = 30.0
"""For a host that is let through, to connect and for each read."""
_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade".split()
)
"""Headers between two neighbours, which a proxy does not hand on (RFC 9110, 7.6.1)."""


class UpstreamError(Exception):
    """The host could not be reached or broke off; the text is one sentence."""


async def forward(request: Request, host: str, mark: str, send: Send) -> None:
    """Ask the real host and hand its answer on as it comes.

    `mark` is this proxy's name for `Via`, by which it knows a request that came back to it.
    `NoAnswer` when none begins; an answer that breaks off breaks off here too.
    """
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope.get("query_string", b"")
    target = raw + (b"?" + query if query else b"")
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    async with httpx2.AsyncHTTPTransport(trust_env=False) as transport:
        try:
            onward = httpx2.Request(
                request.method,
                httpx2.URL(f"http://{host}", raw_path=target),
                headers=[*_kept(request.scope["headers"]), (b"Via", f"1.1 {mark}".encode())],
                stream=_Body(request) if _has_body(request) else None,
                extensions={"timeout": timeout},
            )
            response = await transport.handle_async_request(onward)
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            said = f"{host} gave no answer: {error or type(error).__name__}"
            raise UpstreamError(said) from None
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        start = {"status": response.status_code, "headers": _kept(response.headers.raw)}
        await send({"type": "http.response.start", **start})
        async for chunk in response.stream:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _has_body(request: Request) -> bool:
    return "content-length" in request.headers or "transfer-encoding" in request.headers


class _Body(httpx2.AsyncByteStream):
    """A request's body, handed on as it comes."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._request.stream():
            yield chunk


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in _HOP]
