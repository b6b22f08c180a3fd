"""A real server in a thread, and requests to it over real sockets."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mockocr.serving.server import Server, bind, config


class Replaceable:
    """An ASGI app that passes requests to `app`, which may be replaced while a server runs."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


@contextmanager
def served(app: Any, http_protocol: str = "auto", **options: Any) -> Iterator[tuple[str, int]]:
    """Serve the app with uvicorn and the given parser; yields host and port."""
    listener = bind("127.0.0.1", 0)
    ready = threading.Event()
    server = Server(config(app, http=http_protocol, **options), ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert ready.wait(20), "the server did not start"
    try:
        host, port = listener.getsockname()[:2]
        yield host, port
    finally:
        server.stop()
        thread.join(20)
        listener.close()
        assert not thread.is_alive(), "the server did not stop"


def ask(
    address: tuple[str, int],
    method: str,
    target: str,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
) -> tuple[int, dict[str, str], bytes]:
    """One request over its own connection: status, headers with names in lower case, body."""
    connection = http.client.HTTPConnection(*address, timeout=20)
    try:
        named = {name.lower() for name, _ in headers}
        connection.putrequest(method, target, skip_host="host" in named, skip_accept_encoding=True)
        for name, value in headers:
            if name.lower() != "content-length":
                connection.putheader(name, value)
        if body or method in ("POST", "PUT"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        pairs = {name.lower(): value for name, value in response.getheaders()}
        return response.status, pairs, response.read()
    finally:
        connection.close()


def wait_until(condition: Any, seconds: float = 5.0) -> bool:
    """True as soon as the condition holds, False if it does not within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
