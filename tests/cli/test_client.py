"""The client sends exactly what it built, and prints a curl line that sends the same."""

from __future__ import annotations

import shlex
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mockocr.client import sender
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor
from mockocr.vendors import discover

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VENDORS = discover()
SERVICES = [(vendor, service) for vendor in VENDORS for service in vendor.services]
EXAMPLES = [
    pytest.param(
        vendor, service, example, id=f"{service.namespace}.{example.operation}: {example.name}"
    )
    for vendor, service in SERVICES
    for example in service.examples
]
every_example = pytest.mark.parametrize(("vendor", "service", "example"), EXAMPLES)
VENDOR, SERVICE = next((v, s) for v, s in SERVICES if s.examples)
EXAMPLE = SERVICE.examples[0]


class Wire:
    """A server that keeps the raw request and sends a fixed response."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.received = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                data += connection.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            while len(body) < length:
                body += connection.recv(65536)
            self.received = head + b"\r\n\r\n" + body
            connection.sendall(self.answer)

    def close(self) -> None:
        self.thread.join(5)
        self.listener.close()


OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'


@pytest.fixture
def wire() -> Iterator[Wire]:
    server = Wire(OK)
    yield server
    server.close()


def image(example: RequestExample, data: bytes = b"\x89PNG picture") -> SampleImage:
    return SampleImage(data, "hello.png", "http://127.0.0.1:9/hello.png" if example.by_url else "")


def example_request(url: str, at: datetime | None = None) -> Request:
    """The first example, signed with the default credentials."""
    values = VENDOR.credentials
    return sender.prepare(url, VENDOR, SERVICE, EXAMPLE, image(EXAMPLE), values, at)


def test_every_operation_has_an_example() -> None:
    for _, service in SERVICES:
        named = {example.operation for example in service.examples}
        assert named == {operation.name for operation in service.operations}


def test_the_examples_of_an_operation_have_different_names() -> None:
    for _, service in SERVICES:
        names = [(example.operation, example.name) for example in service.examples]
        assert len(set(names)) == len(names)


@every_example
def test_every_example_is_a_request_for_its_own_operation(
    vendor: Vendor, service: Service, example: RequestExample
) -> None:
    request = example.build(image(example), vendor.credentials)
    operation = service.operation(example.operation)
    assert request.method in operation.methods
    got = request.path.split("/")
    assert any(
        len(wanted) == len(got)
        and all(w == g or w.startswith("{") for w, g in zip(wanted, got, strict=True))
        for wanted in (path.split("/") for path in (operation.path, *operation.aliases))
    )
    assert request.target.partition("?")[::2] == (request.path, request.query)


@every_example
def test_what_is_sent_is_what_was_signed(
    vendor: Vendor, service: Service, example: RequestExample, wire: Wire
) -> None:
    values = vendor.credentials
    request = sender.prepare(wire.url, vendor, service, example, image(example), values)
    answer = sender.send(wire.url, request)
    assert answer.json() == {"a": 1}
    head, _, body = wire.received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    assert lines[0] == f"{request.method} {request.target} HTTP/1.1"
    sent = [line for line in lines[1:] if not line.lower().startswith("content-length:")]
    built = [f"{k}: {v}" for k, v in request.headers if k.lower() != "content-length"]
    assert sent == built
    assert body == request.body
    assert lines[1] == f"Host: {wire.url[7:]}"


@pytest.mark.parametrize(
    "data",
    [b"short", pytest.param(b"\x00\xff" * 5000, marks=pytest.mark.slow)],
    ids=["short", "long"],
)
@every_example
def test_the_curl_line_sends_the_same_request(
    vendor: Vendor, service: Service, example: RequestExample, data: bytes, wire: Wire
) -> None:
    values = vendor.credentials
    request = sender.prepare(wire.url, vendor, service, example, image(example, data), values)
    line = sender.curl(wire.url, request)
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == '{"a": 1}'
    head, _, body = wire.received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    assert lines[0] == f"{request.method} {request.target} HTTP/1.1"
    assert sorted(line for line in lines[1:] if not line.lower().startswith("content-length")) == (
        sorted(f"{k}: {v}" for k, v in request.headers if k.lower() != "content-length")
    )
    assert body == request.body
    for word in shlex.split(line):
        if word.startswith("@"):
            Path(word[1:]).unlink()


def test_a_missing_server_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    request = example_request(url, AT)
    with pytest.raises(sender.RequestFailedError, match="no answer from"):
        sender.send(url, request)


def test_a_connection_closed_without_an_answer_is_one_sentence() -> None:
    server = Wire(b"")
    request = example_request(server.url)
    with pytest.raises(sender.RequestFailedError, match="no answer from"):
        sender.send(server.url, request)
    server.close()


def test_a_response_that_is_not_json_has_no_json() -> None:
    server = Wire(b"HTTP/1.1 666 \r\nContent-Length: 4\r\n\r\nnope")
    request = example_request(server.url)
    answer = sender.send(server.url, request)
    assert (answer.response.status, answer.json()) == (666, None)
    server.close()
