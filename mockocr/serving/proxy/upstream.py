"""Forwards a proxy's request to the real host."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import httpx2
from starlette.requests import Request
from starlette.types import Send

TIMEOUT_SECONDS = 30.0
"""Limit for connecting to the real host, and for each read and write."""
_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade".split()
)
"""Hop-by-hop headers, which a proxy must not forward (RFC 9110, 7.6.1)."""


class UpstreamError(Exception):
    """The real host gave no response; the text says why in one sentence."""


async def forward(request: Request, host: str, via: str, send: Send) -> None:
    """Send the request to the real host and stream its response to `send`.

    `via` is this proxy's name in the `Via` header, by which it recognises its own requests.
    Raises `UpstreamError` when no response arrives; an incomplete response stays incomplete.
    """
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope.get("query_string", b"")
    target = raw + (b"?" + query if query else b"")
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_SECONDS)
    async with httpx2.AsyncHTTPTransport(trust_env=False) as transport:
        try:
            forwarded = httpx2.Request(
                request.method,
                httpx2.URL(f"http://{host}", raw_path=target),
                headers=[*_end_to_end(request.scope["headers"]), (b"Via", f"1.1 {via}".encode())],
                stream=_Body(request) if _has_body(request) else None,
                extensions={"timeout": timeout},
            )
            response = await transport.handle_async_request(forwarded)
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            reason = f"no response from {host}: {error or type(error).__name__}"
            raise UpstreamError(reason) from None
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        start = {"status": response.status_code, "headers": _end_to_end(response.headers.raw)}
        await send({"type": "http.response.start", **start})
        async for chunk in response.stream:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _has_body(request: Request) -> bool:
    return "content-length" in request.headers or "transfer-encoding" in request.headers


class _Body(httpx2.AsyncByteStream):
    """A request's body as a stream."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._request.stream():
            yield chunk


def _end_to_end(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in _HOP]
