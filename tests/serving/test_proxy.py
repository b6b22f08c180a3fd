"""The forward proxy over real sockets: CONNECT, whole URLs, and refused hosts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import ssl
from pathlib import Path

import pytest

from mockocr.serving.proxy import ConnectDecision, ConnectRequest, Listener
from mockocr.serving.proxy.connect import ProxyConnection
from tests.serving.raw_requests import (
    TENCENT,
    connect_tunnel,
    read_response,
    signed_request,
    to_bytes,
)
from tests.serving.running_server import RunningServer, exchange_raw, running_server
from tests.sockets import ask


def test_the_proxy_serves_a_vendors_host_through_a_tunnel(server: RunningServer) -> None:
    connection, response = connect_tunnel(server, f"{TENCENT}:443")
    assert response == b"HTTP/1.1 200 Connection established\r\n\r\n"
    with server.client_context().wrap_socket(connection, server_hostname=TENCENT) as secure:
        secure.sendall(to_bytes(signed_request()))
        status, body = read_response(secure)
    assert status == 200
    assert json.loads(body)["data"]["items"]


def test_a_tunnel_to_port_80_carries_plain_http(server: RunningServer) -> None:
    connection, response = connect_tunnel(server, f"{TENCENT}:80")
    assert response.startswith(b"HTTP/1.1 200 ")
    with connection:
        connection.sendall(to_bytes(signed_request()))
        assert read_response(connection)[0] == 200


@pytest.mark.parametrize("protocol", ["h11", "httptools"])
def test_whole_urls_are_accepted_by_the_proxy_and_by_the_plain_port(
    protocol: str, tmp_path: Path
) -> None:
    """Several clients send whole URLs, such as PHP's curl with a proxy, and Java."""
    with running_server(tmp_path, http=protocol) as server:
        for port in (server.proxy, server.port):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                for _ in range(2):
                    request = signed_request()
                    url = f"http://{TENCENT}{request.target}?a=b"
                    connection.sendall(to_bytes(request, url))
                    status, body = read_response(connection)
                    assert status == 200, body
                    newest = ask(("127.0.0.1", server.port), "GET", "/_mockocr/requests?limit=1")
                    (row,) = json.loads(newest[2])["requests"]
                    assert row["target"] == "/ocr/general?a=b"


def test_other_hosts_are_refused_with_a_plain_403_and_a_journal_entry(
    server: RunningServer,
) -> None:
    connection, response = connect_tunnel(server, "example.com:443")
    connection.close()
    head, _, text = response.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 403 Forbidden\r\n")
    assert b"Content-Type: text/plain" in head
    assert text.startswith(b"mockocr: the proxy refuses example.com:443")
    id = next(
        v
        for k, _, v in (line.partition(b": ") for line in head.split(b"\r\n"))
        if k == b"X-Mockocr-Request"
    )
    status, _, body = ask(("127.0.0.1", server.port), "GET", f"/_mockocr/requests/{id.decode()}")
    assert status == 200
    row = json.loads(body)
    assert (row["method"], row["status"], row["vendor"]) == ("CONNECT", 403, "")
    assert row["target"] == "example.com:443"
    assert "it serves only the vendors' hosts" in row["why"]


def test_the_connection_stays_open_after_a_whole_url_is_refused(server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", server.proxy), timeout=10) as connection:
        for path in ("a", "b"):
            connection.sendall(
                f"GET http://example.com/{path} HTTP/1.1\r\nHost: example.com\r\n\r\n".encode()
            )
            status, body = read_response(connection)
            assert status == 403
            assert f"http://example.com/{path}:".encode() in body
        request = signed_request()
        connection.sendall(to_bytes(request, f"http://{TENCENT}{request.target}"))
        assert read_response(connection)[0] == 200
    assert "http://example.com/b" in "".join(server.journal_reasons()[:3])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"CONNECT nowhere HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT :443 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT tupu.apistd.com:99999 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT tupu.apistd.com:443 HTTP/1.1\r\n\r\n\x16\x03\x01", b"400"),
        (b"CONNECT " + b"x" * 20000, b"431"),
        (b"CONNECT [::1]:443 HTTP/1.1\r\n\r\n", b"403"),
        (b"\x16\x03\x01\x00\xff\xff", b"400"),
        (b"CONFOUND http://example.com/ HTTP/1.1\r\n\r\n", b"400"),
    ],
)
def test_the_proxy_answers_invalid_requests(
    server: RunningServer, sent: bytes, status: bytes
) -> None:
    assert exchange_raw(server.proxy, [sent]).split(b" ")[1] == status


@pytest.mark.parametrize(
    ("sent", "target", "why"),
    [
        (b"CONNECT nowhere HTTP/1.1\r\n\r\n", "nowhere", "CONNECT needs a host and a port"),
        (b"CONNECT a.b:443\r\n\r\n", "a.b:443", "CONNECT needs a host and a port"),
        (
            b"CONNECT tupu.apistd.com:443 HTTP/1.1\r\n\r\n\x16\x03\x01",
            "tupu.apistd.com:443",
            "data arrived before the tunnel was established",
        ),
        (
            b"CONNECT " + b"x" * 20000,
            "x" * 2048,
            "the CONNECT has more than 16 KiB of headers",
        ),
    ],
    ids=["no port", "no version", "early data", "large head"],
)
def test_a_connect_that_cannot_be_served_is_in_the_journal(
    server: RunningServer, sent: bytes, target: str, why: str
) -> None:
    answer = exchange_raw(server.proxy, [sent])
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == f"mockocr: {why}\n".encode()
    id = re.search(rb"X-Mockocr-Request: (\w+)", head)
    assert id is not None
    path = f"/_mockocr/requests/{id[1].decode()}"
    row = json.loads(ask(("127.0.0.1", server.port), "GET", path)[2])
    assert (row["method"], row["status"]) == ("CONNECT", int(answer[9:12]))
    assert row["why"] == why
    assert row["target"][:2048] == target


def test_the_journal_keeps_no_secrets_meant_for_other_hosts(server: RunningServer) -> None:
    secret = b"Authorization: Bearer s3cret\r\nCookie: c00kie\r\nUser-Agent: tester\r\n\r\n"
    host = b"Host: example.com\r\n"
    for line in (
        b"GET http://example.com/?t0ken HTTP/1.1\r\n",
        b"CONNECT example.com:443 HTTP/1.1\r\n",
    ):
        exchange_raw(server.proxy, [line + host + secret], b"mockocr: ")
        rows = ask(("127.0.0.1", server.port), "GET", "/_mockocr/requests?limit=1")[2]
        id = json.loads(rows)["requests"][0]["id"]
        whole = ask(("127.0.0.1", server.port), "GET", f"/_mockocr/requests/{id}")[2]
        assert b"tester" in whole
        assert not any(word in whole for word in (b"s3cret", b"c00kie", b"t0ken"))


def test_a_connect_may_arrive_in_pieces(server: RunningServer) -> None:
    sent = b"CONNECT tupu.apistd.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"
    pieces = [sent[i : i + 5] for i in range(0, len(sent), 5)]
    assert exchange_raw(server.proxy, pieces, b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_client_that_sends_without_end_before_the_answer_is_cut_off() -> None:
    async def never(connect: ConnectRequest) -> ConnectDecision:
        await asyncio.sleep(60)
        return ConnectDecision()

    async def run() -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with socket.socket() as unused:
            listener = Listener(unused, context, never)
            connections: set[ProxyConnection] = set()
            server = await asyncio.get_running_loop().create_server(
                lambda: ProxyConnection(listener, asyncio.Protocol, asyncio.Protocol, connections),
                "127.0.0.1",
                0,
            )
            async with server:
                host, port = server.sockets[0].getsockname()
                _, writer = await asyncio.open_connection(host, port)
                writer.write(b"CONNECT example.com:443 HTTP/1.1\r\n\r\n")
                sent = 0
                with contextlib.suppress(ConnectionError):
                    while sent < 64:
                        writer.write(b"x" * 1024 * 1024)
                        await asyncio.wait_for(writer.drain(), 20)
                        sent += 1
                writer.close()
                return sent

    assert asyncio.run(run()) < 64
