"""A body that is announced to be larger than the service accepts is refused at once."""

from __future__ import annotations

import http.client
import json
import socket
import time

import pytest

from mockocr.core.errors import ErrorKind
from tests.conformance import CASES, Case, signed_request
from tests.serving.raw_requests import read_response
from tests.sockets import ask

FIRST_CASES = {case.service.title: case for case in reversed(CASES.values())}


def _head(case: Case, size: int, *lines: str) -> bytes:
    request = signed_request(case).without_headers("content-length")
    named = [f"{name}: {value}" for name, value in request.headers]
    host = [] if request.has_header("host") else ["Host: localhost"]
    first = f"{request.method} {request.target} HTTP/1.1"
    text = "\r\n".join([first, *host, *named, *lines, f"Content-Length: {size}", "", ""])
    return text.encode("latin-1")


@pytest.mark.parametrize("case", FIRST_CASES.values(), ids=lambda case: case.service.title)
def test_the_vendors_error_comes_before_the_body(address: tuple[str, int], case: Case) -> None:
    too_large = case.service.body_limit + 1
    start = time.monotonic()
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(_head(case, too_large))
        status, body = read_response(connection)
    assert time.monotonic() - start < 4.5  # a body that does not come is waited for 5 s
    (row,) = json.loads(ask(address, "GET", "/_mockocr/requests?limit=1")[2])["requests"]
    entry = case.service.errors.by_kind(ErrorKind.BODY_TOO_LARGE)
    assert (status, row["status"]) == (entry.status, entry.status), body
    assert row["why"] == f"the body has more than {case.service.body_limit} bytes"


def test_a_client_that_waits_for_100_continue_sends_no_body(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(_head(CASES["huawei.web_image"], 10**9, "Expect: 100-continue"))
        assert connection.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_a_client_that_sends_the_whole_body_reads_the_answer_and_can_go_on(
    address: tuple[str, int],
) -> None:
    case = CASES["huawei.web_image"]
    request = signed_request(case)
    connection = http.client.HTTPConnection(*address, timeout=20)
    for body, expected in ((b" " * (case.service.body_limit + 1), 413), (request.body, 200)):
        headers = dict(request.without_headers("content-length").headers)
        connection.request(request.method, request.target, body, headers)
        response = connection.getresponse()
        assert response.status == expected
        response.read()
    connection.close()
