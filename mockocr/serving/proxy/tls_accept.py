"""TLS on accepted connections: from the first byte on the https port, after CONNECT in a tunnel."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
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
            task = loop.create_task(_handshake(connection, listener.ssl_context, protocol))
            handshakes.add(task)
            task.add_done_callback(handshakes.discard)
    finally:
        for task in handshakes:
            task.cancel()


async def _handshake(
    connection: socket.socket,
    ssl_context: ssl.SSLContext,
    protocol: Callable[[], asyncio.Protocol],
) -> None:
    loop = asyncio.get_running_loop()
    try:
        await loop.connect_accepted_socket(protocol, connection, ssl=ssl_context, **TLS_TIMEOUTS)
    except OSError as error:
        log_handshake_failure(error)


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
