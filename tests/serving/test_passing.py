"""A proxy that lets other hosts through, and the end of a server with open connections."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.asking import TENCENT, elsewhere, secured, tunnelled
from tests.serving.entry import Entry, exchanged, opened
from tests.sockets import wait_until


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entry]:
    with opened(tmp_path_factory.mktemp("ca"), proxy_pass=True) as found:
        yield found


def test_other_hosts_are_let_through_when_asked(passing: Entry) -> None:
    with elsewhere(b"pong" * 100_000) as (port, got):
        connection, said = tunnelled(passing, f"127.0.0.1:{port}")
        assert said.startswith(b"HTTP/1.1 200 ")
        with connection:
            connection.sendall(b"ping")
            answer = b""
            while len(answer) < 400_000:
                answer += connection.recv(65536)
            connection.sendall(b"quit")
            assert connection.recv(10) == b""
    assert b"".join(got) == b"pingquit"
    assert wait_until(lambda: not passing.server._hall), "the connection is still held"


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_a_tunnel_may_end_by_halves(loop: str, tmp_path: Path) -> None:
    """Some clients close their half first and then read the answer to its end."""
    with (
        opened(tmp_path, loop=loop, proxy_pass=True) as entry,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        connection, _ = tunnelled(entry, f"127.0.0.1:{listener.getsockname()[1]}")
        other, _ = listener.accept()
        with connection, other:
            connection.sendall(b"question")
            connection.shutdown(socket.SHUT_WR)
            other.settimeout(10)
            assert b"".join(iter(lambda: other.recv(100), b"")) == b"question"
            other.sendall(b"answer" * 50_000)
            other.close()
            assert b"".join(iter(lambda: connection.recv(65536), b"")) == b"answer" * 50_000
            assert wait_until(lambda: not entry.server._hall), "the connection is still held"


def test_a_host_may_speak_first_through_a_tunnel(passing: Entry) -> None:
    for _ in range(20):
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def greet(listener: socket.socket = listener) -> None:
                with listener.accept()[0] as other:
                    other.sendall(b"220 welcome")

            thread = threading.Thread(target=greet, daemon=True)
            thread.start()
            target = f"127.0.0.1:{listener.getsockname()[1]}"
            sent = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()
            said = exchanged(passing.proxy, [sent], b"welcome")
            thread.join(10)
        assert said == b"HTTP/1.1 200 Connection established\r\n\r\n220 welcome"


def test_whole_urls_of_other_hosts_are_let_through_when_asked(passing: Entry) -> None:
    response = (
        b"HTTP/1.1 201 Made\r\nX-Real: yes\r\nContent-Length: 4\r\nConnection: close\r\n\r\nreal"
    )
    with elsewhere(response) as (port, got):
        sent = (
            f"POST http://127.0.0.1:{port}/a%20b?q=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Proxy-Connection: keep-alive\r\nX-Mine: 1\r\nContent-Length: 8\r\n\r\npingquit"
        )
        answer = exchanged(passing.proxy, [sent.encode()], b"real")
    head, _, body = b"".join(got).partition(b"\r\n\r\n")
    assert head.startswith(b"POST /a%20b?q=1 HTTP/1.1\r\n")
    assert b"x-mine: 1" in head.lower()
    assert b"proxy-connection" not in head.lower()
    assert body == b"pingquit"
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert b"x-real: yes" in answer.lower()


def test_the_proxy_does_not_go_round_in_circles(passing: Entry) -> None:
    sent = f"GET /x HTTP/1.1\r\nHost: 127.0.0.1:{passing.proxy}\r\n\r\n"
    answer = exchanged(passing.proxy, [sent.encode()], b"itself")
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert "that is the proxy itself" in passing.error()[0]


def test_a_host_that_cannot_be_reached_is_a_502(passing: Entry) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    connection, said = tunnelled(passing, f"127.0.0.1:{port}")
    connection.close()
    assert said.startswith(b"HTTP/1.1 502 ")
    sent = f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    assert exchanged(passing.proxy, [sent.encode()], b"answer").startswith(b"HTTP/1.1 502 ")


def test_the_server_ends_though_connections_hang_in_its_doors(tmp_path: Path) -> None:
    with elsewhere(b"") as (port, _), opened(tmp_path, proxy_pass=True) as entry:
        idle = socket.create_connection(("127.0.0.1", entry.proxy))
        silent = socket.create_connection(("127.0.0.1", entry.tls))
        through, _ = tunnelled(entry, f"127.0.0.1:{port}")
        inside, _ = tunnelled(entry, f"{TENCENT}:443")
        handshaken = secured(entry, TENCENT)
        left = [idle, silent, through, inside, handshaken]
    for connection in left:
        connection.close()
