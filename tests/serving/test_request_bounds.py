"""Bounds on what one connection may send: heads, trailers, pipelining, and how slowly."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockocr.app import build
from mockocr.serving import body
from tests.recognitions import Reader
from tests.sockets import ask, served, wait_until

Address = tuple[str, int]
GOOD = b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = b"GET /nowhere HTTP/1.1\r\nHost: x\r\n"
CHUNKED = b"POST /ocr/general HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module", params=["h11", "httptools"])
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    with served(build(engine=Reader()).asgi, request.param, head_seconds=1.0) as address:
        yield address


def flood(address: Address, start: bytes, piece: bytes, megabytes: int = 20) -> bytes:
    """Send `piece` again and again until the server closes the connection; what it answers."""
    many = piece * (65536 // len(piece) + 1)
    answer = b""
    with socket.create_connection(address, timeout=20) as connection:
        try:
            connection.sendall(start)
            for _ in range(megabytes * 16):
                connection.sendall(many)
        except OSError:
            pass
        else:
            pytest.fail(f"the server took {megabytes} MB")
        try:
            while piece := connection.recv(65536):
                answer += piece
        except OSError:
            pass  # the reset reaches the client before the answer
    return answer


def rows(address: Address, **wanted: Any) -> list[dict[str, Any]]:
    found = json.loads(ask(address, "GET", "/_mockocr/requests?limit=20")[2])["requests"]
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


def receive(connection: socket.socket) -> bytes:
    got = b""
    while piece := connection.recv(65536):
        got += piece
    return got


@pytest.mark.parametrize("piece", [b"X-Many: of these\r\n", b"a"], ids=["headers", "one header"])
def test_a_head_without_end_is_refused_and_logged(address: Address, piece: bytes) -> None:
    ask(address, "DELETE", "/_mockocr/requests")
    flood(address, HEAD + b"X-Long: ", piece)
    assert wait_until(lambda: rows(address, status=431, method="GET", target="/nowhere"))


def test_a_refused_head_is_answered_with_the_id_of_its_journal_entry(address: Address) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(HEAD + b"X-Long: " + b"a" * 70_000)
        answer = receive(connection)
    assert answer.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    found = re.search(rb"X-Mockocr-Request: ([0-9a-f]{32})\r\n", answer)
    assert found is not None
    id = found[1].decode()
    assert wait_until(lambda: rows(address, id=id))
    assert rows(address, id=id)[0]["why"] == json.loads(answer.partition(b"\r\n\r\n")[2])["error"]


@pytest.mark.parametrize(
    ("start", "piece"),
    [(b"4\r\nhalf\r\n0\r\n", b"X-Trailer: of many\r\n"), (b"4;", b"extension")],
    ids=["trailers", "a chunk extension"],
)
def test_trailers_and_chunk_extensions_without_end_are_refused(
    address: Address, start: bytes, piece: bytes
) -> None:
    ask(address, "DELETE", "/_mockocr/requests")
    flood(address, CHUNKED + start, piece)
    assert wait_until(
        lambda: [row for row in rows(address, method="POST") if row["status"] in (400, 431)]
    )


@pytest.mark.slow
def test_requests_without_end_on_one_connection_are_refused(address: Address) -> None:
    before = resident()
    with socket.create_connection(address, timeout=20) as connection:
        connection.settimeout(1)
        with contextlib.suppress(OSError):  # the server reads no more, or closes the connection
            for _ in range(400):
                connection.sendall(GOOD * 1800)
    assert resident() - before < 60


def test_a_good_request_before_garbage_is_answered(address: Address) -> None:
    for garbage in (b"rubbish here\r\n\r\n", CHUNKED + b"zz\r\n"):
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(GOOD + garbage)
            answer = receive(connection)
        statuses = re.findall(rb"HTTP/1.1 (\d+)", answer)
        assert statuses == [b"404", b"400"], answer


@pytest.mark.slow
def test_a_head_that_is_sent_byte_by_byte_is_refused(address: Address) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        start = time.monotonic()
        answer = b""
        connection.settimeout(0.05)
        for byte in HEAD * 50:
            try:
                connection.sendall(bytes([byte]))
                answer += connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if answer:
                break
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert 0.9 < time.monotonic() - start < 10
    assert rows(address, status=408)[0]["why"] == "the head of the request took more than 1 s"


@pytest.mark.slow
def test_a_connection_that_sends_nothing_is_closed(address: Address) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        assert connection.recv(10) == b""


@pytest.mark.slow
def test_a_head_may_pause_after_an_answered_request(address: Address) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        for _ in range(3):
            connection.sendall(GOOD[:20])
            time.sleep(0.5)
            connection.sendall(GOOD[20:])
            assert connection.recv(65536).startswith(b"HTTP/1.1 404")


@pytest.mark.slow
def test_a_body_slower_than_the_least_rate_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "STALL_SECONDS", 0.5)
    mock = build(engine=Reader(), body_rate=1000)
    with served(mock.asgi) as address, socket.create_connection(address, 20) as connection:
        connection.sendall(b"POST /ocr/general HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n")
        connection.settimeout(0.02)
        answer = b""
        for _ in range(500):
            try:
                connection.sendall(b"a")
                answer += connection.recv(65536)
            except TimeoutError:
                continue
            break
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"onnection: close" in answer
        assert "the body stopped after" in rows(address)[0]["why"]


@pytest.mark.slow
def test_a_body_above_the_least_rate_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "STALL_SECONDS", 0.3)
    mock = build(engine=Reader(), body_rate=1000)
    with served(mock.asgi) as address, socket.create_connection(address, 20) as connection:
        connection.sendall(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n")
        for _ in range(9):
            connection.sendall(b"a" * 1000)
            time.sleep(0.15)
        assert connection.recv(65536).startswith(b"HTTP/1.1 404")


def test_the_request_after_a_body_that_stalls_is_not_swallowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "STALL_SECONDS", 0.2)
    with (
        served(build(engine=Reader()).asgi) as address,
        socket.create_connection(address, 20) as connection,
    ):
        connection.sendall(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf")
        assert b"onnection: close" in receive(connection)


@pytest.mark.slow
def test_the_body_of_a_control_request_may_not_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockocr.control.api.json_http.BODY_SECONDS", 0.3)
    with (
        served(build(engine=Reader()).asgi) as address,
        socket.create_connection(address, 20) as connection,
    ):
        connection.sendall(
            b"POST /_mockocr/faults HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
        answer = receive(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"onnection: close" in answer


def test_a_client_that_resets_its_pipeline_leaves_no_traceback(
    address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(GOOD * 50)
        connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(address, "GET", "/_mockocr/vendors")[0] == 200
    assert not [record for record in caplog.records if record.exc_info]


def resident() -> int:
    """Megabytes of this process, in which the server runs."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) // 1024


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_should_name_the_operation_and_cannot_be_read_is_the_vendors_error(
    kind: str,
) -> None:
    with served(build(engine=Reader()).asgi) as address:
        for path in ("/", "/recognition/x/y/z", "/api/recognition/0123456789abcdef01234567"):
            status, headers, body = ask(
                address, "POST", path, (("Content-Type", kind),), b"a=1&" * 2000
            )
            assert body != b"Internal Server Error", (path, status)
            assert "x-mockocr-request" in headers, (path, status, body)
