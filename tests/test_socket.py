"""Real connections with both of uvicorn's parsers: unusual statuses and broken requests."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

from mockocr.app import Mock
from mockocr.control.faults.injection import HEADER as FAULT_HEADER
from mockocr.core.http import Request
from mockocr.serving import body
from tests.conformance import (
    CASES,
    Case,
    mock,
    mock_for,
    sample,
    signed_request,
    unsigned_request,
)
from tests.sockets import Replaceable, ask, served, wait_until

PROTOCOLS = ("h11", "httptools")
FIRST_CASES = list(
    {c.service.title: c for c in reversed(CASES.values()) if not c.operation.open}.values()
)
"""One operation of each service."""


def _send(address: tuple[str, int], request: Request) -> tuple[int, dict[str, str], bytes]:
    return ask(address, request.method, request.target, request.headers, request.body)


@pytest.fixture(scope="module", params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def running(protocol: str) -> Iterator[tuple[Mock, tuple[str, int]]]:
    to = mock()
    with served(to.asgi, protocol) as address:
        yield to, address


@pytest.mark.parametrize("case", FIRST_CASES, ids=lambda case: case.service.title)
@pytest.mark.slow
def test_every_error_can_be_sent(running: tuple[Mock, tuple[str, int]], case: Case) -> None:
    _, address = running
    for entry in case.service.errors:
        fault = f"error={entry.id}".encode().decode("latin-1")
        request = signed_request(case).with_headers((FAULT_HEADER, fault))
        status, headers, body = _send(address, request)
        assert status == entry.status, (entry, status, body[:300])
        assert headers["x-mockocr-request"]


@pytest.fixture(scope="module")
def replaceable(protocol: str) -> Iterator[tuple[Replaceable, tuple[str, int]]]:
    """A server whose app each test sets: to start one for each takes most of the time."""
    app = Replaceable()
    with served(app, protocol, lifespan="off") as address:
        yield app, address


@pytest.mark.parametrize("id", CASES)
@pytest.mark.slow
def test_every_operation_answers_over_a_socket(
    running: tuple[Mock, tuple[str, int]],
    replaceable: tuple[Replaceable, tuple[str, int]],
    id: str,
) -> None:
    _, address = running
    case = CASES[id]
    number = 1000 + list(CASES).index(id)
    request = unsigned_request(case).replaced(seed=number, id=f"{number:032x}")
    request = case.service.sign(request, case.credential)
    if sample(id).after or sample(id).options or sample(id).reads != "hello":
        own, address = replaceable
        own.app = mock_for(case, accounts=()).asgi  # a kept mock belongs to another event loop
    status, _, body = _send(address, request)
    assert status < 300, body[:300]


def test_a_body_that_stops_half_way_is_answered_and_logged(
    running: tuple[Mock, tuple[str, int]],
) -> None:
    _, address = running
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(
            b"POST /ocr/general HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
        )
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)

    def is_logged() -> bool:
        _, _, body = ask(address, "GET", "/_mockocr/requests?limit=1")
        return "stopped after 4 bytes" in json.loads(body)["requests"][0]["why"]

    assert wait_until(is_logged)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_forwarded_headers_change_neither_client_nor_scheme(protocol: str) -> None:
    seen = []
    to = mock()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            seen.append((scope["client"][0], scope["scheme"]))
        await to.asgi(scope, receive, send)

    forwarded = (("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https"))
    with served(app, protocol) as address:
        ask(address, "GET", "/ocr/general", forwarded)
    assert seen == [("127.0.0.1", "http")]


def test_a_body_may_be_chunked(running: tuple[Mock, tuple[str, int]]) -> None:
    _, address = running
    request = signed_request(CASES["tencent.general"])
    head = "".join(
        f"{name}: {value}\r\n"
        for name, value in request.headers
        if name.lower() != "content-length"
    )
    half = len(request.body) // 2
    chunks = b"".join(
        f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        for piece in (request.body[:half], request.body[half:], b"")
    )
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(
            f"{request.method} {request.target} HTTP/1.1\r\n{head}"
            "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode("latin-1")
            + chunks
        )
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200"), answer[:300]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_line_break_in_an_echoed_value_adds_no_header(protocol: str) -> None:
    to = mock(options={"aliyun_market": {"gateway": "vpc"}})
    with served(to.asgi, protocol) as address:
        status, headers, _ = ask(address, "POST", "/aliyun_market/a%0D%0AX-Evil:%201%00")
    assert (status, headers["x-ca-error-code"]) == (404, "I404NF")
    assert headers["x-ca-error-message"] == "API not found `/a  X-Evil: 1 `"
    assert "x-evil" not in headers


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_body_that_stalls_is_refused(protocol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert body.STALL_SECONDS <= 5
    monkeypatch.setattr(body, "STALL_SECONDS", 0.2)
    to = mock()
    with served(to.asgi, protocol) as address, socket.create_connection(address, 20) as connection:
        start = time.monotonic()
        connection.sendall(
            b"POST /ocr/general HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
        )
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")
        assert 0.2 <= time.monotonic() - start < 4.5
        (entry,) = json.loads(ask(address, "GET", "/_mockocr/requests")[2])["requests"]
    assert entry["why"] == "the body stopped after 4 bytes"


_HEADS = {
    "an invalid request line": (b"garbage\r\n\r\n", "", ""),
    "an invalid version": (b"GET /ocr XTTP/1.1\r\nHost: x\r\n\r\n", "GET", "/ocr"),
    "an invalid header": (
        b"PUT /ocr?a=1 HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
        "PUT",
        "/ocr?a=1",
    ),
    "a URL beyond ASCII": ("GET /图 HTTP/1.1\r\nHost: x\r\n\r\n".encode(), "GET", "/å\x9b¾"),
}


def _exchange(address: tuple[str, int], *pieces: bytes) -> bytes:
    """Everything that the server sends in answer to the pieces until it closes the connection."""
    with socket.create_connection(address, timeout=20) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.05)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def _latest(address: tuple[str, int]) -> dict[str, object]:
    row = json.loads(ask(address, "GET", "/_mockocr/requests?limit=1")[2])["requests"][0]
    assert isinstance(row, dict)
    return row


@pytest.mark.parametrize("head", _HEADS.values(), ids=_HEADS)
def test_an_invalid_request_is_answered_in_json_and_logged(
    running: tuple[Mock, tuple[str, int]], head: tuple[bytes, str, str]
) -> None:
    _, address = running
    ask(address, "DELETE", "/_mockocr/requests")
    sent, method, target = head
    answer, _, body = _exchange(address, sent).partition(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n"), answer[:300]
    assert b"Content-Type: application/json" in answer
    error = json.loads(body)["error"]
    assert wait_until(lambda: json.loads(ask(address, "GET", "/_mockocr/requests")[2])["requests"])
    row = _latest(address)
    assert (row["vendor"], row["status"], row["method"]) == ("", 400, method)
    assert str(row["target"]).startswith(target)
    assert row["why"] == error
    assert error.startswith("the HTTP request cannot be parsed: ")
    assert len(error) < 300


@pytest.mark.parametrize("http_protocol", ["httptools"])
def test_a_method_unknown_to_the_parser_is_logged(http_protocol: str) -> None:
    """h11 accepts any method, so there the vendor refuses it."""
    with served(mock().asgi, http_protocol) as address:
        assert b'{"error":' in _exchange(address, b"FOO /ocr/general HTTP/1.1\r\nHost: x\r\n\r\n")
        row = _latest(address)
    assert (row["method"], row["target"], row["status"]) == ("FOO", "/ocr/general", 400)
    assert "nvalid method" in str(row["why"])


@pytest.mark.parametrize(("protocol", "sent"), [("h11", 66_000), ("httptools", 80_000)])
def test_the_start_of_a_too_long_url_is_logged(protocol: str, sent: int) -> None:
    """h11 refuses it before its end."""
    line = b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    with served(mock().asgi, protocol) as address:
        assert b'{"error":' in _exchange(address, line[:sent])
        row = _latest(address)
    assert (row["method"], str(row["target"])[:9], row["status"]) == ("GET", "/aaaaaaaa", 400)
    assert len(str(row["why"])) < 300


def test_an_invalid_chunk_is_answered_in_json_and_logged_once(
    running: tuple[Mock, tuple[str, int]],
) -> None:
    _, address = running
    ask(address, "DELETE", "/_mockocr/requests")
    head = (
        b"POST /ocr/general HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
    )
    answer = _exchange(address, head, b"zz\r\nrest\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert wait_until(lambda: json.loads(ask(address, "GET", "/_mockocr/requests")[2])["requests"])
    (row,) = json.loads(ask(address, "GET", "/_mockocr/requests")[2])["requests"]
    assert (row["vendor"], row["method"], row["target"]) == ("", "POST", "/ocr/general")
    assert row["why"] == json.loads(answer.partition(b"\r\n\r\n")[2])["error"]


def test_an_invalid_request_after_a_good_one_is_logged_by_itself(
    running: tuple[Mock, tuple[str, int]],
) -> None:
    _, address = running
    ask(address, "DELETE", "/_mockocr/requests")
    answer = _exchange(
        address, b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", b"rubbish here\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.count(b"HTTP/1.1 400 ") == 1
    assert wait_until(lambda: _latest(address)["status"] == 400)
    assert (_latest(address)["method"], _latest(address)["target"]) == ("rubbish", "here")
