"""No foreign web page can use the control routes, and with a token only its holders can."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator

import pytest

from mockocr.app import build
from mockocr.testing.session import ControlError, Remote
from tests.recognitions import Reader
from tests.sockets import ask, served

Address = tuple[str, int]
JSON = ("Content-Type", "application/json")
FAULT = b'{"fault":"reset","times":1}'


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    mock = build(engine=Reader(), control_hosts="mock.example.com, *.apps.example.com")
    with served(mock.asgi) as address:
        yield address


@pytest.fixture(scope="module")
def guarded() -> Iterator[Address]:
    with served(build(engine=Reader(), control_token="hunter2").asgi) as address:
        yield address


def status(address: Address, path: str, *headers: tuple[str, str], body: bytes = b"") -> int:
    method = "POST" if body else "GET"
    return ask(address, method, f"/_mockocr{path}", headers, body)[0]


@pytest.mark.parametrize(
    "host", ["evil.example", "rebound.evil.example:8080", "example.com", "127.0.0.1.evil.example"]
)
def test_a_host_name_that_is_not_this_server_is_refused(address: Address, host: str) -> None:
    for path in ("/", "/vendors", "/requests"):
        code, _, body = ask(address, "GET", f"/_mockocr{path}", [("Host", host)])
        assert code == 403
        assert host in json.loads(body)["error"]


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8080",
        "127.0.0.1",
        "[::1]:8080",
        "10.1.2.3:80",
        "mockocr",
        "host.docker.internal",
        "mock.example.com",
        "a.apps.example.com:443",
        "recognition.image.myqcloud.com",
    ],
)
def test_a_local_a_configured_and_a_vendor_host_are_accepted(address: Address, host: str) -> None:
    assert status(address, "/vendors", ("Host", host)) == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:9999", "http://[", ""]
)
def test_a_foreign_origin_is_refused(address: Address, origin: str) -> None:
    headers = (("Host", "localhost:8080"), ("Origin", origin))
    assert status(address, "/requests", *headers) == 403
    assert status(address, "/faults", *headers, JSON, body=FAULT) == 403


def test_the_own_origin_is_accepted(address: Address) -> None:
    headers = (("Host", "localhost:8080"), ("Origin", "http://localhost:8080"))
    assert status(address, "/faults", *headers, JSON, body=FAULT) == 201
    ask(address, "DELETE", "/_mockocr/faults")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_that_a_browser_sends_without_asking_is_refused(address: Address, kind: str) -> None:
    assert status(address, "/faults", ("Content-Type", kind), body=FAULT) == 415
    assert status(address, "/faults", body=FAULT) == 415
    assert json.loads(ask(address, "GET", "/_mockocr/faults")[2])["faults"] == []


def test_a_post_without_a_body_needs_no_type(address: Address) -> None:
    assert ask(address, "POST", "/_mockocr/reset")[0] < 300


def test_the_console_runs_only_its_own_script_and_in_no_frame(address: Address) -> None:
    _, headers, body = ask(address, "GET", "/_mockocr/")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY"
    imports = body.decode().partition('type="importmap">')[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_with_a_token_every_control_route_needs_it(guarded: Address) -> None:
    for path in ("/", "/vendors", "/requests", "/health", "/metrics"):
        assert status(guarded, path) == 401
        assert status(guarded, path, ("Authorization", "Bearer wrong")) == 401
        assert status(guarded, path, ("Authorization", "Bearer hunter2")) == 200
        password = base64.b64encode(b"any:hunter2").decode()
        assert status(guarded, path, ("Authorization", f"Basic {password}")) == 200
    assert ask(guarded, "GET", "/nowhere")[0] == 404


def test_the_python_client_sends_the_token(
    guarded: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{guarded[1]}"
    monkeypatch.delenv("MOCKOCR_CONTROL_TOKEN", raising=False)
    with pytest.raises(ControlError):
        Remote(url).request("GET", "/requests")
    monkeypatch.setenv("MOCKOCR_CONTROL_TOKEN", "hunter2")
    assert "requests" in Remote(url).request("GET", "/requests")
