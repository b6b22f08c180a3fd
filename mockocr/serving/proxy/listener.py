"""What a door is, and what is asked at a proxy's."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ConnectRequest:
    """What a CONNECT asks for: `target` as sent, `headers` its other lines, `client` who asks."""

    host: str
    port: int
    target: str
    headers: tuple[tuple[str, str], ...]
    client: str


@dataclass(frozen=True, slots=True)
class ConnectDecision:
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
    admit: Callable[[ConnectRequest], Awaitable[ConnectDecision]] | None = None
    app: Any = None
