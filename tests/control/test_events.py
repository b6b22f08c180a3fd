"""`/events` reports each request as it comes, and ends with the client or the server."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mockocr.app import build
from mockocr.control.api.events import MAX_STREAMS
from tests.recognitions import Reader
from tests.sockets import ask, served, wait_until


@contextmanager
def listening(address: tuple[str, int]) -> Iterator[Any]:
    """A connection that has received the head of the stream."""
    with (
        socket.create_connection(address, timeout=10) as connection,
        connection.makefile("rb") as file,
    ):
        head = b"GET /_mockocr/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(head)
        until(file, b": connected")
        yield file


def until(file: Any, wanted: bytes) -> bytes:
    """The first line that contains the text."""
    while line := file.readline():
        if wanted in line:
            return bytes(line)
    raise AssertionError(f"the stream ended before {wanted!r}")


def test_a_request_is_reported_with_its_row() -> None:
    mock = build(engine=Reader())
    with served(mock.asgi) as address, listening(address) as file:
        ask(address, "POST", "/ocr/general", [("Content-Type", "application/json")], b"{}")
        assert until(file, b"event:") == b"event: request\n"
        row = json.loads(until(file, b"data:").partition(b":")[2])
        assert (row["vendor"], row["operation"], row["status"]) == ("tencent", "general", 401)
        _, _, body = ask(address, "GET", "/_mockocr/requests")
        assert json.loads(body)["requests"] == [row]


@pytest.mark.slow
def test_a_stopping_server_ends_the_stream_at_once() -> None:
    mock = build(engine=Reader())
    with socket.socket() as connection:
        with served(mock.asgi) as address:
            connection.connect(address)
            connection.settimeout(10)
            connection.sendall(b"GET /_mockocr/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            received = b""
            while b"connected" not in received:  # in one packet with the head, or in the next one
                chunk = connection.recv(65536)
                assert chunk, received
                received += chunk
            started = time.monotonic()
        assert time.monotonic() - started < 8, "the server waited for the stream"
        rest = b""
        while chunk := connection.recv(65536):
            rest += chunk
        assert rest.endswith(b"0\r\n\r\n")


def test_a_client_that_leaves_is_forgotten_and_too_many_are_refused() -> None:
    mock = build(engine=Reader())
    with served(mock.asgi) as address:
        with many_listening(address, MAX_STREAMS):
            status, _, body = ask(address, "GET", "/_mockocr/events", [("Host", "localhost")])
            assert status == 429
            assert json.loads(body) == {"error": "32 clients already listen to events"}

        def is_open_again() -> bool:
            try:
                with listening(address):
                    return True
            except AssertionError:
                return False

        assert wait_until(is_open_again)


@contextmanager
def many_listening(address: tuple[str, int], count: int) -> Iterator[None]:
    """So many open streams."""
    streams = [listening(address) for _ in range(count)]
    for stream in streams:
        stream.__enter__()
    try:
        yield
    finally:
        for stream in streams:
            stream.__exit__(None, None, None)


def test_a_foreign_page_and_a_missing_token_are_refused() -> None:
    mock = build(engine=Reader(), control_token="secret")
    with served(mock.asgi) as address:
        for headers, status in (
            ([("Host", "localhost")], 401),
            ([("Host", "localhost"), ("Origin", "http://evil.example")], 403),
            ([("Host", "evil.example")], 403),
        ):
            assert ask(address, "GET", "/_mockocr/events", headers)[0] == status
