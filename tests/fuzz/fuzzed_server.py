"""A server in a process of its own that is sent mutated requests, and the facts that must hold."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from mockocr.core.service import Service
from mockocr.vendors import discover
from tests.forks import python
from tests.fuzz.mutated_requests import Message

SECONDS = 20.0
"""How long an answer may take: a download may take that long, and the machine may be busy."""
MAX_GROWTH = 400 * 1024 * 1024
"""Bytes by which the server's memory may grow: one picture may take 300 MB while it is decoded."""
CHECK_EVERY = 100
_ID = "X-Mockocr-Request"


class FuzzedServer:
    """Sends messages and checks the answers, the journal, the log and the memory."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: IO[str]) -> None:
        self._process = process
        self._address = "127.0.0.1", port
        self._log = log
        self._waiting: list[tuple[str, int, Message]] = []
        self._codes: dict[str, set[tuple[int, str]]] = {}
        for service in _services():
            known = self._codes.setdefault(service.namespace, set())
            known.update((entry.status, str(entry.code)) for entry in service.errors.entries)
        self.statuses: Counter[str] = Counter()
        self._ask("/_mockocr/livez")
        self._start_bytes = self.memory()

    def send(self, message: Message) -> None:
        """Send it and check its answer; every hundredth time also the rest."""
        try:
            status, headers = self._exchange(message)
        except (ConnectionError, http.client.BadStatusLine):
            # the server may close a connection whose request ends early
            assert message.unfinished, f"no answer: {message}"
            self.statuses["closed"] += 1
            return
        self.statuses[str(status)] += 1
        if "X-Frame-Options" in headers:  # a mutated path led to a control route
            assert status < 500, message
            return
        id = headers.get(_ID)
        assert id, f"an answer without an id: {status} {message}"
        self._waiting.append((id, status, message))
        if len(self._waiting) >= CHECK_EVERY:
            self.check()

    def check(self) -> None:
        """Every answer is in the journal, no answer is a defect, the server lives in its memory."""
        rows = {row["id"]: row for row in self._rows(len(self._waiting) + 50)}
        waiting, self._waiting = self._waiting, []
        for id, status, message in waiting:
            assert id in rows, f"not in the journal: {status} {message}"
            row = rows[id]
            assert "defect" not in row["why"], (row, message)
            if status >= 500:
                answer = status, row["code"]
                assert answer in self._codes.get(row["vendor"], set()), (row, message)
        text = self._log.read()
        assert "Traceback" not in text, text[-5000:]
        assert "defect" not in text, text[-5000:]
        assert self._process.poll() is None, "the server ended"
        assert self.memory() < self._start_bytes + MAX_GROWTH, "the server grows"

    def memory(self) -> int:
        """Bytes of the server's memory now, 0 where there is no /proc."""
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
            found = re.search(r"VmRSS:\s+(\d+) kB", text)
            return int(found[1]) * 1024 if found else 0
        return 0

    def growth(self) -> int:
        """Megabytes by which the memory has grown since the start."""
        return (self.memory() - self._start_bytes) // 1024 // 1024

    def _exchange(self, message: Message) -> tuple[int, http.client.HTTPMessage]:
        with socket.create_connection(self._address, timeout=SECONDS) as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused early
                connection.sendall(message.raw)
            if message.unfinished:
                with contextlib.suppress(OSError):  # closed by the server meanwhile
                    connection.shutdown(socket.SHUT_WR)
            response = http.client.HTTPResponse(connection, method=message.method)
            response.begin()
            response.read()
            return response.status, response.headers

    def _rows(self, limit: int) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._ask(f"/_mockocr/requests?limit={limit}")["requests"]
        return rows

    def _ask(self, target: str) -> Any:
        connection = http.client.HTTPConnection(*self._address, timeout=SECONDS)
        connection.request("GET", target)
        answer = connection.getresponse().read()
        connection.close()
        return json.loads(answer)


@contextlib.contextmanager
def fuzzed_server() -> Iterator[FuzzedServer]:
    """A server with the scripted engine, and a small journal and cache."""
    command = [*python(), "-m", "mockocr", "serve", "--port", "0", "--engine", "scripted"]
    command += ["--journal-mb", "16", "--cache-mb", "0"]
    with tempfile.TemporaryDirectory(prefix="mockocr-fuzz-") as folder:
        path = Path(folder, "log")
        with path.open("w") as out, path.open(encoding="utf-8", errors="replace") as log:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=out, text=True, cwd=folder
            )
            try:
                assert process.stdout is not None
                ready = process.stdout.readline()
                found = re.search(r"http://127\.0\.0\.1:(\d+)", ready)
                assert found, f"the server does not start: {ready} {path.read_text('utf-8')}"
                yield FuzzedServer(process, int(found[1]), log)
            finally:
                process.terminate()
                process.wait(40)
                assert process.stdout is not None
                process.stdout.close()


def _services() -> list[Service]:
    return [service for vendor in discover() for service in vendor.services]
