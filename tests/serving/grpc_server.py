"""A real server with a gRPC port in a thread, and calls to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mockocr.app import Mock
from mockocr.serving.grpc.gateway import Gateway
from mockocr.serving.server import Server, address, bind, config
from mockocr.serving.tls import setup
from mockocr.serving.tls.authority import Authority


@dataclass(frozen=True)
class Ports:
    """Where the server listens, as `host:port`; `ca` is the certificate to trust."""

    http: str
    grpc: str
    https: str
    proxy: str
    ca: bytes


@contextmanager
def serving(mock: Mock) -> Iterator[Ports]:
    """Serve the mock by HTTP, HTTPS, proxy and gRPC."""
    plain, calls, tls, proxy = (bind("127.0.0.1", 0) for _ in range(4))
    authority: Authority = setup.ephemeral_ca(mock.vendors)
    context = setup.tls_context(mock, authority, ("h2",))
    gateway = Gateway(mock.vendors, mock.asgi, calls, context)
    listeners = setup.listeners(mock, authority, tls, proxy, http2=gateway.protocol)
    ready = threading.Event()
    server = Server(config(mock.asgi), ready.set, listeners, shutdown_seconds=1.0, gateway=gateway)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [plain]}, daemon=True)
    thread.start()
    assert ready.wait(20), "the server did not start"
    shown = [address(sock).partition("://")[2] for sock in (plain, calls, tls, proxy)]
    try:
        yield Ports(shown[0], shown[1], shown[2], shown[3], authority.pem)
    finally:
        server.stop()
        thread.join(20)
        for sock in (plain, calls, tls, proxy):
            sock.close()
        assert not thread.is_alive(), "the server did not stop"
