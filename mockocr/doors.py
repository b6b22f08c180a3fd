"""Further ways into the server's one event loop, beside its plain port: TLS, and a proxy's CONNECT.

`welcome` accepts for https. A proxy's connection is watched by an `Entrance` until it is clear what
it wants; then the HTTP protocol of the server takes it over, or a `_Pipe` to somewhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

log = logging.getLogger("mockocr")

MAX_HEAD = 16 * 1024
HEAD_SECONDS = 30.0
"""How long a client may take to greet, and a proxy's client to say where it wants to go."""
CONNECT_SECONDS = 10.0
FAREWELL_SECONDS = 1.0
"""How long a TLS client that is being left may take to say goodbye; asyncio would wait 30 s."""
PAUSE_SECONDS = 1.0
"""After a connection could not be accepted: no more files may be open, say."""
PLAIN_PORT = 80
"""A tunnel to this port carries HTTP; to any other one TLS."""
_METHOD = b"CONNECT "
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Tunnel:
    """What a CONNECT asks for: `target` as sent, `headers` its other lines, `client` who asks."""

    host: str
    port: int
    target: str
    headers: tuple[tuple[str, str], ...]
    client: str


@dataclass(frozen=True, slots=True)
class Admission:
    """What becomes of a tunnel: it ends here, goes `onward` to its host, or gets `refusal`."""

    refusal: bytes = b""
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One more listening socket.

    Without `admit` every connection begins with TLS. With it the door is a proxy's: CONNECT asks
    `admit`, all other requests go to `app`.
    """

    listener: socket.socket
    secure: ssl.SSLContext
    admit: Callable[[Tunnel], Awaitable[Admission]] | None = None
    app: Any = None


async def welcome(door: Door, plain: Callable[[], asyncio.Protocol]) -> None:
    """Accept connections until cancelled; each begins with TLS and goes on as `plain`."""
    loop = asyncio.get_running_loop()
    door.listener.setblocking(False)
    greeted: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                connection, _ = await loop.sock_accept(door.listener)
            except OSError as error:
                log.warning("no connection can be accepted for https: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            task = loop.create_task(_greet(connection, door.secure, plain))
            greeted.add(task)
            task.add_done_callback(greeted.discard)
    finally:
        for task in greeted:
            task.cancel()


async def _greet(
    connection: socket.socket, secure: ssl.SSLContext, plain: Callable[[], asyncio.Protocol]
) -> None:
    loop = asyncio.get_running_loop()
    try:
        await loop.connect_accepted_socket(
            plain,
            connection,
            ssl=secure,
            ssl_handshake_timeout=HEAD_SECONDS,
            ssl_shutdown_timeout=FAREWELL_SECONDS,
        )
    except OSError as error:
        _note(error)


def _note(error: OSError, where: str = "") -> None:
    """A line for a handshake that failed; none for a client that only looked whether we listen."""
    if isinstance(error, ssl.SSLError) or not isinstance(error, ConnectionError):
        log.info("a client broke off TLS%s: %s", where, explained(error))


class Entrance(asyncio.Protocol):
    """One connection of a proxy until it is handed over.

    `plain` and `proxied` make the HTTP protocols that take over: for the server's app and for the
    door's own. `hall` holds the connections that nobody else would end at the server's end.
    """

    def __init__(
        self,
        door: Door,
        plain: Callable[[], asyncio.Protocol],
        proxied: Callable[[], asyncio.Protocol],
        hall: set[Entrance],
    ) -> None:
        self._door = door
        self._plain = plain
        self._proxied = proxied
        self._hall = hall
        self._transport: Any = None  # asyncio.Transport, whose close() and the like uvloop mirrors
        self._peer: asyncio.Transport | None = None
        self._received = bytearray()
        self._deciding = False
        self._ended = False
        self._task: asyncio.Task[None] | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._hall.add(self)
        self._deadline = asyncio.get_running_loop().call_later(HEAD_SECONDS, self.end)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._deciding:
            return
        start = bytes(self._received[: len(_METHOD)])
        if not _METHOD.startswith(start) and not start.startswith(_METHOD):
            self._give(self._transport, self._proxied())
        elif b"\r\n\r\n" in self._received:
            self._start(self._connect())
        elif len(self._received) > MAX_HEAD:
            self._refuse(_plain_answer(431, "the CONNECT has more than 16 KiB of headers"))

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._leave()
        if self._peer is not None:
            self._peer.abort()

    def pause_writing(self) -> None:
        """Nothing big is written before the connection is handed over."""

    def resume_writing(self) -> None:
        """See `pause_writing`."""

    def end(self) -> None:
        """Close the connection now, whatever it is doing."""
        if self._task is not None:
            self._task.cancel()
        self._transport.abort()
        self._leave()

    def _start(self, work: Any) -> None:
        self._deciding = True
        self._task = asyncio.get_running_loop().create_task(work)

    async def _connect(self) -> None:
        head, _, rest = bytes(self._received).partition(b"\r\n\r\n")
        self._received = bytearray(rest)
        client = (self._transport.get_extra_info("peername") or ("",))[0]
        tunnel = parsed(head, client)
        if tunnel is None:
            self._refuse(_plain_answer(400, "CONNECT takes a host and a port"))
            return
        assert self._door.admit is not None
        admission = await self._door.admit(tunnel)
        if admission.refusal:
            self._refuse(admission.refusal)
        elif admission.onward:
            await self._pipe(tunnel)
        elif tunnel.port == PLAIN_PORT:
            self._transport.write(_ESTABLISHED)
            self._give(self._transport, self._plain())
        elif rest:
            self._refuse(_plain_answer(400, "bytes came before the tunnel was there"))
        else:
            self._transport.write(_ESTABLISHED)
            await self._encrypt(tunnel.host)

    async def _encrypt(self, host: str) -> None:
        loop = asyncio.get_running_loop()
        try:
            secured = await loop.start_tls(
                self._transport,
                self,
                self._door.secure,
                server_side=True,
                ssl_handshake_timeout=HEAD_SECONDS,
                ssl_shutdown_timeout=FAREWELL_SECONDS,
            )
        except OSError as error:
            self._leave()
            _note(error, f" to {host}")
        else:
            if secured is not None:  # None: the client left while it began
                self._give(secured, self._plain())

    async def _pipe(self, tunnel: Tunnel) -> None:
        loop = asyncio.get_running_loop()
        onward = _Pipe()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                peer, _ = await loop.create_connection(lambda: onward, tunnel.host, tunnel.port)
        except (OSError, TimeoutError) as error:
            said = f"{tunnel.target} cannot be reached: {error or 'no answer'}"
            self._refuse(_plain_answer(502, said))
            return
        if self._ended:
            peer.abort()
            return
        self._peer = peer
        inward = _Pipe(self)
        inward.other, onward.other = peer, self._transport
        self._transport.write(_ESTABLISHED)
        if self._received:
            peer.write(bytes(self._received))
        self._stop_waiting()
        self._transport.set_protocol(inward)

    def _give(self, transport: Any, protocol: asyncio.Protocol) -> None:
        """From here on the connection is the protocol's; what came already is given along."""
        self._leave()
        if self._ended:
            return
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        if self._received:
            protocol.data_received(bytes(self._received))

    def _refuse(self, answer: bytes) -> None:
        self._deciding = True
        self._leave()
        if not self._ended:
            self._transport.write(answer)
            self._transport.close()

    def _leave(self) -> None:
        self._stop_waiting()
        self._hall.discard(self)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()


class _Pipe(asyncio.Protocol):
    """Hands what comes on one connection to the other, no faster than that one takes it."""

    def __init__(self, entrance: Entrance | None = None) -> None:
        self._entrance = entrance
        self._own: Any = None
        self.other: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._own = transport

    def data_received(self, data: bytes) -> None:
        self.other.write(data)

    def eof_received(self) -> bool:
        if self.other.can_write_eof():
            self.other.write_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        if self._entrance is not None:
            self._entrance.connection_lost(exc)
        elif self.other is not None:
            self.other.close()

    def pause_writing(self) -> None:
        with contextlib.suppress(RuntimeError):  # it is being closed
            self.other.pause_reading()

    def resume_writing(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.other.resume_reading()


def parsed(head: bytes, client: str) -> Tunnel | None:
    """The request line and headers of a CONNECT; None when they name no host and port."""
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.fullmatch(r"CONNECT (\[?([^\s\[\]]+?)\]?:(\d{1,5})) HTTP/1\.[01]", first)
    if found is None or not 0 < int(found[3]) < 65536:
        return None
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return Tunnel(found[2].lower(), int(found[3]), found[1], headers, client)


def explained(error: Exception) -> str:
    """What a failed handshake says of its likely cause."""
    text = str(error)
    if "unknown ca" in text.lower() or "bad certificate" in text.lower():
        return f"{text}: it does not trust the certificate that `mockocr ca` names"
    if "http request" in text.lower():
        return f"{text}: it speaks plain HTTP to the port for https"
    return text


def answer(status: int, reason: str, sentence: str, *headers: tuple[str, str]) -> bytes:
    """A whole answer to a CONNECT in plain text, after which the connection ends."""
    body = f"{sentence}\n".encode()
    lines = [f"HTTP/1.1 {status} {reason}", "Content-Type: text/plain; charset=utf-8"]
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def _plain_answer(status: int, sentence: str) -> bytes:
    reasons = {400: "Bad Request", 431: "Request Header Fields Too Large", 502: "Bad Gateway"}
    return answer(status, reasons[status], f"mockocr: {sentence}")
