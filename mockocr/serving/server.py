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

from mockocr.core.http import dump_json
from mockocr.serving.asgi import UNREADABLE
from mockocr.serving.proxy import Door, Entrance, welcome

try:
    from uvicorn.protocols.http import httptools_impl
except ImportError:  # uvicorn without its `standard` extra: h11 alone serves
    httptools_impl = None  # type: ignore[assignment]

_HEAD = 2048
"""Bytes of what is no request that are looked at for a method and a target."""
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


class _Unreadable(asyncio.Protocol):
    """uvicorn's HTTP protocol, save that bytes in which it finds no request are answered in JSON
    and handed to the app, as a scope of type `UNREADABLE`.

    The members below, and `send_400_response`, are what both of uvicorn's protocols share.
    """

    app: Any
    client: tuple[str, int] | None
    cycle: Any
    scheme: Any
    scope: Any
    tasks: set[asyncio.Task[Any]]
    transport: asyncio.Transport

    _head = b""
    _before: Any = None

    def data_received(self, data: bytes) -> None:
        if self.cycle is not self._before:
            self._before, self._head = self.cycle, b""
        if not self._in_body():
            self._head = (self._head + data[:_HEAD])[:_HEAD]
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Called by uvicorn while it handles the parser's error."""
        error = sys.exception()
        # httptools wraps what went wrong in uvicorn's own part of the parsing
        reason = str((error and error.__context__) or error or msg)
        why = f"this is no HTTP request that can be read: {_shown(reason)}"
        if self._in_body():
            self.scope[UNREADABLE] = why
        else:
            task = asyncio.get_running_loop().create_task(self._note(why))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        if not (self._in_body() and self.cycle.response_started):
            body = dump_json({"error": why})
            head = f"HTTP/1.1 400 Bad Request\r\nContent-Length: {len(body)}\r\n"
            kind = "Content-Type: application/json\r\nConnection: close\r\n\r\n"
            self.transport.write((head + kind).encode() + body)
        self.transport.close()

    async def _note(self, why: str) -> None:
        # of several requests in one packet, the head is that of the first one
        head = self._head if self.cycle is self._before else b""
        method, _, rest = head.partition(b"\n")[0].strip().partition(b" ")
        target, blank, version = rest.rpartition(b" ")
        told = target if blank and version.startswith(b"HTTP/") else rest
        scope: dict[str, Any] = {
            "type": UNREADABLE,
            "method": method.decode("latin-1") if rest else "",
            "path": "",
            "raw_path": told,
            "headers": [],
            "client": self.client,
            "scheme": self.scheme or "http",
            UNREADABLE: why,
        }
        await self.app(scope, _nothing, _nowhere)

    def _in_body(self) -> bool:
        cycle = self.cycle
        return cycle is not None and cycle.more_body and not cycle.response_complete


async def _nothing() -> Any:
    return {"type": "http.disconnect"}


async def _nowhere(message: Any) -> None:
    """Where the answer goes of an app that has nobody to answer."""


def _shown(reason: str) -> str:
    """At most 200 characters that can be printed."""
    plain = reason.encode("ascii", "backslashreplace").decode()
    return plain if len(plain) <= 200 else f"{plain[:200]}…"


class _H11(_Unreadable, h11_impl.H11Protocol):
    pass


_PROTOCOLS: dict[str, Any] = {"h11": _H11, "auto": _H11}
if httptools_impl is not None:

    class _Httptools(_Unreadable, httptools_impl.HttpToolsProtocol):
        pass

    _PROTOCOLS |= {"httptools": _Httptools, "auto": _Httptools}


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
    chosen = {**shared, **options}
    protocol = chosen.get("http", "auto")
    chosen["http"] = _PROTOCOLS.get(protocol, protocol) if isinstance(protocol, str) else protocol
    return uvicorn.Config(app, **chosen)


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
