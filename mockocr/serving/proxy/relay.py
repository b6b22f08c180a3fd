"""Carries bytes between two connections, for a proxy that lets a host through."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any


class Pipe(asyncio.Protocol):
    """One end of a pair of connections: hands what comes to the other end, no faster than that one
    takes it. `partner` is the other end's pipe; `made` and `lost` are told when this connection
    stands and when it is gone.
    """

    def __init__(
        self, *, lost: Callable[[], None], made: Callable[[], None] = lambda: None
    ) -> None:
        self._made = made
        self._lost = lost
        self._over = False
        self.partner: Pipe = self
        self.transport: Any = None  # asyncio.Transport, whose methods uvloop mirrors

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._made()

    def data_received(self, data: bytes) -> None:
        self.partner.transport.write(data)

    def eof_received(self) -> bool:
        """Half a connection may end alone; with the second half both are closed."""
        self._over = True
        if self.partner._over:
            self.partner.transport.close()
            self.transport.close()
        elif self.partner.transport.can_write_eof():
            self.partner.transport.write_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost()

    def pause_writing(self) -> None:
        with contextlib.suppress(RuntimeError):  # it is being closed
            self.partner.transport.pause_reading()

    def resume_writing(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.partner.transport.resume_reading()


def joined(one: Pipe, other: Pipe) -> None:
    """Make each the other's partner."""
    one.partner, other.partner = other, one
