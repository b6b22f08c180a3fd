"""Bodies of many fields, parts or values are refused, and no other request waits for them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from mockocr.app import build
from tests.recognitions import Reader
from tests.sockets import ask, served

Address = tuple[str, int]
SIZE = 28_000_000
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
JSON = "application/json"
TUPU = "/v3/recognition/general-ocr?key=mockocr-dev-key"

PART = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"
ROUNDS = 3
PATIENCE = 0.1
"""Seconds that a small request may wait longer while a hostile body is read."""

BODIES: dict[str, tuple[str, str, Callable[[], bytes], str]] = {
    "form fields": (TUPU, FORM, lambda: b"a&" * (SIZE // 2), "more than 1000 form fields"),
    "percent escapes": (TUPU, FORM, lambda: b"a=%" + b"%ff" * (SIZE // 3), "10000 odd escapes"),
    "escapes in many fields": (
        TUPU,
        FORM,
        lambda: (b"a=%" + b"%ff" * 9_990 + b"&") * 900,
        "10000 odd escapes",
    ),
    "one field of escapes": (TUPU, FORM, lambda: b"a=" + b"%ff" * (SIZE // 3), "no_image"),
    "line ends in a part": (
        TUPU,
        MULTIPART,
        lambda: PART + b"\r\n-" * (SIZE // 3) + b"\r\n--b--",
        "no_image",
    ),
    "multipart parts": (
        TUPU,
        MULTIPART,
        lambda: b"--b\r\n\r\n\r\n" * (SIZE // 9),
        "more than 200 parts",
    ),
    "JSON values": (
        "/v3/auth/tokens",
        JSON,
        lambda: b'{"auth":[' + b"1," * 5_000_000 + b"1]}",
        "commas, colons and brackets",
    ),
    "JSON behind blanks": (
        "/v3/auth/tokens",
        JSON,
        lambda: b" " * 11_000_000 + b'{"auth":NaN}',
        "auth",
    ),
}


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    with served(build(engine=Reader()).asgi) as address:
        yield address


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.slow
def test_others_are_served_while_a_body_of_many_pieces_is_refused(
    address: Address, name: str
) -> None:
    target, kind, make, reason = BODIES[name]
    body = make()
    usual = max(delays(address, lambda: time.sleep(0.3)))
    head = (
        f"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    answers: list[str] = []

    def send() -> None:
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(head.encode())
            connection.sendall(body)  # by itself: joining both would hold this process too
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        answers.append(answer.split(b"X-Mockocr-Request: ")[1][:32].decode())

    allowed = PATIENCE + 5 * usual
    # what holds the server does so in every round; what disturbs a busy machine, in some
    rounds = (max(delays(address, send)) for _ in range(ROUNDS))
    slowest = next((delay for delay in rounds if delay < allowed), allowed)
    for id in answers:
        row = json.loads(ask(address, "GET", f"/_mockocr/requests/{id}")[2])
        assert reason in (row["why"] + row["problem"]), row
    assert slowest < allowed


def delays(address: Address, work: Callable[[], None]) -> list[float]:
    """Seconds that small requests of another client took while `work` ran."""
    found: list[float] = []
    done = threading.Event()

    def ask_all_the_time() -> None:
        while not (done.is_set() and found):
            start = time.monotonic()
            ask(address, "GET", "/nowhere")
            found.append(time.monotonic() - start)

    asking = threading.Thread(target=ask_all_the_time)
    asking.start()
    try:
        work()
    finally:
        done.set()
        asking.join()
    return found


def test_a_picture_with_line_breaks_in_its_base64_text_is_read(address: Address) -> None:
    """The escapes of line breaks do not count: a picture of 10 MB has 260 thousand."""
    body = b"image=" + (b"A" * 76 + b"%0D%0A") * 130_000
    _, got, _ = ask(address, "POST", TUPU, (("Content-Type", FORM),), body)
    row = json.loads(ask(address, "GET", f"/_mockocr/requests/{got['x-mockocr-request']}")[2])
    assert "escapes" not in row["why"]
