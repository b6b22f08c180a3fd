"""Forwards a proxy's request to the real host."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import httpx2
from starlette.requests import ClientDisconnect, Request
from starlette.types import Send

from mockocr.serving.asgi import request_target
from mockocr.serving.header_name import header_name

TIMEOUT_SECONDS = 30.0
"""Limit for connecting to the real host, and for each read and write."""
_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade".split()
)
"""Headers of one connection, which a proxy does not forward, beside those that `Connection` names
(RFC 9110, 7.6.1)."""
Headers = Sequence[tuple[bytes, bytes]]


class UpstreamError(Exception):
    """The real host gave no response; the text says why in one sentence."""


class BrokenResponseError(Exception):
    """The response of the real host broke off after its head, which had the status `status`."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


async def forward(request: Request, host: str, via: str, send: Send) -> int:
    """Send the request to the real host, stream its response to `send`, and return its status.

    `via` is this proxy's name in the `Via` header, by which it recognises its own requests.
    Raises `UpstreamError` when no response arrives, and `BrokenResponseError` when a response that
    has already begun breaks off.
    """
    target = request_target(request.scope).encode("latin-1")
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_SECONDS)
    named = (b"Via", f"1.1 {via}".encode())
    async with httpx2.AsyncHTTPTransport(trust_env=False) as transport:
        try:
            forwarded = httpx2.Request(
                request.method,
                httpx2.URL(f"http://{host}", raw_path=target),
                headers=[*_request_headers(request.scope["headers"]), named],
                stream=_Body(request) if _has_body(request) else None,
                extensions={"timeout": timeout},
            )
            response = await transport.handle_async_request(forwarded)
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            reason = f"no response from {host}: {error or type(error).__name__}"
            raise UpstreamError(reason) from None
        except ClientDisconnect:
            raise UpstreamError("the client disconnected before its request was whole") from None
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        headers = [(header_name(k), v) for k, v in (*_end_to_end(response.headers.raw), named)]
        start = {"status": response.status_code, "headers": headers}
        await send({"type": "http.response.start", **start})
        try:
            async for chunk in response.stream:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except httpx2.TransportError as error:
            reason = f"the response of {host} broke off: {error or type(error).__name__}"
            raise BrokenResponseError(reason, response.status_code) from None
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return response.status_code


def _has_body(request: Request) -> bool:
    return "content-length" in request.headers or "transfer-encoding" in request.headers


class _Body(httpx2.AsyncByteStream):
    """A request's body as a stream."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._request.stream():
            if chunk:  # an empty chunk would end a chunked body
                yield chunk


def _request_headers(headers: Headers) -> list[tuple[bytes, bytes]]:
    """The headers for the real host. A chunked body goes on as chunks: its length is unknown."""
    kept = _end_to_end(headers)
    if any(name.lower() == b"transfer-encoding" for name, _ in headers):
        kept = [(name, value) for name, value in kept if name.lower() != b"content-length"]
        kept.append((b"Transfer-Encoding", b"chunked"))
    return kept


def _end_to_end(headers: Headers) -> list[tuple[bytes, bytes]]:
    values = (value for name, value in headers if name.lower() == b"connection")
    dropped = _HOP.union(name.strip().lower() for value in values for name in value.split(b","))
    return [(name, value) for name, value in headers if name.lower() not in dropped]
