"""Passes connections of HTTP/2 on to the real vendor: gRPC, whose calls are not kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mockocr.recordings.upstream import Upstream
from mockocr.serving.proxy.relay import Relay, join

WHY = "gRPC cannot be taken apart; a client that speaks REST is recorded"


class Http2Passing:
    """`tell` gets a line for each connection, `leave` counts it by the vendor's host."""

    def __init__(
        self, upstream: Upstream, tell: Callable[[str], None], leave: Callable[[str, str], None]
    ) -> None:
        self._upstream, self._tell, self._leave = upstream, tell, leave
        self._tasks: set[asyncio.Task[None]] = set()

    def protocol(self, host: str) -> asyncio.Protocol:
        """The protocol for a connection in a tunnel to the host."""
        name = f"(HTTP/2) {host}"

        def connect(client: _Client) -> None:
            task = asyncio.get_running_loop().create_task(self._connect(client, host, name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        return _Client(connect)

    async def _connect(self, client: _Client, host: str, name: str) -> None:
        server = Relay(on_lost=client.close)
        try:
            await self._upstream.open_http2(lambda: server, host)
        except asyncio.CancelledError:  # the recorder stops
            client.transport.abort()
            raise
        except (OSError, TimeoutError) as error:
            why = f"cannot connect to {host}: {error or 'timed out'}"
            client.close()
        else:
            why = WHY
            client.enter(server)
        self._leave(name, why)
        self._tell(f"{name}: {'passed on, ' if why == WHY else ''}not kept: {why}")


class _Client(Relay):
    """The client's end. It is not read until the vendor's end is connected; bytes that had been
    read before wait.
    """

    def __init__(self, connect: Callable[[_Client], None]) -> None:
        super().__init__(on_connected=lambda: connect(self), on_lost=self._lose)
        self._early: bytearray | None = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.pause_reading()

    def enter(self, server: Relay) -> None:
        """Join the vendor's end, and send it what has been received."""
        join(self, server)
        early, self._early = self._early, None
        if self.transport.is_closing():
            server.transport.close()
            return
        if early:
            server.transport.write(bytes(early))
        self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        if self._early is None:
            super().data_received(data)
        else:
            self._early += data

    def close(self) -> None:
        """Close this end."""
        self.transport.close()

    def _lose(self) -> None:
        if self._early is None:
            self.peer.transport.close()
