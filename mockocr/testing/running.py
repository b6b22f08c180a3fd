"""Starts the real server in a thread: `with mockocr.running() as mock:`."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mockocr.core.vendor import Engine
from mockocr.testing.session import Session

START_SECONDS = 30.0


class Running(Session):
    """A session on `dev` of a server of one's own; `asgi` is the same server without the socket."""

    def __init__(self, url: str, mock: Any) -> None:
        dev = {vendor.name: dict(vendor.credentials) for vendor in mock.vendors}
        super().__init__(url, "dev", dev, own=False)
        self.asgi = mock.asgi


@contextmanager
def running(
    *,
    engine: str | Engine = "auto",
    host: str = "127.0.0.1",
    port: int = 0,
    golden: str = "",
    golden_mode: str = "auto",
    **options: Any,
) -> Iterator[Running]:
    """A server on a free port until the block ends.

    `engine` is a name or an engine, `golden` a folder of goldens to be used as `golden_mode` says,
    `options` are those of `mockocr.app.build`. OSError when the port is taken; RuntimeError when
    the server does not start.
    """
    from mockocr import app, goldens, server

    kept = goldens.open_goldens(golden, golden_mode)
    chosen = app.reader(engine, kept) if isinstance(engine, str) else engine
    mock = app.build(engine=chosen, goldens=kept, **options)
    listener = server.bind(host, port)
    ready = threading.Event()
    served = server.Server(server.config(mock.asgi), ready.set)
    thread = threading.Thread(
        target=served.run, kwargs={"sockets": [listener]}, name="mockocr", daemon=True
    )
    thread.start()
    try:
        end = time.monotonic() + START_SECONDS
        while not ready.wait(0.05):
            if not thread.is_alive() or time.monotonic() > end:
                raise RuntimeError("the server did not start; its log says why")
        yield Running(server.address(listener), mock)
    finally:
        served.should_exit = True
        thread.join(START_SECONDS)
        listener.close()
