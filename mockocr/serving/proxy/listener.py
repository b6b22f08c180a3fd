"""A listening socket beside the plain port, and the values that a CONNECT request is decided by."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from mockocr.core.http import Headers


class ConnectRequest(msgspec.Struct, frozen=True):
    """A CONNECT request. `target` is `host:port` as sent, `headers` are the lines below the request
    line, `client` is the client's address.
    """

    host: str
    port: int
    target: str
    headers: Headers
    client: str


class ConnectDecision(msgspec.Struct, frozen=True):
    """What to do with a CONNECT: answer it with the bytes `refusal`, relay the connection to the
    requested host, or (the default) serve the tunnel here.

    `relay` takes the status that the client gets and a sentence, once the connection to the host is
    open or has failed, and returns the headers of the response.
    """

    refusal: bytes = b""
    relay: Callable[[int, str], Awaitable[Headers]] | None = None


class Listener(msgspec.Struct, frozen=True):
    """A listening socket for https or for the forward proxy.

    Without `decide`, every connection starts with TLS. With it, this is the proxy's socket:
    `decide` is called for each CONNECT, and `app` answers all other requests. `note_malformed` puts
    a CONNECT that cannot be read into the journal: its target, the client's address, the status of
    the answer and why; it returns headers for the answer. `http2` makes the protocol for a client
    that chose HTTP/2 in the TLS handshake; it gets the host of the tunnel, empty without one.
    """

    sock: socket.socket
    ssl_context: ssl.SSLContext
    decide: Callable[[ConnectRequest], Awaitable[ConnectDecision]] | None = None
    app: Any = None
    note_malformed: Callable[[str, str, int, str], Awaitable[Headers]] | None = None
    http2: Callable[[str], asyncio.Protocol] | None = None

    @property
    def is_proxy(self) -> bool:
        """True for the forward proxy's socket, False for the https port."""
        return self.decide is not None
