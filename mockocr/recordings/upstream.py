"""Passes a request on to the real vendor, streams the response back, and keeps copies of both."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import httpx2
import msgspec
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import Send

from mockocr.serving.asgi import request_target
from mockocr.serving.header_name import header_name

SECONDS = 60.0
"""Limit for connecting to the vendor, and for each read and write."""
MAX_KEPT = 48 * 1024 * 1024
"""Bytes of a body of which a copy is kept; a longer one is passed on all the same."""
_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade".split()
)


class PassingError(Exception):
    """The vendor's response did not come whole; the text says why in one sentence.

    `status` is what the caller gets instead of a response: 502 or 504, or 0 if the connection must
    be reset, because the vendor's broke off too.
    """

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class Copy(msgspec.Struct):
    """The first `MAX_KEPT` bytes of a body; `size` counts all of them."""

    data: bytearray = msgspec.field(default_factory=bytearray)
    size: int = 0

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size <= MAX_KEPT:
            self.data += chunk
        else:
            self.data.clear()

    @property
    def whole(self) -> bool:
        return self.size <= MAX_KEPT


class Passed(msgspec.Struct):
    """One exchange with the vendor as it was on the wire."""

    host: str
    sent: Copy
    status: int
    headers: tuple[tuple[str, str], ...]
    received: Copy


class Upstream:
    """Connections to the real vendors.

    `base` is the URL of a server that takes all requests in place of the vendors' hosts; it gets
    the vendor's name in the Host header and in the TLS handshake. `authority` is a file of CA
    certificates to trust besides the system's. Each read may take `seconds`.
    """

    def __init__(self, base: str = "", authority: str = "", seconds: float = SECONDS) -> None:
        self._base = urlsplit(base) if base else None
        self._seconds = seconds
        self._authority = authority
        self._transport = httpx2.AsyncHTTPTransport(verify=self._trust(), trust_env=False)

    @property
    def netloc(self) -> str:
        """Host and port of `base`, empty without one."""
        return self._base.netloc if self._base else ""

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._authority:
            context.load_verify_locations(self._authority)
        return context

    async def open_http2(self, protocol: Callable[[], asyncio.Protocol], host: str) -> None:
        """Connect to the vendor by TLS and HTTP/2; OSError or TimeoutError if that fails."""
        context = self._trust()
        context.set_alpn_protocols(["h2"])
        at = urlsplit(f"//{host}:443") if self._base is None else self._base
        async with asyncio.timeout(self._seconds):
            await asyncio.get_running_loop().create_connection(
                protocol, at.hostname or host, at.port or 443, ssl=context, server_hostname=host
            )

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def forward(self, request: HttpRequest, host: str, send: Send) -> Passed:
        """Pass the request on with `host` in its Host header, and the response to `send`."""
        sent, received = Copy(), Copy()
        try:
            response = await self._transport.handle_async_request(self._made(request, host, sent))
        except httpx2.TimeoutException:
            raise PassingError(f"{host} gave no response in {self._seconds:g} s", 504) from None
        except (httpx2.ConnectError, httpx2.InvalidURL, ValueError) as error:
            raise PassingError(f"cannot connect to {host}: {error or 'refused'}", 502) from None
        except httpx2.TransportError as error:
            reason = f"the connection to {host} broke off: {error or type(error).__name__}"
            raise PassingError(reason, 0) from None
        except ClientDisconnect:
            raise PassingError("the client disconnected before its request was whole", 0) from None
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        raw = [(k, v) for k, v in response.headers.raw if k.lower() not in _HOP]
        named = [(header_name(k), v) for k, v in raw]
        status = response.status_code
        await send({"type": "http.response.start", "status": status, "headers": named})
        try:
            async for chunk in response.stream:
                received.add(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except httpx2.TransportError as error:
            reason = f"the response of {host} broke off: {error or type(error).__name__}"
            raise PassingError(reason, 0) from None
        finally:
            await response.aclose()
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in raw)
        return Passed(host, sent, status, headers, received)

    def _made(self, request: HttpRequest, host: str, sent: Copy) -> httpx2.Request:
        scheme, netloc = request.scope.get("scheme", "http"), host
        if self._base is not None:
            scheme, netloc = self._base.scheme, self._base.netloc
        kept = [(k, v) for k, v in request.scope["headers"] if k.lower() not in _HOP | {b"host"}]
        has_body = any(k.lower() == b"content-length" for k, _ in kept)
        if "chunked" in request.headers.get("transfer-encoding", ""):
            kept.append((b"Transfer-Encoding", b"chunked"))
            has_body = True
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        extensions = {"timeout": timeout, "sni_hostname": host.partition(":")[0]}
        target = request_target(request.scope).encode("latin-1")
        return httpx2.Request(
            request.method,
            httpx2.URL(f"{scheme}://{netloc}", raw_path=target),
            headers=[(b"Host", host.encode()), *kept],
            stream=_Body(request, sent) if has_body else None,
            extensions=extensions,
        )


class _Body(httpx2.AsyncByteStream):
    """A request's body as a stream that is copied on its way."""

    def __init__(self, request: HttpRequest, sent: Copy) -> None:
        self._request, self._sent = request, sent

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._request.stream():
            if chunk:  # an empty chunk would end a chunked body
                self._sent.add(chunk)
                yield chunk
