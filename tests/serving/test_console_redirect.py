"""A browser that opens `/` is led to the console; the vendors keep what they have there."""

from __future__ import annotations

import pytest

from mockocr.app import build
from tests.recognitions import Reader
from tests.sockets import ask, served

BROWSER = ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
SIGNED = "/?Action=GeneralBasicOCR&Version=2018-11-19&SecretId=x&Signature=y&Timestamp=1&Nonce=1"
VENDOR = ("Host", "ocr.tencentcloudapi.com")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_is_led_to_the_console(method: str) -> None:
    with served(build(engine=Reader()).asgi) as address:
        status, headers, _ = ask(address, method, "/", [BROWSER])
        assert (status, headers["location"]) == (307, "/_mockocr/")
        status, headers, body = ask(address, method, headers["location"], [BROWSER])
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert (b"<html" in body) is (method == "GET")


@pytest.mark.parametrize(
    ("method", "target", "headers", "code"),
    [
        ("GET", "/", [("Accept", "*/*")], b"no vendor answers here"),
        ("GET", "/", [], b"no vendor answers here"),
        ("GET", "/", [BROWSER, VENDOR], b"InvalidAction"),
        (
            "GET",
            SIGNED,
            [BROWSER],
            b"AuthFailure",
        ),
        ("POST", "/", [BROWSER, VENDOR], b"InvalidAction"),
        ("POST", "/", [BROWSER, ("X-TC-Action", "GeneralBasicOCR")], b"AuthFailure"),
        ("GET", "/other", [BROWSER], b"no vendor answers here"),
    ],
)
def test_other_requests_to_the_root_are_the_vendors(
    method: str, target: str, headers: list[tuple[str, str]], code: bytes
) -> None:
    with served(build(engine=Reader()).asgi) as address:
        status, answered, body = ask(address, method, target, headers)
        assert "location" not in answered
        assert code in body, (status, body)
        assert "x-mockocr-request" in answered
