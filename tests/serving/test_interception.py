"""With `mockocr.running(intercept=True)`, requests to the vendors' hosts reach the mock."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import ssl
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator

import httpx2
import pytest
import requests

import mockocr
from mockocr.core.service import Service
from mockocr.testing.running import Running
from mockocr.vendors import discover
from tests.recognitions import Reader
from tests.serving.raw_requests import TENCENT as HOST
from tests.serving.raw_requests import signed_request

SERVICES = [service for vendor in discover() for service in vendor.services]
TEXT = "发票 Invoice 2026"
SESSION_BEFORE = requests.Session()
CONTEXT_BEFORE = ssl.create_default_context()
DEAD_PROXY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def mock() -> Iterator[Running]:
    with mockocr.running(engine=Reader(), intercept=True) as running:
        yield running


Post = Callable[[str, dict[str, str], bytes], bytes]


def by_requests(url: str, headers: dict[str, str], body: bytes) -> bytes:
    return requests.post(url, headers=headers, data=body, timeout=10).content


def by_an_older_session(url: str, headers: dict[str, str], body: bytes) -> bytes:
    return SESSION_BEFORE.post(url, headers=headers, data=body, timeout=10).content


def by_urllib(url: str, headers: dict[str, str], body: bytes) -> bytes:
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as response:
        return bytes(response.read())


def by_http_client(url: str, headers: dict[str, str], body: bytes) -> bytes:
    if url.startswith("https"):
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            HOST, timeout=10, context=CONTEXT_BEFORE
        )
    else:
        connection = http.client.HTTPConnection(HOST, timeout=10)
    try:
        connection.request("POST", "/ocr/general", body, headers)
        return connection.getresponse().read()
    finally:
        connection.close()


def by_httpx(url: str, headers: dict[str, str], body: bytes) -> bytes:
    return httpx2.post(url, headers=headers, content=body).content


def by_httpx_later(url: str, headers: dict[str, str], body: bytes) -> bytes:
    async def ask() -> bytes:
        async with httpx2.AsyncClient() as client:
            return (await client.post(url, headers=headers, content=body)).content

    return asyncio.run(ask())


def by_asyncio(url: str, headers: dict[str, str], body: bytes) -> bytes:
    async def ask() -> bytes:
        secure = url.startswith("https")
        reader, writer = await asyncio.open_connection(
            HOST, 443 if secure else 80, ssl=secure or None
        )
        lines = ["POST /ocr/general HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        answer = await reader.read()
        writer.close()
        return answer.partition(b"\r\n\r\n")[2]

    return asyncio.run(ask())


POSTS = [
    by_requests,
    by_an_older_session,
    by_urllib,
    by_http_client,
    by_httpx,
    by_httpx_later,
    by_asyncio,
]


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("ask", POSTS)
def test_a_client_that_keeps_the_vendors_url_reaches_the_mock(
    mock: Running, ask: Post, scheme: str
) -> None:
    call = signed_request()
    answer = json.loads(ask(f"{scheme}://{HOST}/ocr/general", dict(call.headers), call.body))
    assert answer["data"]["items"][0]["itemstring"] == TEXT


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY"])
@pytest.mark.parametrize("ask", [by_requests, by_httpx])
def test_a_proxy_of_the_environment_is_not_used(
    mock: Running, ask: Post, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, DEAD_PROXY)
    call = signed_request()
    assert TEXT.encode() in ask(f"https://{HOST}/ocr/general", dict(call.headers), call.body)


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.title)
@pytest.mark.slow
def test_every_service_host_reaches_the_mock(mock: Running, service: Service) -> None:
    for host in service.hosts:
        url = f"https://{host.format(region='cn-north-4')}/no/such/path"
        response = requests.get(url, timeout=10)
        row = mock.request(response.headers["X-Mockocr-Request"])
        assert row["vendor"] == service.namespace


@pytest.mark.slow
def test_the_base_url_and_the_control_methods_still_work(mock: Running) -> None:
    mock.tencent.general.answers(["scripted"])
    request = signed_request()
    headers = dict(request.headers)
    assert b"scripted" in by_requests(f"https://{HOST}/ocr/general", headers, request.body)
    assert TEXT.encode() in by_requests(f"{mock.url}/ocr/general", headers, request.body)


@pytest.mark.slow
def test_other_hosts_are_not_intercepted(mock: Running) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.close()

    thread = threading.Thread(target=hang_up, daemon=True)
    thread.start()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"https://localhost:{listener.getsockname()[1]}/", timeout=10)
    thread.join(10)
    listener.close()
    assert socket.getaddrinfo("localhost", 80, socket.AF_INET)[0][4] == ("127.0.0.1", 80)
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("no-such-host.invalid", 80)


@pytest.mark.slow
def test_everything_is_restored_when_the_block_ends() -> None:
    script = f"""
import os, socket, ssl, sys
import mockocr
from tests.recognitions import Reader
def seen():
    return (
        socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex,
        ssl.SSLContext.wrap_socket, ssl.SSLContext.wrap_bio,
        dict(os.environ), set(vars(socket.socket)), set(vars(ssl.SSLContext)),
    )
context = ssl.create_default_context()
before, trusted = seen(), len(context.get_ca_certs())
for _ in range(2):
    with mockocr.running(engine=Reader(), intercept=True):
        assert all(now is not then for now, then in zip(seen()[:5], before))
        assert seen()[5:] != before[5:]
        assert socket.getaddrinfo({HOST!r}, 443)[0][4] == ("127.77.79.67", 443)
        try:
            with mockocr.running(engine=Reader(), intercept=True):
                sys.exit("two at a time")
        except RuntimeError as error:
            assert "another interception runs in this process" in str(error)
    assert seen() == before
assert len(context.get_ca_certs()) == trusted
"""
    import subprocess

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
