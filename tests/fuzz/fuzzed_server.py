"""A server in a process of its own that is sent mutated requests, and the facts that must hold."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import grpc

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors import discover
from tests.fuzz.mutated_calls import Call
from tests.fuzz.mutated_requests import Message, to_bytes
from tests.fuzz.signed_examples import HANDED_OUT, PICTURE, THAT_HAND_OUT

SECONDS = 60.0
"""How long an answer may take: a reading takes its time on a busy machine."""
MAX_GROWTH = 400 * 1024 * 1024
"""Bytes by which the server's memory may grow: one picture may take 300 MB while it is decoded."""
AT_ONCE = 4
"""How many messages are on their way at once."""
_ID = "X-Mockocr-Request"


class FuzzedServer:
    """Sends messages and checks the answers, the journal, the log and the memory."""

    def __init__(
        self, process: subprocess.Popen[str], port: int, grpc_port: int, log: IO[str]
    ) -> None:
        self._process = process
        self._address = "127.0.0.1", port
        self._channel = grpc.insecure_channel(f"127.0.0.1:{grpc_port}")
        self._log = log
        self._waiting: list[tuple[str, Message | Call]] = []
        self._codes: dict[str, set[tuple[int, str]]] = {}
        for service in _services():
            known = self._codes.setdefault(service.namespace, set())
            known.update((entry.status, str(entry.code)) for entry in service.errors.entries)
        self.statuses: Counter[str] = Counter()
        self._ask("/_mockocr/livez")
        self._collect_credentials()
        self._start_bytes = self.memory()

    def send(self, messages: Sequence[Message | Call]) -> None:
        """Send them, a few at once, and check the answers, the journal, the log, the memory.

        AssertionError for what does not hold, with the message if it is known.
        """
        with ThreadPoolExecutor(AT_ONCE) as senders:
            for _ in senders.map(self._send, messages):
                pass
        self.check()

    def _send(self, message: Message | Call) -> None:
        if isinstance(message, Call):
            self._send_call(message)
            return
        try:
            response = self._exchange(message)
        except (ConnectionError, http.client.BadStatusLine, TimeoutError) as error:
            # the server may close a connection whose request ends early
            if not message.unfinished or isinstance(error, TimeoutError):
                raise self._finding(f"no answer: {error!r}", message) from error
            self.statuses["closed"] += 1
            return
        self.statuses[str(response.status)] += 1
        controls = bool(response.header("X-Frame-Options"))  # a mutated path led to a control route
        if controls and response.status < 500:
            return
        id = response.header(_ID)
        if not id:
            raise self._finding(f"an answer without an id: {response.status}", message)
        self._waiting.append((id, message))

    def _send_call(self, call: Call) -> None:
        method: Any = self._channel.unary_unary(call.method)
        try:
            _, answer = method.with_call(call.raw, metadata=call.metadata, timeout=SECONDS)
        except grpc.RpcError as error:
            answer = error
        code = answer.code()
        self.statuses[code.name] += 1
        trailers = dict(answer.trailing_metadata() or ())
        id = trailers.get(_ID.lower(), "")
        if not id:
            raise self._finding(f"an answer without an id: {code} {answer.details()}", call)
        self._waiting.append((id, call))

    def _collect_credentials(self) -> None:
        """Tokens and jobs, so that the requests that need one get further than its check."""
        HANDED_OUT.clear()
        for found in THAT_HAND_OUT:
            request = found.signed(found.request())
            response = self._exchange(Message(to_bytes(request), request.method, False, found.id))
            handed_out = found.example.extract_credentials(response)
            HANDED_OUT.setdefault(found.vendor.name, {}).update(handed_out)

    def check(self) -> None:
        """Every answer is in the journal, no answer is a defect, the server lives in its memory."""
        assert self._process.poll() is None, "the server ended"
        rows = {row["id"]: row for row in self._rows(len(self._waiting) + 50)}
        waiting, self._waiting = self._waiting, []
        text = self._log.read()
        for id, message in waiting:
            row, near = rows.get(id), text[max(text.find(id), 0) :]
            if row is None:
                raise self._finding(f"not in the journal: {id}", message, near)
            if "defect" in row["why"]:
                raise self._finding(f"a defect: {row}", message, near)
            known = self._codes.get(row["vendor"], set())
            if row["status"] >= 500 and (row["status"], row["code"]) not in known:
                raise self._finding(f"an unknown error of the server: {row}", message, near)
        assert "Traceback" not in text, text[-5000:]
        assert "defect" not in text, text[-5000:]
        assert self.memory() < self._start_bytes + MAX_GROWTH, "the server grows"

    @staticmethod
    def _finding(sentence: str, message: Message | Call, log: str = "") -> AssertionError:
        """The error that names the message, whose bytes are kept in a file."""
        with tempfile.NamedTemporaryFile(prefix="mockocr-finding-", delete=False) as file:
            file.write(message.raw)
        return AssertionError(f"{sentence}\n{message}\nin {file.name}\n{log[:5000]}")

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

    def _exchange(self, message: Message) -> Response:
        with socket.create_connection(self._address, timeout=SECONDS) as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused early
                connection.sendall(message.raw)
            if message.unfinished:
                with contextlib.suppress(OSError):  # closed by the server meanwhile
                    connection.shutdown(socket.SHUT_WR)
            answer = http.client.HTTPResponse(connection, method=message.method)
            answer.begin()
            return Response(answer.status, answer.read(), tuple(answer.getheaders()))

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
def fuzzed_server(engine: str = "scripted", module: str = "mockocr") -> Iterator[FuzzedServer]:
    """A server with a small journal and no cache. `module` is what `python -m` runs."""
    command = [sys.executable, "-m", module, "serve", "--port", "0", "--engine", engine]
    command += ["--journal-mb", "16", "--cache-mb", "0", "--aws-s3", "s3", "--grpc-port", "0"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    with tempfile.TemporaryDirectory(prefix="mockocr-fuzz-") as folder:
        path, pictures = Path(folder, "log"), Path(folder, "s3", "images")
        pictures.mkdir(parents=True)
        (pictures / "hello.png").write_bytes(PICTURE)
        with path.open("w") as out, path.open(encoding="utf-8", errors="replace") as log:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                cwd=folder,
                env=environment,
            )
            try:
                assert process.stdout is not None
                ready = process.stdout.readline()
                found = re.search(r"http://127\.0\.0\.1:(\d+)", ready)
                assert found, f"the server does not start: {ready} {path.read_text('utf-8')}"
                calls = re.search(r"grpc=127\.0\.0\.1:(\d+)", ready)
                assert calls, f"no port for gRPC: {ready}"
                yield FuzzedServer(process, int(found[1]), int(calls[1]), log)
            finally:
                process.terminate()
                process.wait(40)
                assert process.stdout is not None
                process.stdout.close()


def _services() -> list[Service]:
    return [service for vendor in discover() for service in vendor.services]
