"""The server of `mockocr record`: a recorder behind a plain port and a forward proxy."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec

from mockocr.core.exchange import Exchange
from mockocr.core.http import Response
from mockocr.core.service import Vendor
from mockocr.recordings.recorder import Recorder
from mockocr.serving.proxy.forward_proxy import Proxy
from mockocr.serving.proxy.listener import Listener
from mockocr.serving.routing import Router
from mockocr.serving.server import Server, config
from mockocr.serving.tls import setup
from mockocr.serving.tls.authority import Authority


class _Proxied(msgspec.Struct, frozen=True):
    """What the listeners need; see `setup.ProxiedServer`."""

    vendors: Sequence[Vendor]
    router: Router
    proxy: Proxy


def listeners_of(
    recorder: Recorder,
    vendors: Sequence[Vendor],
    router: Router,
    authority: Authority,
    proxy: socket.socket,
) -> list[Listener]:
    """The forward proxy that records requests to the vendors' hosts and passes on all others."""

    async def note(exchange: Exchange, response: Response, seconds: float) -> Response:
        return response

    forward = Proxy(
        recorder,
        router.owner,
        note,
        ids=lambda: secrets.token_hex(16),
        now=lambda: datetime.now(UTC),
        passing="",
    )
    served = _Proxied(vendors, router, forward)
    return setup.listeners(served, authority, proxy=proxy, http2=recorder.http2.protocol)


def server_of(
    recorder: Recorder, listeners: Sequence[Listener], on_ready: Callable[[], None]
) -> Server:
    """A server that has not started yet."""
    return Server(config(recorder, lifespan="off"), on_ready, listeners)
