"""Bodies of many fields, parts or values are refused, and no other request waits for them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

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

BODIES = {
    "form fields": (TUPU, FORM, b"a&" * (SIZE // 2), "more than 1000 form fields"),
    "percent escapes": (TUPU, FORM, b"a=%" + b"%ff" * (SIZE // 3), "10000 escapes"),
    "escapes in many fields": (
        TUPU,
        FORM,
        (b"a=%" + b"%ff" * 9_990 + b"&") * 900,
        "no_image",
    ),
    "multipart parts": (TUPU, MULTIPART, b"--b\r\n\r\n\r\n" * (SIZE // 9), "more than 200 parts"),
    "JSON values": (
        "/v3/auth/tokens",
        JSON,
        b'{"auth":[' + b"1," * 5_000_000 + b"1]}",
        "commas, colons and brackets",
    ),
}


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    with served(build(engine=Reader()).asgi) as address:
        yield address


@pytest.mark.parametrize("name", BODIES)
def test_others_are_served_while_a_body_of_many_pieces_is_refused(
    address: Address, name: str
) -> None:
    target, kind, body, reason = BODIES[name]
    slowest, done = [0.0], threading.Event()

    def ask_all_the_time() -> None:
        while not done.is_set():
            start = time.monotonic()
            ask(address, "GET", "/nowhere")
            slowest.append(time.monotonic() - start)

    asking = threading.Thread(target=ask_all_the_time)
    asking.start()
    try:
        headers = (("Content-Type", kind),)
        _, got, _ = ask(address, "POST", target, headers, body)
    finally:
        done.set()
        asking.join()
    row = json.loads(ask(address, "GET", f"/_mockocr/requests/{got['x-mockocr-request']}")[2])
    assert reason in (row["why"] + row["problem"]), row
    assert max(slowest) < 0.9


def test_a_picture_with_line_breaks_in_its_base64_text_is_read(address: Address) -> None:
    """The escapes of line breaks do not count: a picture of 10 MB has 260 thousand."""
    body = b"image=" + (b"A" * 76 + b"%0D%0A") * 130_000
    _, got, _ = ask(address, "POST", TUPU, (("Content-Type", FORM),), body)
    row = json.loads(ask(address, "GET", f"/_mockocr/requests/{got['x-mockocr-request']}")[2])
    assert "escapes" not in row["why"]
