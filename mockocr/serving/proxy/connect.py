"""A proxy's connection until it is clear what it wants; then the server's HTTP protocol or a `Pipe`
takes it over.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from mockocr.serving.proxy.listener import ConnectRequest, Door
from mockocr.serving.proxy.relay import Pipe, joined
from mockocr.serving.proxy.tls_accept import SECONDS, note

MAX_HEAD = 16 * 1024
HEAD_SECONDS = 30.0
"""How long a client may take to say where it wants to go."""
CONNECT_SECONDS = 10.0
PLAIN_PORT = 80
"""A tunnel to this port carries HTTP; to any other one TLS."""
_METHOD = b"CONNECT "
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


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
                **SECONDS,
            )
        except OSError as error:
            self._leave()
            note(error, f" to {host}")
        else:
            if secured is not None:  # None: the client left while it began
                self._give(secured, self._plain())

    async def _pipe(self, tunnel: ConnectRequest) -> None:
        loop = asyncio.get_running_loop()
        inward = Pipe(lost=lambda: self._unpipe(onward))
        inward.connection_made(self._transport)
        onward = Pipe(made=lambda: self._stand(inward, onward), lost=self._transport.close)
        joined(inward, onward)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await loop.create_connection(lambda: onward, tunnel.host, tunnel.port)
        except (OSError, TimeoutError) as error:
            said = f"{tunnel.target} cannot be reached: {error or 'no answer'}"
            self._refuse(_plain_answer(502, said))

    def _stand(self, inward: Pipe, onward: Pipe) -> None:
        """The host is there: say so before its first bytes, and hand on what came meanwhile."""
        if self._ended:
            onward.transport.abort()
            return
        self._stop_waiting()
        self._transport.write(_ESTABLISHED)
        self._transport.set_protocol(inward)
        if self._received:
            onward.transport.write(bytes(self._received))

    def _unpipe(self, onward: Pipe) -> None:
        self.connection_lost(None)
        onward.transport.close()

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


def parsed(head: bytes, client: str) -> ConnectRequest | None:
    """The request line and headers of a CONNECT; None when they name no host and port."""
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.fullmatch(r"CONNECT (\[?([^\s\[\]]+?)\]?:(\d{1,5})) HTTP/1\.[01]", first)
    if found is None or not 0 < int(found[3]) < 65536:
        return None
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return ConnectRequest(found[2].lower(), int(found[3]), found[1], headers, client)


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
