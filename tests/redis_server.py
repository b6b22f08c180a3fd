"""A real redis-server for tests, on a Unix socket in a temporary folder and on a free port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class RedisServer:
    """A redis-server that can be stopped and started again; it stores nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._log = folder / "redis.log"
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"unix://{self._socket}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = shutil.which("redis-server")
        if command is None:
            pytest.fail("redis-server is not installed; type: apt-get install redis-server")
        places = (
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--unixsocket",
            str(self._socket),
        )
        options = (*places, "--save", "")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([command, *options], stdout=log, stderr=log)
        end = time.monotonic() + 20
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < end, "redis-server does not answer"
            time.sleep(0.01)

    def stop(self) -> None:
        """Kill the server: it saves nothing and closes no connection."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def ask(self, *words: str) -> bytes:
        """The raw reply to one command."""
        return self.tell(" ".join(words))

    def tell(self, *lines: str) -> bytes:
        """The raw reply to the last of several commands on one connection."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self._socket))
            answer = b""
            for command in lines:
                line.sendall(command.encode() + b"\r\n")
                answer = line.recv(65536)
            return answer

    def _answers(self) -> bool:
        try:
            return self.ask("PING") == b"+PONG\r\n"
        except OSError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A started server, stopped at the end. Its folder is short because socket paths must be."""
    with tempfile.TemporaryDirectory(prefix="mockocr-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
