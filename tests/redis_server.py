"""A real redis-server for tests, on a socket in a folder of its own."""

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
    """One redis-server that can be stopped and started again; it keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._log = folder / "redis.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = shutil.which("redis-server")
        if command is None:
            pytest.fail("there is no redis-server; type: apt-get install redis-server")
        options = ("--port", "0", "--unixsocket", str(self._socket), "--save", "")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([command, *options], stdout=log, stderr=log)
        end = time.monotonic() + 20
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < end, "redis-server does not answer"
            time.sleep(0.01)

    def stop(self) -> None:
        """Kill it as a machine dies: nothing is saved, no connection is closed politely."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def ask(self, *words: str) -> bytes:
        """What redis-server answers to one command, as it comes."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self._socket))
            line.sendall(b" ".join(word.encode() for word in words) + b"\r\n")
            return line.recv(65536)

    def _answers(self) -> bool:
        try:
            return self.ask("PING") == b"+PONG\r\n"
        except OSError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A started server, gone at the end; its folder is short, as paths of sockets must be."""
    with tempfile.TemporaryDirectory(prefix="mockocr-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
