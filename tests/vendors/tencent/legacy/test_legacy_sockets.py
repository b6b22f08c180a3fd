"""Multipart bodies that the vendor's server accepts and strict parsers refuse, over a socket."""

from __future__ import annotations

import json

import pytest

from mockocr.core.http import Request
from tests.conformance import CASES, mock, signed_request
from tests.exchange import picture
from tests.sockets import ask, served

APPID = "1251000000"
KIND = ("Content-Type", "multipart/form-data; boundary=cut")
FIELD = f'--cut\r\nContent-Disposition: form-data; name="appid"\r\n\r\n{APPID}\r\n'.encode()
PICTURE = picture("hello.png")


def image(disposition: str) -> bytes:
    return f"--cut\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + PICTURE


BODIES = {
    "no closing boundary": FIELD + image('name="image"; filename="a.png"'),
    "an open boundary at the end": FIELD + image('name="image"; filename="a.png"') + b"\r\n--cut",
    "a preamble": b"in several parts\r\n" + FIELD + image('name="image"') + b"\r\n--cut--\r\n",
    "a folded header": FIELD + image('name="image";\r\n filename="a.png"') + b"\r\n--cut--\r\n",
    "a file name with an asterisk": FIELD
    + image("name=\"image\"; filename*=UTF-8''%E5%9B%BE.png")
    + b"\r\n--cut--\r\n",
}


def request(operation: str, body: bytes) -> Request:
    signed = signed_request(CASES[operation]).without_headers("content-type")
    return signed.with_headers(KIND).with_body(body)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("operation", ["tencent.general", "tencent.generalfast"])
def test_a_multipart_body_as_clients_write_it_is_read(operation: str, body: bytes) -> None:
    sent = request(operation, body)
    with served(mock().asgi) as address:
        status, _, answer = ask(address, sent.method, sent.target, sent.headers, sent.body)
    assert (status, json.loads(answer)["code"]) == (200, 0), answer


def test_the_file_name_with_an_asterisk_is_echoed() -> None:
    body = BODIES["a file name with an asterisk"]
    sent = request("tencent.idcard", body.replace(b'name="image"', b'name="image[0]"'))
    with served(mock().asgi) as address:
        _, _, answer = ask(address, sent.method, sent.target, sent.headers, sent.body)
    assert json.loads(answer)["result_list"][0]["filename"] == "图.png"
