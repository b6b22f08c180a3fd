"""TLS for connections: those of the https port from their first byte, a tunnel's once it stands."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import Any

from mockocr.serving.proxy.listener import Door

log = logging.getLogger("mockocr")

PAUSE_SECONDS = 1.0
"""After a connection could not be accepted: no more files may be open, say."""
SECONDS: dict[str, Any] = {"ssl_handshake_timeout": 30.0, "ssl_shutdown_timeout": 1.0}
"""How long a client may take to greet, and to say goodbye; asyncio would wait 60 s and 30 s."""


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
        await loop.connect_accepted_socket(plain, connection, ssl=secure, **SECONDS)
    except OSError as error:
        note(error)


def note(error: OSError, where: str = "") -> None:
    """A line for a handshake that failed; none for a client that only looked whether we listen."""
    if isinstance(error, ssl.SSLError) or not isinstance(error, ConnectionError):
        log.info("a client broke off TLS%s: %s", where, explained(error))


def explained(error: Exception) -> str:
    """What a failed handshake says of its likely cause."""
    text = str(error)
    if "unknown ca" in text.lower() or "bad certificate" in text.lower():
        return f"{text}: it does not trust the certificate that `mockocr ca` names"
    if "http request" in text.lower():
        return f"{text}: it speaks plain HTTP to the port for https"
    return text
