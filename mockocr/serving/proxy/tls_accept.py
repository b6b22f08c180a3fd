"""TLS on accepted connections: from the first byte on the https port, after CONNECT in a tunnel."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any

from mockocr.serving.proxy.listener import Listener

log = logging.getLogger("mockocr")

RETRY_SECONDS = 1.0
"""The pause after `accept` failed, for example because too many files are open."""
TLS_TIMEOUTS: dict[str, Any] = {"ssl_handshake_timeout": 30.0, "ssl_shutdown_timeout": 1.0}
"""Seconds for the TLS handshake and for closing; asyncio's defaults are 60 and 30."""


async def accept_tls(listener: Listener, protocol: Callable[[], asyncio.Protocol]) -> None:
    """Accept connections until cancelled. Each starts with TLS; `protocol` makes its handler."""
    loop = asyncio.get_running_loop()
    listener.sock.setblocking(False)
    handshakes: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                connection, _ = await loop.sock_accept(listener.sock)
            except OSError as error:
                log.warning("cannot accept an https connection: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            task = loop.create_task(_handshake(connection, listener, protocol))
            handshakes.add(task)
            task.add_done_callback(handshakes.discard)
    finally:
        for task in handshakes:
            task.cancel()


async def _handshake(
    connection: socket.socket, listener: Listener, protocol: Callable[[], asyncio.Protocol]
) -> None:
    loop = asyncio.get_running_loop()
    http2, factory = listener.http2, protocol
    if http2 is not None:
        factory = partial(_Negotiated, protocol, partial(http2, ""))
    try:
        await loop.connect_accepted_socket(
            factory, connection, ssl=listener.ssl_context, **TLS_TIMEOUTS
        )
    except OSError as error:
        log_handshake_failure(error)


class _Negotiated(asyncio.Protocol):
    """Gives the connection to the protocol that the TLS handshake chose."""

    def __init__(
        self, http1: Callable[[], asyncio.Protocol], http2: Callable[[], asyncio.Protocol]
    ) -> None:
        self._http1, self._http2 = http1, http2

    def connection_made(self, transport: Any) -> None:
        protocol = (self._http2 if chose_http2(transport) else self._http1)()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)


def chose_http2(transport: Any) -> bool:
    """True if the TLS handshake of the connection chose HTTP/2."""
    connection = transport.get_extra_info("ssl_object")
    return connection is not None and connection.selected_alpn_protocol() == "h2"


def log_handshake_failure(error: OSError, where: str = "") -> None:
    """Log a failed handshake. A client that only opened and closed the connection is not logged."""
    if isinstance(error, ssl.SSLError) or not isinstance(error, ConnectionError):
        log.info("a TLS handshake failed%s: %s", where, explain(error))


def explain(error: Exception) -> str:
    """The error's text, with the likely cause where it is known."""
    text = str(error)
    if "unknown ca" in text.lower() or "bad certificate" in text.lower():
        return f"{text}: the client does not trust the CA certificate (see `mockocr ca`)"
    if "http request" in text.lower():
        return f"{text}: the client sent plain HTTP to the https port"
    return text
