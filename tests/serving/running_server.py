"""A server in a thread with all its listeners: the plain port, https and the proxy."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.types import Receive, Scope, Send

from mockocr.app import build
from mockocr.serving.server import Server, bind, config
from mockocr.serving.tls import setup
from mockocr.serving.tls.authority import Authority
from mockocr.vendors import discover
from tests.recognitions import Reader
from tests.sockets import ask

VENDORS = discover()


@dataclass(frozen=True)
class RunningServer:
    """Ports of a running server; `ca` is the CA certificate's file, `schemes` has the scheme of
    each request so far.
    """

    schemes: list[str]
    server: Server
    authority: Authority
    port: int
    tls: int
    proxy: int
    ca: Path

    def client_context(self) -> ssl.SSLContext:
        """A client's SSL context that trusts only this server's CA."""
        return ssl.create_default_context(cafile=self.ca)

    def journal_reasons(self) -> list[str]:
        """The reasons in the journal, newest first."""
        _, _, body = ask(("127.0.0.1", self.port), "GET", "/_mockocr/requests?limit=9")
        return [row["why"] for row in json.loads(body)["requests"]]


@contextmanager
def running_server(
    folder: Path,
    *,
    loop: str = "auto",
    http: str = "auto",
    host: str = "127.0.0.1",
    **options: Any,
) -> Iterator[RunningServer]:
    authority = setup.ephemeral_ca(VENDORS)
    mock = build(engine=Reader(), ca=authority.pem, **options)
    schemes: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        schemes.append(scope.get("scheme", ""))
        await mock.asgi(scope, receive, send)

    plain, tls, proxy = (bind(host, 0) for _ in range(3))
    ready = threading.Event()
    listeners = setup.listeners(mock, authority, tls, proxy)
    server = Server(config(app, loop=loop, http=http), ready.set, listeners)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [plain]}, daemon=True)
    plain_port, tls_port, proxy_port = (each.getsockname()[1] for each in (plain, tls, proxy))
    ca = folder / "ca.pem"
    ca.write_bytes(authority.pem)
    thread.start()
    assert ready.wait(20), "the server did not start"
    try:
        yield RunningServer(schemes, server, authority, plain_port, tls_port, proxy_port, ca)
    finally:
        server.stop()
        thread.join(20)
        for listener in (plain, tls, proxy):
            listener.close()
        assert not thread.is_alive(), "the server did not stop"


def exchange_raw(port: int, pieces: Sequence[bytes], until: bytes = b"") -> bytes:
    """Send raw bytes and return what is received until the connection closes or `until` arrives."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        got = b""
        while not (until and until in got) and (chunk := connection.recv(65536)):
            got += chunk
        return got
