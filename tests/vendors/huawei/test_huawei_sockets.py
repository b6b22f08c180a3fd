"""Huawei's answers over a socket where they depend on the host, the scope or a download."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from mockocr.core.http import Request
from tests.conformance import CASES, mock, unsigned_request
from tests.exchange import picture
from tests.sockets import ask, served

PICTURE = picture("hello.png")
WEB_IMAGE = CASES["huawei.web_image"]


@contextmanager
def site(content_type: str) -> Iterator[str]:
    """A web server with one picture under the given Content-Type; yields the picture's URL."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            if content_type:
                self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(PICTURE)))
            self.end_headers()
            self.wfile.write(PICTURE)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hello.png"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def signed(body: Mapping[str, Any], *headers: tuple[str, str]) -> Request:
    request = unsigned_request(WEB_IMAGE).with_body(json.dumps(body).encode())
    return WEB_IMAGE.service.sign(request.with_headers(*headers), WEB_IMAGE.credential)


@pytest.mark.parametrize("content_type", ["text/html", "Text/HTML; charset=utf-8", "video/mp4"])
def test_a_picture_that_is_not_served_as_one_is_refused(content_type: str) -> None:
    with site(content_type) as url, served(mock().asgi) as address:
        sent = signed({"url": url})
        status, _, body = ask(address, sent.method, sent.target, sent.headers, sent.body)
        listed = json.loads(ask(address, "GET", "/_mockocr/requests")[2])
    assert (status, json.loads(body)["error_code"]) == (400, "ModelArts.4603")
    kind = content_type.partition(";")[0].lower()
    assert listed["requests"][0]["why"].startswith(f"the download is {kind}, not a picture")


@pytest.mark.parametrize("content_type", ["image/png", "IMAGE/PNG", "application/octet-stream", ""])
def test_a_picture_that_is_served_as_one_is_read(content_type: str) -> None:
    with site(content_type) as url, served(mock().asgi) as address:
        sent = signed({"url": url})
        status, _, body = ask(address, sent.method, sent.target, sent.headers, sent.body)
    assert status == 200, body


def test_the_host_of_older_clients_belongs_to_the_service() -> None:
    host = ("Host", "ais.cn-north-4.myhuaweicloud.com")
    with served(mock().asgi) as address:
        sent = signed({"url": "ftp://x"}, host)
        status, _, body = ask(address, sent.method, sent.target, sent.headers, sent.body)
        assert (status, json.loads(body)["error_code"]) == (400, "ModelArts.4601"), body
        status, _, body = ask(address, "POST", "/nothing/here", [host])
    assert json.loads(body)["error_code"] == "APIG.0101"


def _login(scope: Mapping[str, Any]) -> bytes:
    domain = {"name": "mockocr"}
    user = {"name": "dev", "password": "mockocr-dev", "domain": domain}
    identity = {"methods": ["password"], "password": {"user": user}}
    return json.dumps({"auth": {"identity": identity, "scope": scope}}).encode()


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        ({"project": {"name": "cn-east-3"}}, ("cn-east-3", "0123456789abcdef0123456789abcdef")),
        ({"project": {"id": "f" * 32}}, ("cn-north-4", "f" * 32)),
        ({"domain": {"name": "elsewhere"}}, None),
    ],
)
def test_with_the_option_any_a_token_is_issued_for_every_scope(
    scope: Mapping[str, Any], named: tuple[str, str] | None
) -> None:
    headers = [("Content-Type", "application/json")]
    with served(mock(options={"huawei": {"project": "any"}}).asgi) as address:
        status, answered, body = ask(address, "POST", "/v3/auth/tokens", headers, _login(scope))
        assert status == 201, body
        project = json.loads(body)["token"].get("project")
        assert (project and (project["name"], project["id"])) == named
        sent = unsigned_request(WEB_IMAGE).with_headers(
            ("X-Auth-Token", answered["x-subject-token"])
        )
        status, _, body = ask(address, sent.method, sent.target, sent.headers, sent.body)
    assert status == (200 if named else 401), body
    with served(mock().asgi) as address:
        assert ask(address, "POST", "/v3/auth/tokens", headers, _login(scope))[0] == 404
