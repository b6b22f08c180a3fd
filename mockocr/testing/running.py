"""Runs the real server in a thread: `with mockocr.running() as mock:`."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from mockocr.core.engine import Engine
from mockocr.testing._bridge import App, Bridge
from mockocr.testing.session import Session

if TYPE_CHECKING:
    from mockocr.app import Mock
    from mockocr.core.service import Vendor
    from mockocr.serving.proxy import Listener

__all__ = ["Running", "running"]

START_SECONDS = 30.0


class Running(Session):
    """A session for the account `dev` on a server in this process. `grpc` is the address of its
    gRPC server, empty without one.
    """

    grpc = ""

    def __init__(self, url: str, mock: Mock, asgi: App) -> None:
        dev = {vendor.name: dict(vendor.credentials) for vendor in mock.vendors}
        super().__init__(url, "dev", dev, own=False, asgi=asgi)


@contextmanager
def running(
    *,
    engine: str | Engine = "auto",
    host: str = "127.0.0.1",
    port: int = 0,
    golden: str = "",
    golden_mode: str = "auto",
    replay: str = "",
    replay_miss: str = "read",
    intercept: bool = False,
    grpc: bool = False,
    **options: Any,
) -> Iterator[Running]:
    """A server on a free port until the block ends.

    `engine` is a name or an engine. `golden` is a folder of goldens, used as `golden_mode` says.
    `replay` is a folder of recordings, and `replay_miss` says what becomes of a request without
    one: `read` or `refuse`. `options` are those of `mockocr.app.build`. With `intercept`, http and
    https requests to the vendors' hosts go to this server, for all code of this process that uses
    Python's own sockets; this needs the extra `tls`. With `grpc`, `Running.grpc` is the `host:port`
    of a gRPC server in plain text; this needs the extra `grpc`. OSError if the port is taken.
    RuntimeError if the server does not start, or if another block intercepts.
    """
    from mockocr import app
    from mockocr.recognition import engines, recordings
    from mockocr.serving import server
    from mockocr.serving.grpc.gateway import Gateway

    goldens = recordings.open_goldens(golden, golden_mode)
    chosen = engines.choose_for_goldens(engine, goldens) if isinstance(engine, str) else engine
    if replay:
        options["vendors"] = _with_replay(replay, replay_miss, options.get("vendors"))
    mock = app.build(engine=chosen, goldens=goldens, **options)
    listener = server.bind(host, port)
    ready = threading.Event()
    listeners: list[Listener] = []
    interception: AbstractContextManager[None] = nullcontext()
    if intercept:
        listeners, interception = _intercept(mock, listener, server.bind(host, 0))
    calls = Gateway(mock.vendors, mock.asgi, server.bind(host, 0)) if grpc else None
    served = server.Server(server.config(mock.asgi), ready.set, listeners, gateway=calls)
    thread = threading.Thread(
        target=served.run, kwargs={"sockets": [listener]}, name="mockocr", daemon=True
    )
    thread.start()
    try:
        end = time.monotonic() + START_SECONDS
        while not ready.wait(0.05):
            if not thread.is_alive() or time.monotonic() > end:
                raise RuntimeError("the server did not start; its log says why")
        with interception:
            made = Running(server.address(listener), mock, Bridge(mock.asgi, lambda: served.loop))
            if calls is not None:
                made.grpc = server.address(calls.sock).partition("://")[2]
            yield made
    finally:
        served.stop()
        thread.join(START_SECONDS)
        for opened in (listener, *(other.sock for other in listeners)):
            opened.close()


def _with_replay(folder: str, miss: str, vendors: Sequence[Vendor] | None) -> tuple[Vendor, ...]:
    from mockocr.recordings.replay import open_replay
    from mockocr.vendors import discover

    replay, notes = open_replay(folder, miss)
    for note in notes:
        warnings.warn(note, stacklevel=3)
    return replay.wrap(discover() if vendors is None else vendors)


def _intercept(
    mock: Mock, plain: socket.socket, secure: socket.socket
) -> tuple[list[Listener], AbstractContextManager[None]]:
    """The https listener, and the block in which vendor hosts lead to both sockets."""
    from mockocr.serving.tls import setup
    from mockocr.testing._interception import intercepted

    authority = setup.ephemeral_ca(mock.vendors)
    interception = intercepted(
        lambda host: mock.router.owner(host) is not None,
        setup.domains_of(mock.vendors),
        _address(plain),
        _address(secure),
        authority.pem.decode(),
    )
    return setup.listeners(mock, authority, secure), interception


def _address(listener: socket.socket) -> tuple[str, int]:
    """An address that clients can connect to."""
    host, port = listener.getsockname()[:2]
    return "127.0.0.1" if host == "0.0.0.0" else host, port
