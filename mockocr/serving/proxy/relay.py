"""Copies bytes between two connections, for a proxy that forwards to the real host."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any


class Relay(asyncio.Protocol):
    """One end of a pair of connections: writes what it receives to `peer`, no faster than the peer
    reads. `on_connected` is called when this end is connected, `on_lost` when it is closed.
    """

    def __init__(
        self, *, on_lost: Callable[[], None], on_connected: Callable[[], None] = lambda: None
    ) -> None:
        self._on_connected = on_connected
        self._on_lost = on_lost
        self._received_eof = False
        self.peer: Relay = self
        self.transport: Any = None  # asyncio.Transport; uvloop has a class of its own

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._on_connected()

    def data_received(self, data: bytes) -> None:
        self.peer.transport.write(data)

    def eof_received(self) -> bool:
        """Pass the end of one direction on; close both connections after the end of both."""
        self._received_eof = True
        if self.peer._received_eof:
            self.peer.transport.close()
            self.transport.close()
        elif self.peer.transport.can_write_eof():
            self.peer.transport.write_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._on_lost()

    def pause_writing(self) -> None:
        with contextlib.suppress(RuntimeError):  # the transport is closing
            self.peer.transport.pause_reading()

    def resume_writing(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.peer.transport.resume_reading()


def join(one: Relay, other: Relay) -> None:
    """Make each the other's peer."""
    one.peer, other.peer = other, one
