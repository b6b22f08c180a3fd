"""What the proxy forwards with --proxy-pass, for whom, and what the journal says about it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mockocr.serving.proxy.client_filter import ClientFilter
from tests.forks import python
from tests.serving.raw_requests import connect_tunnel
from tests.serving.running_server import RunningServer, exchange_raw, running_server
from tests.sockets import ask, wait_until


@pytest.fixture(scope="module", params=["h11", "httptools"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("ca")
    with running_server(folder, http=request.param, proxy_pass=True) as found:
        yield found


@contextmanager
def origin(answer: bytes, until: bytes) -> Iterator[tuple[str, bytearray]]:
    """A server that answers once it has received `until`: its `host:port`, and what it received."""
    listener = socket.create_server(("127.0.0.1", 0))
    received = bytearray()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(10)
            while until not in received and (chunk := connection.recv(65536)):
                received.extend(chunk)
            connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", received
    finally:
        listener.close()
        thread.join(10)


def newest(server: RunningServer, address: str = "127.0.0.1") -> dict[str, Any]:
    _, _, body = ask((address, server.port), "GET", "/_mockocr/requests?limit=1")
    row: dict[str, Any] = json.loads(body)["requests"][0]
    return row


def test_a_chunked_upload_is_forwarded_whole(server: RunningServer) -> None:
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nreal\r\n0\r\n\r\n"
    with origin(answer, b"\r\n0\r\n\r\n") as (host, received):  # a port may end in 0 too
        head = (
            f"PUT http://{host}/up HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        pieces = [head.encode(), b"5\r\nfirst\r\n", b"6\r\nsecond\r\n", b"0\r\n\r\n"]
        answered = exchange_raw(server.proxy, pieces, b"0\r\n\r\n")
    head_sent, _, body = bytes(received).partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head_sent.lower()
    assert b"content-length" not in head_sent.lower()
    assert re.sub(rb"\r\n[0-9a-f]+\r\n|^[0-9a-f]+\r\n", b"", body) == b"firstsecond\r\n"
    assert answered.startswith(b"HTTP/1.1 200 ")
    assert b"4\r\nreal\r\n" in answered


def test_headers_of_one_connection_are_not_forwarded(server: RunningServer) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close, X-Theirs\r\nX-Theirs: 1\r\n"
        b"Keep-Alive: timeout=9\r\nProxy-Authenticate: Basic\r\nX-Kept: yes\r\n\r\n"
    )
    with origin(answer, b"\r\n\r\n") as (host, received):
        sent = (
            f"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive, X-Mine\r\n"
            "X-Mine: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nProxy-Authorization: Basic c2VjcmV0\r\n"
            "Proxy-Connection: keep-alive\r\nUpgrade: h2c\r\nTrailer: X-T\r\nX-Other: 1\r\n\r\n"
        )
        answered = exchange_raw(server.proxy, [sent.encode()], b"\r\n\r\n")
    names = {line.partition(b":")[0] for line in bytes(received).lower().split(b"\r\n")[1:]}
    assert names - {b""} == {b"host", b"x-other", b"via"}
    assert b"X-Kept: yes" in answered
    assert b"x-theirs" not in answered.lower()
    assert b"proxy-authenticate" not in answered.lower()
    assert b"timeout=9" not in answered.lower()


def test_forwarded_requests_are_in_the_journal_without_their_secrets(server: RunningServer) -> None:
    with origin(b"HTTP/1.1 418 No\r\nContent-Length: 0\r\n\r\n", b"\r\n\r\n") as (host, _):
        sent = f"GET http://{host}/a?key=hidden1 HTTP/1.1\r\nHost: {host}\r\nX-Key: hidden2\r\n\r\n"
        exchange_raw(server.proxy, [sent.encode()], b"\r\n\r\n")
    assert wait_until(lambda: newest(server)["status"] == 418)
    row = newest(server)
    assert row["target"] == f"http://{host}/a"
    assert row["why"] == f"the proxy forwarded this to {host}"
    _, _, detail = ask(("127.0.0.1", server.port), "GET", f"/_mockocr/requests/{row['id']}")
    assert b"hidden" not in detail


def test_relayed_tunnels_are_in_the_journal(server: RunningServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = f"127.0.0.1:{listener.getsockname()[1]}"
        connection, response = connect_tunnel(server, target)
        connection.close()
    assert response.startswith(b"HTTP/1.1 200 ")
    assert wait_until(lambda: newest(server)["target"] == target)
    row = newest(server)
    assert (row["method"], row["status"]) == ("CONNECT", 200)
    assert row["why"] == f"the proxy relays the connection to {target}"


def test_failures_are_in_the_journal_with_the_id_that_the_client_got(server: RunningServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    sent = [
        f"{request} HTTP/1.1\r\nHost: {host}\r\n\r\n" for request in (f"CONNECT {host}", "GET /")
    ]
    for text in sent:
        answered = exchange_raw(server.proxy, [text.encode()], b"mockocr: ")
        found = re.search(rb"(?i)x-mockocr-request: (\w+)", answered)
        assert found, answered
        row = newest(server)
        assert (row["id"], row["status"]) == (found[1].decode(), 502)
        assert host in row["why"]


def test_a_response_that_breaks_off_breaks_off_for_the_client_too(
    server: RunningServer, capfd: pytest.CaptureFixture[str]
) -> None:
    with origin(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", b"\r\n\r\n") as (host, _):
        sent = f"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.proxy), timeout=10) as connection:
            connection.sendall(sent.encode())
            received = b""
            with pytest.raises(ConnectionResetError):
                while chunk := connection.recv(65536):
                    received += chunk
    assert wait_until(lambda: "broke off" in newest(server)["why"])
    assert "Traceback" not in capfd.readouterr().err


def own_address() -> str:
    """An address of this machine that is not loopback; empty if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return ""
        address: str = probe.getsockname()[0]
    return "" if address.startswith("127.") else address


@pytest.mark.skipif(not own_address(), reason="this machine has no address besides loopback")
@pytest.mark.parametrize(("clients", "forwarded"), [("", False), ("0.0.0.0/0", True), ("*", True)])
def test_the_proxy_on_all_addresses_is_no_open_relay(
    clients: str, forwarded: bool, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"proxy_pass": True, "proxy_clients": clients}
    address = own_address()
    with (
        running_server(tmp_path, host="0.0.0.0", **options) as server,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        target = f"127.0.0.1:{listener.getsockname()[1]}"
        sent = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()
        with socket.create_connection((address, server.proxy), timeout=10) as connection:
            connection.sendall(sent)
            status = connection.recv(4096).split(b" ")[1]
        assert status == (b"200" if forwarded else b"403")
        if not forwarded:
            assert f"forwards no requests of {address}" in newest(server)["why"]
            whole = f"GET http://{target}/ HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()
            with socket.create_connection((address, server.proxy), timeout=10) as connection:
                connection.sendall(whole)
                assert connection.recv(4096).split(b" ")[1] == b"403"
            with socket.create_connection(("127.0.0.1", server.proxy), timeout=10) as connection:
                connection.sendall(sent)
                assert connection.recv(4096).split(b" ")[1] == b"200"


@pytest.mark.parametrize(
    ("client", "allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:172.17.0.2", True),
        ("172.17.0.1", True),
        ("172.18.0.1", False),
        ("fe80::1%eth0", False),
        ("", False),
    ],
)
def test_the_filter_knows_loopback_and_the_networks_that_it_was_given(
    client: str, allowed: bool
) -> None:
    assert ClientFilter.parse("172.17.0.0/16, 10.0.0.1").allows(client) is allowed


def test_the_start_refuses_clients_that_are_no_addresses_and_tells_who_may() -> None:
    run = [*python(), "-m", "mockocr", "serve", "--port", "0"]
    done = subprocess.run(
        [*run, "--proxy-clients", "10.0.0.0/33"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith("mockocr: --proxy-clients: '10.0.0.0/33' does not appear to be")
    assert ClientFilter.parse("").sentence == (
        "--proxy-pass forwards requests to other hosts for clients on this machine only"
    )
    assert "open relay" in ClientFilter.parse("*").sentence
