"""What Aliyun's market answers over a socket: older hosts, a wrong signature, errors in JSON."""

from __future__ import annotations

import json

import pytest

from tests.conformance import CASES, mock, signed_request, unsigned_request
from tests.sockets import ask, served

JSON = ("Content-Type", "application/json; charset=UTF-8")
APPCODE = ("Authorization", "APPCODE c0ffee00c0ffee00c0ffee00c0ffee00")


def test_the_older_host_of_advanced_leads_to_it() -> None:
    sent = signed_request(CASES["aliyun_market.advanced"]).without_headers("host")
    host = ("Host", "ocrapi-advanced.taobao.com")
    with served(mock().asgi) as address:
        status, _, body = ask(address, "POST", sent.target, [host, *sent.headers], sent.body)
        assert (status, "prism_wnum" in json.loads(body)) == (200, True)
        _, headers, _ = ask(address, "POST", "/nowhere", [host])
    assert headers["x-ca-error-message"] == "Invalid Url"


@pytest.mark.parametrize(
    ("form", "content_type", "expected"),
    [
        (
            "json",
            "application/json;charset=UTF-8",
            '{"error_code":461,"error_msg":"Invalid Input - json format error - missing key: img"}',
        ),
        (
            "text",
            "text/plain; charset=utf-8",
            "Invalid Input - json format error - missing key: img",
        ),
    ],
)
def test_an_error_of_advanced_has_the_form_that_the_option_names(
    form: str, content_type: str, expected: str
) -> None:
    options = {"aliyun_market": {"advanced_errors": form}}
    with served(mock(options=options).asgi) as address:
        status, headers, body = ask(address, "POST", "/ocrservice/advanced", [JSON, APPCODE], b"{}")
    assert (status, headers["content-type"], body.decode()) == (461, content_type, expected)


def test_json_is_the_default_form_and_ocr_general_keeps_its_text() -> None:
    with served(mock().asgi) as address:
        _, headers, _ = ask(address, "POST", "/ocrservice/advanced", [JSON, APPCODE], b"{}")
        assert headers["content-type"] == "application/json;charset=UTF-8"
        _, headers, _ = ask(address, "POST", "/api/predict/ocr_general", [JSON, APPCODE], b"{}")
    assert headers["content-type"] == "text/plain; charset=utf-8"


def test_a_wrong_signature_is_a_400_of_the_gateway() -> None:
    case = CASES["aliyun_market.ocr"]
    key = ("X-Ca-Key", "203753385")
    plain = unsigned_request(case).without_headers("authorization").with_headers(key)
    sent = case.service.sign(plain, case.credential).with_headers(("X-Ca-Signature", "eA=="))
    first = sent.header("x-ca-signature")
    headers = [pair for pair in sent.headers if pair != ("X-Ca-Signature", first)]
    with served(mock().asgi) as address:
        status, answered, body = ask(address, sent.method, sent.target, headers, sent.body)
    assert (status, body) == (400, b"")
    assert answered["x-ca-error-message"].startswith("Invalid Signature, Server StringToSign:`")


def test_the_consoles_error_for_a_wrong_secret_can_be_sent() -> None:
    fault = b'{"operation": "aliyun_market.ocr", "fault": "error=Invalid AppSecret"}'
    sent = signed_request(CASES["aliyun_market.ocr"])
    with served(mock().asgi) as address:
        assert ask(address, "POST", "/_mockocr/faults", [JSON], fault)[0] == 201
        status, headers, _ = ask(address, sent.method, sent.target, sent.headers, sent.body)
    assert (status, headers["x-ca-error-message"]) == (400, "Invalid AppSecret")


@pytest.mark.parametrize("path", ["/thumb/ocr", "/thumb/handwriting"])
def test_an_interface_that_takes_a_url_alone_names_no_other_field(path: str) -> None:
    with served(mock().asgi) as address:
        status, _, body = ask(address, "GET", path, [APPCODE])
    assert (status, body.decode()) == (666, '{"ok":0,"msg":"url必传"}')
