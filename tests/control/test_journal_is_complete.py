"""No request is lost from the journal: not under load, not if its client goes away, not at the end
of the server.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockocr.app import build
from tests.forks import python
from tests.recognitions import Reader
from tests.redis_server import redis_server
from tests.sockets import ask, served, wait_until

JSON = (("Content-Type", "application/json"),)
TARGET = "/v3/recognition/general-ocr?key=mockocr-dev-key"
REQUEST = (
    b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 2\r\n\r\n{}" % TARGET.encode()
)


def rows(address: tuple[str, int]) -> list[dict[str, Any]]:
    status, _, body = ask(address, "GET", "/_mockocr/requests")
    assert status == 200, body
    found: list[dict[str, Any]] = json.loads(body)["requests"]
    return found


def delay(address: tuple[str, int], seconds: float, times: int) -> None:
    fault = {"operation": "tupu.*", "fault": f"delay={seconds}", "times": times}
    assert ask(address, "POST", "/_mockocr/faults", JSON, json.dumps(fault).encode())[0] == 201


def used(address: tuple[str, int]) -> int:
    """How many requests have met the fault."""
    _, _, body = ask(address, "GET", "/_mockocr/faults")
    return int(json.loads(body)["faults"][0]["used"])


@pytest.mark.parametrize("protocol", ["h11", "httptools"])
@pytest.mark.slow
def test_a_request_whose_client_goes_away_before_the_answer_is_journaled(protocol: str) -> None:
    with served(build(engine=Reader()).asgi, protocol) as address:
        delay(address, 0.3, 1)
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(REQUEST)
            assert wait_until(lambda: used(address) == 1)
        assert wait_until(lambda: len(rows(address)) == 1)
        (row,) = rows(address)
        assert (row["operation"], row["problem"]) == ("general_ocr", "no_image")


@pytest.mark.slow
def test_each_answered_request_is_in_the_journal_at_once_and_in_order() -> None:
    missing: list[str] = []
    order: list[list[str]] = []

    def send(address: tuple[str, int]) -> None:
        connection = http.client.HTTPConnection(*address, timeout=20)
        ids: list[str] = []
        for _ in range(25):
            connection.request("POST", TARGET, b"{}", dict(JSON))
            with connection.getresponse() as response:
                response.read()
                ids.append(response.headers["X-Mockocr-Request"])
            connection.request("GET", f"/_mockocr/requests/{ids[-1]}")
            with connection.getresponse() as response:
                response.read()
                if response.status != 200:
                    missing.append(ids[-1])
        connection.close()
        order.append(ids)

    with served(build(engine=Reader()).asgi) as address:
        clients = [threading.Thread(target=send, args=(address,)) for _ in range(8)]
        for client in clients:
            client.start()
        for client in clients:
            client.join(60)
        journaled = [row["id"] for row in reversed(rows(address))]
    assert not missing
    assert sorted(journaled) == sorted(id for ids in order for id in ids)
    for ids in order:
        assert [id for id in journaled if id in ids] == ids


@contextlib.contextmanager
def process(store: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], tuple[str, int]]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    command = [*python(), "-m", "mockocr", "serve", "--port", "0", "--engine", "scripted"]
    started = subprocess.Popen(
        [*command, "--store", store], stdout=subprocess.PIPE, text=True, env=kept, cwd=folder
    )
    try:
        assert started.stdout is not None
        host, _, port = started.stdout.readline().split("//")[-1].strip().partition(":")
        yield started, (host, int(port))
    finally:
        started.kill()
        started.communicate()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM")
@pytest.mark.slow
def test_requests_that_run_when_the_server_is_stopped_are_journaled(tmp_path: Path) -> None:
    with redis_server() as redis, contextlib.ExitStack() as opened:
        with process(redis.address, tmp_path) as (server, address):
            delay(address, 1, 4)
            connections = [
                opened.enter_context(socket.create_connection(address, timeout=20))
                for _ in range(4)
            ]
            for connection in connections:
                connection.sendall(REQUEST)
            assert wait_until(lambda: used(address) == 4)
            connections[0].close()
            server.send_signal(signal.SIGTERM)
            answers = [connection.recv(65536) for connection in connections[1:]]
            assert server.wait(30) == 0
        ids = [answer.lower().partition(b"x-mockocr-request: ")[2][:32] for answer in answers]
        with process(redis.address, tmp_path) as (_, address):
            journaled = [row["id"].encode() for row in rows(address)]
    assert len(journaled) == 4
    assert set(ids) < set(journaled)
