"""Runs the app under uvicorn: odd statuses, a free port, the ready line, a clean end. Alone knows
uvicorn.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import uvicorn
from uvicorn.protocols.http import h11_impl

from mockocr.doors import Door, Entrance, welcome

try:
    from uvicorn.protocols.http import httptools_impl
except ImportError:  # uvicorn without its `standard` extra: h11 alone serves
    httptools_impl = None  # type: ignore[assignment]

HANGUP: signal.Signals | None = getattr(signal, "SIGHUP", None)
"""None on Windows."""


def allow_odd_statuses() -> None:
    """Teach uvicorn the statuses from 600 to 999: its tables end at 599 and a 666 would drop the
    connection.
    """
    h11_impl.STATUS_PHRASES.update(dict.fromkeys(range(600, 1000), b""))
    if httptools_impl is not None:
        lines = {status: b"HTTP/1.1 %d \r\n" % status for status in range(600, 1000)}
        httptools_impl.STATUS_LINE.update(lines)


def config(app: Any, **options: Any) -> uvicorn.Config:
    """The uvicorn settings that every way of serving shares; `options` override."""
    allow_odd_statuses()
    shared: dict[str, Any] = {
        "lifespan": "on",
        "access_log": False,  # the journal writes the request line, with the reason in it
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,  # a header must not change the client that is journaled
        "timeout_graceful_shutdown": 10,
        "backlog": 2048,
    }
    return uvicorn.Config(app, **{**shared, **options})


class Server(uvicorn.Server):
    """A uvicorn server that calls `on_ready` once it accepts connections, also at its other
    `doors`, and ends SIGTERM with 0. `on_hangup` is called for each SIGHUP, where there is one.
    `loop` is the one it runs in, once it has started.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        on_ready: Callable[[], None] | None = None,
        doors: Sequence[Door] = (),
        on_hangup: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_hangup = on_hangup
        self._doors = doors
        self.loop: asyncio.AbstractEventLoop
        self._hall: set[Entrance] = set()
        self._welcoming: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        loop = self.loop = asyncio.get_running_loop()
        if self._on_hangup is not None and HANGUP is not None:
            loop.add_signal_handler(HANGUP, self._on_hangup)
        plain = self._taking_over(self.config)
        for door in self._doors:
            if door.admit is None:
                self._welcoming.append(loop.create_task(welcome(door, plain)))
            else:
                entrance = self._entrances(door, plain)
                self.servers.append(await loop.create_server(entrance, sock=door.listener))
        if self._on_ready is not None:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for task in self._welcoming:
            task.cancel()
        await asyncio.gather(*self._welcoming, return_exceptions=True)
        for entrance in list(self._hall):
            entrance.end()
        await super().shutdown([*(sockets or []), *(door.listener for door in self._doors)])

    def _entrances(
        self, door: Door, plain: Callable[[], asyncio.Protocol]
    ) -> Callable[[], Entrance]:
        """What makes the connections of a proxy's door."""
        settings = config(door.app, http=self.config.http, lifespan="off")
        settings.load()
        proxied = self._taking_over(settings)
        return lambda: Entrance(door, plain, proxied, self._hall)

    def _taking_over(self, settings: uvicorn.Config) -> Callable[[], asyncio.Protocol]:
        """What makes uvicorn's own HTTP connections, as its startup does."""

        def make() -> asyncio.Protocol:
            made: asyncio.Protocol = settings.http_protocol_class(  # type: ignore[call-arg]
                config=settings,  # the class is typed as any protocol, these are uvicorn's own
                server_state=self.server_state,
                app_state=self.lifespan.state,
            )
            return made

        return make

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn raises the caught signal once more after its shutdown; we end with code 0
        instead.
        """
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 picks a free one. OSError when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket, scheme: str = "http") -> str:
    """`http://host:port` of a listening socket, with the loopback name for a wildcard."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}"


def serve(
    app: Any,
    listener: socket.socket,
    version: str,
    doors: Sequence[Door] = (),
    on_hangup: Callable[[], None] | None = None,
    **options: Any,
) -> int:
    """Serve until SIGINT or SIGTERM; prints the ready line to stdout. Returns the exit code.

    The line names `http://…`, then `https://…` and `proxy=http://…` where there are such doors.
    """
    places = [address(listener)]
    for door in doors:
        proxy = door.admit is not None
        places.append(
            f"proxy={address(door.listener)}" if proxy else address(door.listener, "https")
        )

    def ready() -> None:
        sys.stdout.write(f"mockocr {version} ready on {' '.join(places)}\n")
        sys.stdout.flush()

    server = Server(config(app, **options), ready, doors, on_hangup)
    server.run(sockets=[listener])
    return 0 if server.started else 1
