"""A connection to the proxy until its first request is known; then the server's HTTP protocol or a
`Relay` takes it over.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from mockocr.serving.proxy.listener import ConnectRequest, Listener
from mockocr.serving.proxy.relay import Relay, join
from mockocr.serving.proxy.tls_accept import TLS_TIMEOUTS, chose_http2, log_handshake_failure

MAX_HEAD = 16 * 1024
"""Bytes of a CONNECT request line and its headers."""
MAX_EARLY = 1024 * 1024
"""Bytes that a client may send before it has the answer to its CONNECT."""
HEAD_SECONDS = 30.0
"""How long a client may take to send its CONNECT."""
CONNECT_SECONDS = 10.0
"""How long connecting to the requested host may take."""
PLAIN_PORT = 80
"""A tunnel to this port carries plain HTTP; a tunnel to any other port carries TLS."""
Report = Callable[[int, str], Awaitable[tuple[tuple[str, str], ...]]]
_METHOD = b"CONNECT "
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_REASONS = {400: "Bad Request", 431: "Request Header Fields Too Large", 502: "Bad Gateway"}


class ProxyConnection(asyncio.Protocol):
    """One connection to the proxy until another protocol takes it over.

    `tunnelled` makes the protocol for requests inside a tunnel, `absolute` the one for requests
    with a whole URL. `open_connections` holds each connection that the server must close itself
    when it stops.
    """

    def __init__(
        self,
        listener: Listener,
        tunnelled: Callable[[], asyncio.Protocol],
        absolute: Callable[[], asyncio.Protocol],
        open_connections: set[ProxyConnection],
    ) -> None:
        self._listener = listener
        self._tunnelled = tunnelled
        self._absolute = absolute
        self._open_connections = open_connections
        self._transport: Any = None  # asyncio.Transport; uvloop has a class of its own
        self._received = bytearray()
        self._deciding = False
        self._lost = False
        self._task: asyncio.Task[None] | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._open_connections.add(self)
        self._deadline = asyncio.get_running_loop().call_later(HEAD_SECONDS, self.abort)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._deciding:
            if len(self._received) > MAX_EARLY:
                self.abort()
            return
        start = bytes(self._received[: len(_METHOD)])
        if not _METHOD.startswith(start) and not start.startswith(_METHOD):
            self._hand_over(self._transport, self._absolute())
        elif b"\r\n\r\n" in self._received:
            self._deciding = True
            self._task = asyncio.get_running_loop().create_task(self._connect())
        elif len(self._received) > MAX_HEAD:
            self._deciding = True
            refusing = self._refuse_malformed(431, "the CONNECT has more than 16 KiB of headers")
            self._task = asyncio.get_running_loop().create_task(refusing)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._release()

    def pause_writing(self) -> None:
        """Do nothing: only short responses are written before the connection is handed over."""

    def resume_writing(self) -> None:
        """Do nothing; see `pause_writing`."""

    def abort(self) -> None:
        """Close the connection at once."""
        if self._task is not None:
            self._task.cancel()
        self._transport.abort()
        self._release()

    async def _connect(self) -> None:
        head, _, rest = bytes(self._received).partition(b"\r\n\r\n")
        self._received = bytearray(rest)
        request = parse_connect(head, self._client())
        if request is None:
            await self._refuse_malformed(400, "CONNECT needs a host and a port", head)
            return
        assert self._listener.decide is not None
        decision = await self._listener.decide(request)
        if decision.refusal:
            self._refuse(decision.refusal)
        elif decision.relay is not None:
            await self._relay(request, decision.relay)
        elif request.port == PLAIN_PORT:
            self._transport.write(_ESTABLISHED)
            self._hand_over(self._transport, self._tunnelled())
        elif rest:
            early = "data arrived before the tunnel was established"
            await self._refuse_malformed(400, early, head)
        else:
            self._transport.write(_ESTABLISHED)
            await self._start_tls(request.host)

    async def _start_tls(self, host: str) -> None:
        loop = asyncio.get_running_loop()
        try:
            secured = await loop.start_tls(
                self._transport,
                self,
                self._listener.ssl_context,
                server_side=True,
                **TLS_TIMEOUTS,
            )
        except OSError as error:
            self._release()
            log_handshake_failure(error, f" in a tunnel to {host}")
        else:
            if secured is not None:  # None: the client disconnected meanwhile
                http2 = self._listener.http2 if chose_http2(secured) else None
                self._hand_over(secured, http2(host) if http2 else self._tunnelled())

    async def _relay(self, request: ConnectRequest, report: Report) -> None:
        loop = asyncio.get_running_loop()
        client = Relay(on_lost=lambda: self._close_relay(host))
        client.connection_made(self._transport)
        host = Relay(
            on_connected=lambda: self._start_relay(client, host), on_lost=self._transport.close
        )
        join(client, host)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await loop.create_connection(lambda: host, request.host, request.port)
        except (OSError, TimeoutError) as error:
            reason = f"cannot connect to {request.target}: {error or 'timed out'}"
            self._refuse(_error_response(502, reason, *await report(502, reason)))
        else:
            await report(200, f"the proxy relays the connection to {request.target}")

    def _start_relay(self, client: Relay, host: Relay) -> None:
        """Confirm the tunnel before the host's first bytes, and send on what was received."""
        if self._lost:
            host.transport.abort()
            return
        self._cancel_deadline()
        self._transport.write(_ESTABLISHED)
        self._transport.set_protocol(client)
        if self._received:
            host.transport.write(bytes(self._received))

    def _close_relay(self, host: Relay) -> None:
        self.connection_lost(None)
        host.transport.close()

    def _hand_over(self, transport: Any, protocol: asyncio.Protocol) -> None:
        """Give the connection and the bytes received so far to `protocol`."""
        self._release()
        if self._lost:
            return
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        if self._received:
            protocol.data_received(bytes(self._received))

    def _client(self) -> str:
        return str((self._transport.get_extra_info("peername") or ("",))[0])

    async def _refuse_malformed(self, status: int, why: str, head: bytes = b"") -> None:
        """Answer a CONNECT that cannot be served, and put it into the journal."""
        line = (head or bytes(self._received)).partition(b"\r\n")[0].decode("latin-1")
        target = line.removeprefix("CONNECT ").rpartition(" HTTP/")[0] or line[len(_METHOD) :]
        assert self._listener.note_malformed is not None
        headers = await self._listener.note_malformed(target, self._client(), status, why)
        self._refuse(_error_response(status, why, *headers))

    def _refuse(self, response: bytes) -> None:
        self._deciding = True
        self._release()
        if not self._lost:
            self._transport.write(response)
            self._transport.close()

    def _release(self) -> None:
        self._cancel_deadline()
        self._open_connections.discard(self)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()


def parse_connect(head: bytes, client: str) -> ConnectRequest | None:
    """The CONNECT in `head` (request line and headers); None without a valid host and port."""
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.fullmatch(r"CONNECT (\[?([^\s\[\]]+?)\]?:(\d{1,5})) HTTP/1\.[01]", first)
    if found is None or not 0 < int(found[3]) < 65536:
        return None
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return ConnectRequest(found[2].lower(), int(found[3]), found[1], headers, client)


def connect_response(status: int, reason: str, text: str, *headers: tuple[str, str]) -> bytes:
    """A whole plain-text response to a CONNECT, with `Connection: close`."""
    body = f"{text}\n".encode()
    lines = [f"HTTP/1.1 {status} {reason}", "Content-Type: text/plain; charset=utf-8"]
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def _error_response(status: int, text: str, *headers: tuple[str, str]) -> bytes:
    return connect_response(status, _REASONS[status], f"mockocr: {text}", *headers)
