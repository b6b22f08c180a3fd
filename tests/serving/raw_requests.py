"""Raw requests and responses over sockets, and another server to send them to."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from mockocr import samples
from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.core.request_example import SampleImage
from tests.request_examples import find_example
from tests.serving.running_server import RunningServer

TENCENT = "recognition.image.myqcloud.com"
PICTURE = (samples.folder() / "hello.png").read_bytes()


def signed_request(host: str = TENCENT) -> Request:
    """A signed request with a picture, for the real host."""
    vendor, service, example = find_example("tencent.general")
    request = example.build(SampleImage(PICTURE, "hello.png"), vendor.credentials)
    request = request.replaced(
        headers=(("Host", host), *request.headers), at=now(), scheme="https", seed=7
    )
    return service.sign(request, Credential(vendor.name, vendor.credentials))


def now() -> datetime:
    return datetime.now(UTC)


def to_bytes(request: Request, target: str = "") -> bytes:
    """The request as bytes; `target` replaces its own."""
    lines = [f"{request.method} {target or request.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    lines += [f"Content-Length: {len(request.body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + request.body


def read_response(connection: socket.socket) -> tuple[int, bytes]:
    """Read one response: status and body."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.read()


def connect_tls(server: RunningServer, name: str) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", server.tls), timeout=10)
    return server.client_context().wrap_socket(plain, server_hostname=name)


def connect_tunnel(server: RunningServer, target: str) -> tuple[socket.socket, bytes]:
    """A connection after CONNECT, and the proxy's response."""
    connection = socket.create_connection(("127.0.0.1", server.proxy), timeout=10)
    connection.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    return connection, connection.recv(65536)


@contextmanager
def other_server(answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Another server on this machine: yields its port and the list of what it received. It answers
    a chunk with `ping` and closes the connection after one with `quit`.
    """
    got: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(10)
            while chunk := connection.recv(65536):
                got.append(chunk)
                if b"ping" in chunk:
                    connection.sendall(answers)
                if b"quit" in chunk:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], got
    finally:
        listener.close()
        thread.join(10)
