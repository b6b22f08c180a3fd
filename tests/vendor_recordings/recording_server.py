"""A recorder in a thread, and the folder that it writes to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mockocr.recordings.recorder import Choice, Recorder
from mockocr.recordings.server import listeners_of, server_of
from mockocr.recordings.store import Recordings
from mockocr.recordings.upstream import Upstream
from mockocr.serving.routing import Router
from mockocr.serving.server import bind
from mockocr.serving.tls import setup
from mockocr.vendors import discover
from tests.sockets import wait_until

VENDORS = discover()


@dataclass
class Recording:
    """The recorder's ports and CA, and the lines that it has told."""

    kept: Recordings
    recorder: Recorder
    plain: tuple[str, int]
    proxy: int
    ca: Path
    told: list[str] = field(default_factory=list)

    def wait(self, calls: int) -> None:
        """Until so many calls were told: a client may have its answer a little earlier."""
        assert wait_until(lambda: len(self.told) >= calls), self.told

    def files(self, calls: int = 1) -> list[str]:
        """Every file in the folder after so many calls, also a half-written one."""
        self.wait(calls)
        found = (path for path in self.kept.path.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.kept.path).as_posix() for path in found)

    def texts(self, calls: int = 1) -> list[str]:
        """The recordings after so many calls."""
        self.wait(calls)
        return [path.read_text("utf-8") for path in sorted(self.kept.path.glob("*/*.http"))]


@contextmanager
def recording(
    folder: Path,
    base: str = "",
    *,
    authority: str = "",
    seconds: float = 10,
    choice: Choice | None = None,
) -> Iterator[Recording]:
    """A recorder that passes requests on to the server at `base`."""
    router, ca = Router(VENDORS), setup.ephemeral_ca(VENDORS)
    told: list[str] = []
    kept = Recordings(folder / "recordings")
    recorder = Recorder(
        router, Upstream(base, authority, seconds), kept, choice or Choice(), tell=told.append
    )
    plain, proxy = bind("127.0.0.1", 0), bind("127.0.0.1", 0)
    ready = threading.Event()
    server = server_of(recorder, listeners_of(recorder, VENDORS, router, ca, proxy), ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [plain]}, daemon=True)
    path = folder / "recorder.pem"
    path.write_bytes(ca.pem)
    thread.start()
    assert ready.wait(20), "the recorder did not start"
    try:
        yield Recording(kept, recorder, _address(plain), _address(proxy)[1], path, told)
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive(), "the recorder did not stop"


def _address(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()[:2]
    return host, port
