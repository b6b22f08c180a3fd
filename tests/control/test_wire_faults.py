"""Connection faults on a real socket, with both of uvicorn's HTTP parsers."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest

from mockocr.core.account import Credential
from mockocr.core.http import Request
from tests.control.acme import ACME, PICTURE, mock, sign
from tests.sockets import ask, served

Address = tuple[str, int]


@pytest.fixture(scope="module", params=["h11", "httptools"])
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    with served(mock().asgi, request.param) as found:
        yield found


def raw(address: Address, fault: str) -> bytes:
    """Every byte of the response to one request with that fault; ConnectionResetError on a RST."""
    key = Credential("acme", ACME.credentials)
    call = sign(Request("POST", "/read", body=PICTURE), key)
    head = [f"POST {call.path} HTTP/1.1", "Host: x", f"Content-Length: {len(PICTURE)}"]
    head += [f"{name}: {value}" for name, value in call.headers]
    head += [f"X-Mockocr-Fault: {fault}", "Connection: close"]
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + PICTURE)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def newest(address: Address) -> dict[str, object]:
    _, _, body = ask(address, "GET", "/_mockocr/requests?limit=1")
    entry: dict[str, object] = json.loads(body)["requests"][0]
    return entry


def test_a_reset_connection_is_reset(address: Address) -> None:
    with pytest.raises(ConnectionResetError):
        raw(address, "reset")
    assert (newest(address)["fault"], newest(address)["status"]) == ("reset", 0)


def test_an_empty_answer_has_no_bytes_and_a_plain_end(address: Address) -> None:
    assert raw(address, "empty") == b""
    assert newest(address)["fault"] == "empty"


def test_a_truncated_answer_stops_before_its_length(address: Address) -> None:
    head, _, body = raw(address, "truncated").partition(b"\r\n\r\n")
    (length,) = (
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    assert head.startswith(b"HTTP/1.1 200")
    assert 0 < len(body) == length // 2


def test_a_dripping_response_is_complete_and_slow(address: Address) -> None:
    start = time.perf_counter()
    _, _, body = raw(address, "drip=1000").partition(b"\r\n\r\n")
    assert json.loads(body)["code"] == 0
    assert time.perf_counter() - start >= len(body) / 1000 * 0.7


def test_a_nonstandard_status_is_sent_as_it_is(address: Address) -> None:
    assert raw(address, "status=666").startswith(b"HTTP/1.1 666")


def test_an_error_can_be_truncated(address: Address) -> None:
    answer = raw(address, "error=9, truncated")
    assert answer.startswith(b"HTTP/1.1 403")
    assert not answer.endswith(b"}")


def test_the_server_answers_the_next_request_after_every_fault(address: Address) -> None:
    for fault in ("empty", "truncated", "status=500"):
        raw(address, fault)
        assert raw(address, "delay=0").startswith(b"HTTP/1.1 200")
