"""The proxy with --proxy-pass, and the shutdown of a server with open connections."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.raw_requests import TENCENT, connect_tls, connect_tunnel, other_server
from tests.serving.running_server import RunningServer, exchange_raw, running_server
from tests.sockets import wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("ca"), proxy_pass=True) as found:
        yield found


def test_a_tunnel_to_another_host_is_relayed(server: RunningServer) -> None:
    with other_server(b"pong" * 100_000) as (port, got):
        connection, response = connect_tunnel(server, f"127.0.0.1:{port}")
        assert response.startswith(b"HTTP/1.1 200 ")
        with connection:
            connection.sendall(b"ping")
            answer = b""
            while len(answer) < 400_000:
                answer += connection.recv(65536)
            connection.sendall(b"quit")
            assert connection.recv(10) == b""
    assert b"".join(got) == b"pingquit"
    assert wait_until(lambda: not server.server._proxy_connections), "a connection is still open"


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_a_tunnel_can_be_closed_in_one_direction(loop: str, tmp_path: Path) -> None:
    """Some clients close their half first and then read the whole response."""
    with (
        running_server(tmp_path, loop=loop, proxy_pass=True) as server,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        connection, _ = connect_tunnel(server, f"127.0.0.1:{listener.getsockname()[1]}")
        other, _ = listener.accept()
        with connection, other:
            connection.sendall(b"question")
            connection.shutdown(socket.SHUT_WR)
            other.settimeout(10)
            assert b"".join(iter(lambda: other.recv(100), b"")) == b"question"
            other.sendall(b"answer" * 50_000)
            other.close()
            assert b"".join(iter(lambda: connection.recv(65536), b"")) == b"answer" * 50_000
            left = server.server._proxy_connections
            assert wait_until(lambda: not left), "a connection is still open"


def test_a_host_may_send_first_through_a_tunnel(server: RunningServer) -> None:
    for _ in range(20):
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def greet(listener: socket.socket = listener) -> None:
                with listener.accept()[0] as other:
                    other.sendall(b"220 welcome")

            thread = threading.Thread(target=greet, daemon=True)
            thread.start()
            target = f"127.0.0.1:{listener.getsockname()[1]}"
            sent = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()
            received = exchange_raw(server.proxy, [sent], b"welcome")
            thread.join(10)
        assert received == b"HTTP/1.1 200 Connection established\r\n\r\n220 welcome"


def test_a_whole_url_of_another_host_is_forwarded(server: RunningServer) -> None:
    response = (
        b"HTTP/1.1 201 Made\r\nX-Real: yes\r\nContent-Length: 4\r\nConnection: close\r\n\r\nreal"
    )
    with other_server(response) as (port, got):
        sent = (
            f"POST http://127.0.0.1:{port}/a%20b?q=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Proxy-Connection: keep-alive\r\nX-Mine: 1\r\nContent-Length: 8\r\n\r\npingquit"
        )
        answer = exchange_raw(server.proxy, [sent.encode()], b"real")
    head, _, body = b"".join(got).partition(b"\r\n\r\n")
    assert head.startswith(b"POST /a%20b?q=1 HTTP/1.1\r\n")
    assert b"x-mine: 1" in head.lower()
    assert b"proxy-connection" not in head.lower()
    assert body == b"pingquit"
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert b"x-real: yes" in answer.lower()


def test_the_proxy_does_not_forward_to_itself(server: RunningServer) -> None:
    sent = f"GET /x HTTP/1.1\r\nHost: 127.0.0.1:{server.proxy}\r\n\r\n"
    answer = exchange_raw(server.proxy, [sent.encode()], b"itself")
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert wait_until(lambda: "the proxy forwarded this" in server.journal_reasons()[0])
    assert "this is the proxy itself" in server.journal_reasons()[1]


def test_an_unreachable_host_is_a_502(server: RunningServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    connection, response = connect_tunnel(server, f"127.0.0.1:{port}")
    connection.close()
    assert response.startswith(b"HTTP/1.1 502 ")
    sent = f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    received = exchange_raw(server.proxy, [sent.encode()], b"mockocr: no response")
    assert received.startswith(b"HTTP/1.1 502 ")


@pytest.mark.slow
def test_the_server_stops_while_connections_are_open(tmp_path: Path) -> None:
    with other_server(b"") as (port, _), running_server(tmp_path, proxy_pass=True) as server:
        idle = socket.create_connection(("127.0.0.1", server.proxy))
        silent = socket.create_connection(("127.0.0.1", server.tls))
        through, _ = connect_tunnel(server, f"127.0.0.1:{port}")
        inside, _ = connect_tunnel(server, f"{TENCENT}:443")
        handshaken = connect_tls(server, TENCENT)
        left = [idle, silent, through, inside, handshaken]
    for connection in left:
        connection.close()
