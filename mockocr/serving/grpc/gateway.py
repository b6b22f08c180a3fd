"""The gRPC server, and the way of connections to it.

grpcio listens on a port of its own on this machine. Connections of clients come from `--grpc-port`,
in plain text or with TLS, and from the https port and the proxy if the client speaks HTTP/2 alone.
Their bytes are relayed to grpcio's port. So TLS, certificates and the proxy are those of HTTP.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import socket
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mockocr.core.service import Vendor
from mockocr.serving.proxy.relay import Relay, join
from mockocr.serving.proxy.tls_accept import TLS_TIMEOUTS, log_handshake_failure

if TYPE_CHECKING:
    from starlette.types import ASGIApp

log = logging.getLogger("mockocr")

MISSING = "gRPC needs the extra grpc; type: pip install 'mockocr[grpc]'"
MAX_MESSAGE = 64 * 1024 * 1024
"""Bytes of a message; services have smaller limits of their own."""
MAX_METADATA = 64 * 1024
"""Bytes of a call's metadata; grpcio refuses more by itself, without a row in the journal."""
FIRST_BYTE_SECONDS = 30.0
RETRY_SECONDS = 1.0
_TLS_HANDSHAKE = b"\x16"


def possible() -> bool:
    """True if the extra `grpc` is installed."""
    return all(
        importlib.util.find_spec(name) is not None for name in ("grpc", "google", "google.protobuf")
    )


class Gateway:
    """Serves gRPC for the vendors' services that have it, with `app` behind it.

    `sock` is the socket of `--grpc-port`, `contexts` the TLS context for it, None without
    certificates.
    """

    def __init__(
        self,
        vendors: Sequence[Vendor],
        app: ASGIApp,
        sock: socket.socket,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.sock = sock
        self._services = [service for vendor in vendors for service in vendor.services]
        self._app = app
        self._context = context
        self._server: Any = None
        self._port = 0
        self._accepting: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; the loop must be running."""
        import grpc.aio

        from mockocr.serving.grpc.calls import Calls

        options = (
            ("grpc.max_receive_message_length", MAX_MESSAGE),
            ("grpc.max_send_message_length", -1),
            ("grpc.max_metadata_size", MAX_METADATA),
            ("grpc.absolute_max_metadata_size", MAX_METADATA),
            ("grpc.so_reuseport", 0),
        )
        self._server = grpc.aio.server(options=options)
        self._server.add_generic_rpc_handlers((Calls(self._services, self._app),))
        self._port = self._server.add_insecure_port("127.0.0.1:0")
        await self._server.start()
        self._accepting = asyncio.get_running_loop().create_task(self._accept())

    async def stop(self, seconds: float) -> None:
        """Refuse new calls, and let running ones take so many seconds."""
        for task in (self._accepting, *self._tasks):
            if task is not None:
                task.cancel()
        if self._server is not None:
            await self._server.stop(seconds)

    def protocol(self, host: str = "") -> asyncio.Protocol:
        """The protocol for a connection that speaks HTTP/2."""
        return _Entering(self._port)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        self.sock.setblocking(False)
        while True:
            try:
                connection, _ = await loop.sock_accept(self.sock)
            except OSError as error:
                log.warning("cannot accept a gRPC connection: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            task = loop.create_task(self._enter(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _enter(self, connection: socket.socket) -> None:
        """Relay the connection, after the TLS handshake if the client begins one."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(FIRST_BYTE_SECONDS):
                first = await _peek(connection)
            secure = first == _TLS_HANDSHAKE and self._context is not None
            options: dict[str, Any] = {"ssl": self._context, **TLS_TIMEOUTS} if secure else {}
            await loop.connect_accepted_socket(self.protocol, connection, **options)
        except (OSError, TimeoutError) as error:
            connection.close()
            if isinstance(error, OSError):
                log_handshake_failure(error)


async def _peek(connection: socket.socket) -> bytes:
    """The first byte of the connection, which stays unread; empty if it is closed."""
    loop = asyncio.get_running_loop()
    readable = loop.create_future()

    def ready() -> None:
        if not readable.done():
            readable.set_result(None)

    connection.setblocking(False)
    loop.add_reader(connection.fileno(), ready)
    try:
        await readable
    finally:
        loop.remove_reader(connection.fileno())
    return connection.recv(1, socket.MSG_PEEK)


class _Entering(Relay):
    """A client's connection: connects to grpcio's port and is one end of the relay to it."""

    def __init__(self, port: int) -> None:
        super().__init__(on_lost=self._close_inner)
        self._port = port
        self._waiting = bytearray()
        self._inner: Relay | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._task = asyncio.get_running_loop().create_task(self._connect())

    def data_received(self, data: bytes) -> None:
        if self._inner is None:
            self._waiting += data
        else:
            super().data_received(data)

    def eof_received(self) -> bool:
        return super().eof_received() if self._inner is not None else False

    async def _connect(self) -> None:
        inner = Relay(on_lost=self.transport.close)
        join(self, inner)  # the server's first bytes may come before `create_connection` returns
        try:
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: inner, "127.0.0.1", self._port)
        except OSError:
            self.transport.close()
            return
        inner.transport.write(bytes(self._waiting))
        self._inner = inner
        if self.transport.is_closing():
            inner.transport.close()

    def _close_inner(self) -> None:
        if self._inner is not None:
            self._inner.transport.close()
