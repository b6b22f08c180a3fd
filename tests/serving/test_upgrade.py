"""Requests that ask for another protocol: their body is read and they are answered as HTTP/1.1."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockocr.core.http import Request
from tests.serving.raw_requests import (
    TENCENT,
    connect_tls,
    connect_tunnel,
    read_response,
    signed_request,
    to_bytes,
)
from tests.serving.running_server import RunningServer, running_server
from tests.sockets import ask

H2C = (
    ("Connection", "Upgrade, HTTP2-Settings"),
    ("Upgrade", "h2c"),
    ("HTTP2-Settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA"),
)
WEBSOCKET = (
    ("Connection", "Upgrade"),
    ("Upgrade", "websocket"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ("Sec-WebSocket-Version", "13"),
)


@pytest.fixture(scope="module", params=["h11", "httptools"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("ca"), http=request.param) as found:
        yield found


@pytest.fixture(params=["plain", "tls", "tunnel", "whole URL"])
def connection(request: pytest.FixtureRequest, server: RunningServer) -> Iterator[socket.socket]:
    """A connection to the server in each way that a client may come."""
    if request.param == "tls":
        opened: socket.socket = connect_tls(server, TENCENT)
    elif request.param == "tunnel":
        opened, _ = connect_tunnel(server, f"{TENCENT}:80")
    else:
        port = server.proxy if request.param == "whole URL" else server.port
        opened = socket.create_connection(("127.0.0.1", port), timeout=10)
    with opened:
        yield opened


def _with_headers(request: Request, headers: tuple[tuple[str, str], ...]) -> bytes:
    whole_url = f"http://{TENCENT}{request.target}"
    return to_bytes(request.with_headers(*headers), whole_url)


@pytest.mark.parametrize("headers", [H2C, WEBSOCKET], ids=["h2c", "websocket"])
def test_a_request_that_asks_for_an_upgrade_is_answered_with_its_body_read(
    connection: socket.socket, headers: tuple[tuple[str, str], ...]
) -> None:
    for _ in range(2):  # the connection stays open and may ask again
        connection.sendall(_with_headers(signed_request(), headers))
        status, body = read_response(connection)
        assert status == 200, body
        assert json.loads(body)["data"]["items"]


def test_a_head_that_asks_for_an_upgrade_may_arrive_in_pieces(server: RunningServer) -> None:
    raw = _with_headers(signed_request(), H2C)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in (0, 30, 300, 700):
            end = {0: 30, 30: 300, 300: 700}.get(start, len(raw))
            connection.sendall(raw[start:end])
        assert read_response(connection)[0] == 200


def test_a_chunked_body_after_a_wish_to_upgrade_is_read(server: RunningServer) -> None:
    request = signed_request().with_headers(*H2C, ("Transfer-Encoding", "chunked"))
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(request.body), request.body)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(f"POST {request.target} HTTP/1.1\r\n{head}\r\n".encode() + chunks)
        assert read_response(connection)[0] == 200


def test_pipelined_wishes_to_upgrade_are_all_answered(server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        raw = _with_headers(signed_request(), H2C)
        closing = signed_request().with_headers(("Upgrade", "h2c"))
        connection.sendall(raw + to_bytes(closing.with_headers(("Connection", "upgrade, close"))))
        answers = b""
        while piece := connection.recv(65536):
            answers += piece
    assert answers.count(b"HTTP/1.1 200 ") == 2


def test_the_journal_shows_the_upgrade_headers_as_sent(server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(_with_headers(signed_request(), H2C))
        read_response(connection)
    address = ("127.0.0.1", server.port)
    (row,) = json.loads(ask(address, "GET", "/_mockocr/requests?limit=1")[2])["requests"]
    detail = json.loads(ask(address, "GET", f"/_mockocr/requests/{row['id']}")[2])
    sent = {name.lower(): value for name, value in detail["headers"]}
    assert sent["upgrade"] == "h2c"
    assert sent["connection"] == "Upgrade, HTTP2-Settings"


def test_a_control_route_reads_the_body_of_a_request_that_asks_for_an_upgrade(
    server: RunningServer,
) -> None:
    address = ("127.0.0.1", server.port)
    fault = b'{"operation": "tencent.general", "fault": "error=9", "account": "none"}'
    headers = (*H2C, ("Content-Type", "application/json"))
    status, _, body = ask(address, "POST", "/_mockocr/faults", headers, fault)
    assert (status, b"there is no account 'none'" in body) == (404, True), body


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_with_http2_sends_a_body(server: RunningServer, tmp_path: Path) -> None:
    request = signed_request()
    (tmp_path / "body").write_bytes(request.body)
    command = ["curl", "--silent", "--http2", "--data-binary", f"@{tmp_path / 'body'}"]
    for name, value in request.headers:
        command += ["--header", f"{name}: {value}"]
    url = f"http://127.0.0.1:{server.port}{request.target}"
    done = subprocess.run([*command, url], capture_output=True, timeout=30, check=True)
    assert json.loads(done.stdout)["code"] == 0, done.stdout


JAVA = """
import java.net.URI;
import java.net.http.*;
import java.nio.file.Path;
public class Ask {
  public static void main(String[] given) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(given[0]))
        .POST(HttpRequest.BodyPublishers.ofFile(Path.of(given[1])));
    for (int index = 2; index < given.length; index += 2) {
      request.header(given[index], given[index + 1]);
    }
    var answer = HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
    System.out.println(answer.version() + " " + answer.body());
  }
}
"""


@pytest.mark.skipif(not shutil.which("java"), reason="needs java")
@pytest.mark.slow
def test_the_http_client_of_the_jdk_sends_a_body(server: RunningServer, tmp_path: Path) -> None:
    request = signed_request().without_headers("host", "content-length")
    (tmp_path / "body").write_bytes(request.body)
    (tmp_path / "Ask.java").write_text(JAVA)
    url = f"http://127.0.0.1:{server.port}{request.target}"
    headers = [text for pair in request.headers for text in pair]
    command = ["java", "Ask.java", url, "body", *headers]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    version, _, body = done.stdout.partition(" ")
    assert (version, body[:21]) == ("HTTP_1_1", '{"code":0,"message":"'), done.stdout + done.stderr
