"""Response header names as they leave the socket: spelled as the vendor spells them."""

from __future__ import annotations

import socket

import pytest

from mockocr.core.http import Request
from tests.conformance import CASES, Case, signed_request
from tests.serving.raw_requests import to_bytes

FIRST_CASES = {case.service.title: case for case in reversed(CASES.values())}

LOWER = {
    "aliyun": {b"x-acs-request-id", b"x-acs-trace-id"},
    "azure": {
        b"api-supported-versions",
        b"apim-request-id",
        b"ms-azure-ai-errorcode",
        b"request-id",
        b"x-content-type-options",
        b"x-envoy-upstream-service-time",
        b"x-ms-region",
    },
    "baidu": {b"x-bce-request-id"},
}
"""The names that a vendor itself writes in lower case, as recorded."""


def _head(address: tuple[str, int], request: Request) -> list[bytes]:
    """The header names of the response, as bytes from the socket."""
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(to_bytes(request.without_headers("content-length")))
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536)
    lines = received.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    return [line.partition(b":")[0] for line in lines]


def _request(case: Case) -> Request:
    request = signed_request(case)
    return request if request.has_header("host") else request.with_headers(("Host", "localhost"))


def test_a_token_leaves_in_a_header_with_capital_letters(address: tuple[str, int]) -> None:
    names = _head(address, _request(CASES["huawei.token"]))
    assert {b"X-Subject-Token", b"Content-Type", b"Content-Length", b"Date"} <= set(names), names


@pytest.mark.parametrize("case", FIRST_CASES.values(), ids=lambda case: case.service.title)
def test_no_header_name_leaves_in_lower_case(address: tuple[str, int], case: Case) -> None:
    names = _head(address, _request(case))
    assert len(set(names)) == len(names) >= 4
    assert (b"Content-Length" in names) != (b"transfer-encoding" in names)
    lower = {name for name in names if name == name.lower()}
    assert lower <= LOWER.get(case.vendor.name, set())
