"""Runs the app under uvicorn: unusual statuses, a free port, the ready line, a clean shutdown.
Only `httptools_protocol` imports uvicorn besides this module.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http import h11_impl

from mockocr.serving.asgi import SHUTDOWN
from mockocr.serving.bounded_protocol import HEAD_SECONDS, BoundedProtocol, CallbackBounds
from mockocr.serving.grpc.gateway import Gateway
from mockocr.serving.header_name import header_name
from mockocr.serving.proxy import Listener, ProxyConnection, accept_tls

try:
    from uvicorn.protocols.http import httptools_impl

    from mockocr.serving.httptools_protocol import UpgradeIgnoringProtocol
except ImportError:  # without httptools, h11 parses the requests
    httptools_impl = None  # type: ignore[assignment]

SHUTDOWN_SECONDS = 25.0
"""How long running requests may take after a signal, by default."""
ANSWER_SECONDS, CLOSE_SECONDS = 2.0, 2.0
"""How long sending the last answers may take, and closing everything after that."""
STOPPING = "mockocr.stopping"
"""The key in the state of every request's scope of an event that is set when the server stops: a
response without an end must then end.
"""
HANGUP: signal.Signals | None = getattr(signal, "SIGHUP", None)
"""SIGHUP, or None on Windows."""


def allow_odd_statuses() -> None:
    """Add the statuses 600 to 999 to uvicorn's tables, which end at 599: without them, uvicorn
    closes the connection instead of sending a 666.
    """
    h11_impl.STATUS_PHRASES.update(dict.fromkeys(range(600, 1000), b""))
    if httptools_impl is not None:
        lines = {status: b"HTTP/1.1 %d \r\n" % status for status in range(600, 1000)}
        httptools_impl.STATUS_LINE.update(lines)


class _H11(BoundedProtocol, h11_impl.H11Protocol):
    def in_head(self) -> bool:
        return self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])

    def _unsupported_upgrade_warning(self) -> None:
        """Write no warning: a server may ignore `Upgrade`."""


_PROTOCOLS: dict[str, Any] = {"h11": _H11, "auto": _H11}
if httptools_impl is not None:

    class _Httptools(CallbackBounds, BoundedProtocol, UpgradeIgnoringProtocol):
        pass

    _PROTOCOLS |= {"httptools": _Httptools, "auto": _Httptools}


def config(app: Any, *, head_seconds: float = HEAD_SECONDS, **options: Any) -> uvicorn.Config:
    """uvicorn's settings for this app; `options` override ours. `head_seconds` is how long a client
    may take to send a request's head.
    """
    allow_odd_statuses()
    shared: dict[str, Any] = {
        "lifespan": "on",
        "ws": "none",  # a request for a WebSocket is answered like any other
        "access_log": False,  # the journal writes the log lines
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,  # a header must not change the client's address in the journal
        "backlog": 2048,
    }
    chosen = {**shared, **options}
    protocol = chosen.get("http", "auto")
    if isinstance(protocol, str):
        protocol = _PROTOCOLS.get(protocol, protocol)
    if isinstance(protocol, type) and issubclass(protocol, BoundedProtocol):
        protocol = type(protocol.__name__, (protocol,), {"head_seconds": head_seconds})
    chosen["http"] = protocol
    return uvicorn.Config(app, **chosen)


class Server(uvicorn.Server):
    """A uvicorn server that also serves `listeners`, calls `on_ready` when it accepts connections,
    and exits with 0 after SIGTERM. `on_hangup` is called for each SIGHUP (never on Windows).
    `loop` is set on startup. Requests may run for `shutdown_seconds` after a signal. `gateway`
    serves gRPC.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        on_ready: Callable[[], None] | None = None,
        listeners: Sequence[Listener] = (),
        on_hangup: Callable[[], None] | None = None,
        shutdown_seconds: float = SHUTDOWN_SECONDS,
        gateway: Gateway | None = None,
    ) -> None:
        super().__init__(config)
        self._gateway = gateway
        self._shutdown_seconds = shutdown_seconds
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()
        self.exits = False
        """True for a process that only serves: it must end even if a thread does not."""
        self._on_ready = on_ready
        self._on_hangup = on_hangup
        self._listeners = listeners
        self.loop: asyncio.AbstractEventLoop
        self._proxy_connections: set[ProxyConnection] = set()
        self._accepting: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        loop = self.loop = asyncio.get_running_loop()
        self.lifespan.state[STOPPING] = self._stopping
        if self._on_hangup is not None and HANGUP is not None:
            loop.add_signal_handler(HANGUP, self._on_hangup)
        plain = self._http_protocol(self.config)
        if self._gateway is not None:
            await self._gateway.start()
        for listener in self._listeners:
            if listener.is_proxy:
                protocol = self._proxy_protocol(listener, plain)
                self.servers.append(await loop.create_server(protocol, sock=listener.sock))
            else:
                self._accepting.append(loop.create_task(accept_tls(listener, plain)))
        if self._on_ready is not None:
            self._on_ready()

    def stop(self) -> None:
        """Begin to shut down at once. Any thread may call it."""
        self.should_exit = True
        # before the start there is no loop, and after the end it is closed
        with contextlib.suppress(AttributeError, RuntimeError):
            self.loop.call_soon_threadsafe(self._woken.set)

    async def main_loop(self) -> None:
        """Tick as uvicorn does, ten times a second, until the server is to stop."""
        counter = 0
        while not await self.on_tick(counter):
            counter = (counter + 1) % 864_000
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._woken.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        if self.exits:
            late = self._shutdown_seconds + ANSWER_SECONDS + CLOSE_SECONDS
            closing = threading.Timer(late, _exit)
            closing.daemon = True
            closing.start()
        for task in self._accepting:
            task.cancel()
        await asyncio.gather(*self._accepting, return_exceptions=True)
        for connection in list(self._proxy_connections):
            connection.abort()
        opened = [each.sock for each in self._listeners]
        if self._gateway is not None:
            opened.append(self._gateway.sock)
        await super().shutdown([*(sockets or []), *opened])

    async def on_tick(self, counter: int) -> bool:
        """Spell `Date` as servers do."""
        stop = await super().on_tick(counter)
        self.server_state.default_headers = [
            (header_name(name.title()), value) for name, value in self.server_state.default_headers
        ]
        return stop

    async def _wait_tasks_to_complete(self) -> None:
        """Let requests and calls run for `shutdown_seconds`, then refuse the rest."""
        calls = self._gateway.stop(self._shutdown_seconds) if self._gateway else asyncio.sleep(0)
        await asyncio.gather(calls, self._finish_requests())

    async def _finish_requests(self) -> None:
        try:
            async with asyncio.timeout(self._shutdown_seconds):
                await super()._wait_tasks_to_complete()
        except TimeoutError:
            running = set(self.server_state.tasks)
            for task in running:
                task.cancel(SHUTDOWN)
            await asyncio.wait(running, timeout=ANSWER_SECONDS)

    def _proxy_protocol(
        self, listener: Listener, plain: Callable[[], asyncio.Protocol]
    ) -> Callable[[], ProxyConnection]:
        """The protocol factory for the forward proxy's connections."""
        settings = config(listener.app, http=self.config.http, lifespan="off")
        settings.load()
        absolute = self._http_protocol(settings)
        return lambda: ProxyConnection(listener, plain, absolute, self._proxy_connections)

    def _http_protocol(self, settings: uvicorn.Config) -> Callable[[], asyncio.Protocol]:
        """A protocol factory for HTTP connections, as uvicorn makes one when it starts."""

        def create() -> asyncio.Protocol:
            protocol: asyncio.Protocol = settings.http_protocol_class(  # type: ignore[call-arg]
                config=settings,  # the class is typed as any protocol; uvicorn's take these
                server_state=self.server_state,
                app_state=self.lifespan.state,
            )
            return protocol

        return create

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Exit with code 0 after a signal: uvicorn would raise it again after shutdown."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def _exit() -> None:
    """End this process: a thread that cannot be stopped would keep it alive."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 picks a free port. Raises OSError if the address is in use."""
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
    """`scheme://host:port` of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def serve(
    app: Any,
    listener: socket.socket,
    version: str,
    listeners: Sequence[Listener] = (),
    on_hangup: Callable[[], None] | None = None,
    on_ready: Callable[[list[str]], None] | None = None,
    *,
    shutdown_seconds: float = SHUTDOWN_SECONDS,
    gateway: Gateway | None = None,
    **options: Any,
) -> int:
    """Serve until SIGINT or SIGTERM and return the exit code. Prints the ready line to stdout: it
    names `http://…`, `https://…` and `proxy=http://…` for `listeners`, and `grpc=host:port` for
    `gateway`. `on_ready` gets these addresses after that.
    """
    addresses = [address(listener)]
    for each in listeners:
        proxy = f"proxy={address(each.sock)}"
        addresses.append(proxy if each.is_proxy else address(each.sock, "https"))

    if gateway is not None:
        addresses.append(f"grpc={address(gateway.sock).partition('://')[2]}")

    def print_ready() -> None:
        sys.stdout.write(f"mockocr {version} ready on {' '.join(addresses)}\n")
        sys.stdout.flush()
        if on_ready is not None:
            on_ready(addresses)

    made = config(app, **options)
    server = Server(made, print_ready, listeners, on_hangup, shutdown_seconds, gateway)
    server.exits = True
    server.run(sockets=[listener])
    return 0 if server.started else 1
