"""A server with every way in open, in a thread: plain port, https and proxy."""

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

VENDORS = {vendor.name: vendor for vendor in discover()}


@dataclass(frozen=True)
class Entry:
    """Where to knock; `ca` is the file with the certificate to trust, `schemes` those of the
    requests so far.
    """

    schemes: list[str]
    server: Server
    authority: Authority
    port: int
    tls: int
    proxy: int
    ca: Path

    def trusting(self) -> ssl.SSLContext:
        """A client's context that trusts this server's authority alone."""
        return ssl.create_default_context(cafile=self.ca)

    def error(self) -> list[str]:
        """The reasons in the journal, newest first."""
        _, _, body = ask(("127.0.0.1", self.port), "GET", "/_mockocr/requests?limit=9")
        return [row["why"] for row in json.loads(body)["requests"]]


@contextmanager
def opened(
    folder: Path, *, loop: str = "auto", http: str = "auto", **options: Any
) -> Iterator[Entry]:
    authority = setup.passing_authority(tuple(VENDORS.values()))
    mock = build(engine=Reader(), ca=authority.pem, **options)
    schemes: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        schemes.append(scope.get("scheme", ""))
        await mock.asgi(scope, receive, send)

    plain, tls, proxy = (bind("127.0.0.1", 0) for _ in range(3))
    ready = threading.Event()
    doors = setup.doors(mock, authority, tls, proxy)
    server = Server(config(app, loop=loop, http=http), ready.set, doors)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [plain]}, daemon=True)
    ports = [listener.getsockname()[1] for listener in (plain, tls, proxy)]
    ca = folder / "ca.pem"
    ca.write_bytes(authority.pem)
    thread.start()
    assert ready.wait(20), "the server did not start"
    try:
        yield Entry(schemes, server, authority, *ports, ca)
    finally:
        server.should_exit = True
        thread.join(20)
        for listener in (plain, tls, proxy):
            listener.close()
        assert not thread.is_alive(), "the server did not stop"


def exchanged(port: int, pieces: Sequence[bytes], until: bytes = b"") -> bytes:
    """All that comes back for raw bytes: to the end of the connection, or up to `until`."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        got = b""
        while not (until and until in got) and (chunk := connection.recv(65536)):
            got += chunk
        return got
