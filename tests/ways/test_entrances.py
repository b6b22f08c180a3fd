"""The ways in over real sockets: https by server name, the proxy's CONNECT and whole URLs, Host."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mockocr import samples
from mockocr.client import forms
from mockocr.core.form import Shown
from mockocr.core.vendor import Key
from mockocr.core.wire import Call
from tests.sockets import ask, wait_until
from tests.ways.entry import VENDORS, Entry, exchanged, opened

TENCENT = "recognition.image.myqcloud.com"
PICTURE = (samples.folder() / "hello.png").read_bytes()


@pytest.fixture(scope="module", params=["asyncio", "uvloop"])
def entry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Entry]:
    with opened(tmp_path_factory.mktemp("ca"), loop=request.param) as found:
        yield found


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entry]:
    with opened(tmp_path_factory.mktemp("ca"), proxy_pass=True) as found:
        yield found


def scan(host: str = TENCENT) -> Call:
    """A signed request with a picture, for the real host."""
    vendor = VENDORS["tencent"]
    form = next(form for form in forms(vendor) if not form.by_url)
    call = form.build(Shown(PICTURE, "hello.png"), vendor.credentials)
    call = call.replaced(headers=(("Host", host), *call.headers), at=now(), scheme="https", seed=7)
    return vendor.sign(call, Key(vendor.name, vendor.credentials))


def now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def written(call: Call, target: str = "") -> bytes:
    """The request's bytes."""
    lines = [f"{call.method} {target or call.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in call.headers]
    lines += [f"Content-Length: {len(call.body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + call.body


def read(connection: socket.socket) -> tuple[int, bytes]:
    """One answer off a connection."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.read()


def secured(entry: Entry, name: str) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", entry.tls), timeout=10)
    return entry.trusting().wrap_socket(plain, server_hostname=name)


def tunnelled(entry: Entry, target: str) -> tuple[socket.socket, bytes]:
    """A connection after CONNECT, and what the proxy said."""
    connection = socket.create_connection(("127.0.0.1", entry.proxy), timeout=10)
    connection.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    return connection, connection.recv(65536)


@pytest.mark.parametrize(
    "name",
    [host.format(region="cn-north-4") for vendor in VENDORS.values() for host in vendor.hosts]
    + ["localhost", "127.0.0.1"],
)
def test_https_has_a_certificate_for_every_name(entry: Entry, name: str) -> None:
    with secured(entry, name) as connection:
        connection.sendall(f"GET /_mockocr/vendors HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
        assert read(connection)[0] == 200


def test_a_stranger_by_name_gets_this_machines_certificate_and_refuses_it(entry: Entry) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        secured(entry, "example.com")


def test_https_reads_a_signed_picture_and_knows_that_it_is_https(entry: Entry) -> None:
    with secured(entry, TENCENT) as connection:
        for _ in range(3):
            connection.sendall(written(scan()))
            status, body = read(connection)
            assert status == 200, body
            assert json.loads(body)["data"]["items"][0]["itemstring"] == "发票 Invoice 2026"
    newest = entry.mock.journal._entries[next(reversed(entry.mock.journal._entries))]
    assert newest.call.scheme == "https"


def test_a_request_in_the_same_flight_as_the_handshakes_end_is_not_lost(entry: Entry) -> None:
    for _ in range(20):
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = entry.trusting().wrap_bio(to_client, to_server, server_hostname="localhost")
        with socket.create_connection(("127.0.0.1", entry.tls), timeout=10) as connection:
            done = False
            while not done:
                try:
                    client.do_handshake()
                    done = True
                    client.write(b"GET /_mockocr/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                except ssl.SSLWantReadError:
                    pass
                connection.sendall(to_server.read())
                if not done:
                    to_client.write(connection.recv(65536))
            answer = b""
            while b"200 OK" not in answer:
                try:
                    answer += client.read()
                except ssl.SSLWantReadError:
                    to_client.write(connection.recv(65536))


def test_a_client_that_trusts_somebody_else_is_explained_in_the_log(
    entry: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "mockocr"):
        plain = socket.create_connection(("127.0.0.1", entry.tls), timeout=10)
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(plain, server_hostname=TENCENT)
        assert exchanged(entry.tls, [b"GET / HTTP/1.1\r\n\r\n"]) == b""
        assert wait_until(lambda: "`mockocr ca` names" in caplog.text)
        assert wait_until(lambda: "it speaks plain HTTP to the port for https" in caplog.text)


@pytest.mark.parametrize(
    ("fault", "error"), [("reset", ConnectionResetError), ("empty", http.client.RemoteDisconnected)]
)
def test_a_connection_breaks_on_demand_under_tls_too(
    entry: Entry, fault: str, error: type[Exception]
) -> None:
    order = {"operation": "tencent.general", "fault": fault, "times": 1}
    address = ("127.0.0.1", entry.port)
    assert ask(address, "POST", "/_mockocr/faults", (), json.dumps(order).encode())[0] == 201
    with secured(entry, TENCENT) as connection:
        connection.sendall(written(scan()))
        with pytest.raises(error):
            read(connection)


def test_the_proxy_serves_a_vendors_host_through_a_tunnel(entry: Entry) -> None:
    connection, said = tunnelled(entry, f"{TENCENT}:443")
    assert said == b"HTTP/1.1 200 Connection established\r\n\r\n"
    with entry.trusting().wrap_socket(connection, server_hostname=TENCENT) as secure:
        secure.sendall(written(scan()))
        status, body = read(secure)
    assert status == 200
    assert json.loads(body)["data"]["items"]


def test_a_tunnel_to_port_80_carries_plain_http(entry: Entry) -> None:
    connection, said = tunnelled(entry, f"{TENCENT}:80")
    assert said.startswith(b"HTTP/1.1 200 ")
    with connection:
        connection.sendall(written(scan()))
        assert read(connection)[0] == 200


@pytest.mark.parametrize("protocol", ["h11", "httptools"])
def test_whole_urls_are_taken_by_the_proxy_and_by_the_plain_port(
    protocol: str, tmp_path: Path
) -> None:
    """Several clients send them: PHP's curl with a proxy, and Java's."""
    with opened(tmp_path, http=protocol) as entry:
        for port in (entry.proxy, entry.port):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                for _ in range(2):
                    call = scan()
                    connection.sendall(written(call, f"http://{TENCENT}{call.target}?a=b"))
                    status, body = read(connection)
                    assert status == 200, body
                    newest = ask(("127.0.0.1", entry.port), "GET", "/_mockocr/requests?limit=1")
                    (row,) = json.loads(newest[2])["requests"]
                    assert row["target"] == "/ocr/general?a=b"


def test_every_other_host_is_refused_with_a_plain_403_and_a_line_in_the_journal(
    entry: Entry,
) -> None:
    connection, said = tunnelled(entry, "example.com:443")
    connection.close()
    head, _, sentence = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 403 Forbidden\r\n")
    assert b"Content-Type: text/plain" in head
    assert sentence.startswith(b"mockocr: the proxy refuses example.com:443")
    id = next(
        v
        for k, _, v in (line.partition(b": ") for line in head.split(b"\r\n"))
        if k == b"X-Mockocr-Request"
    )
    status, _, body = ask(("127.0.0.1", entry.port), "GET", f"/_mockocr/requests/{id.decode()}")
    assert status == 200
    row = json.loads(body)
    assert (row["method"], row["status"], row["vendor"]) == ("CONNECT", 403, "")
    assert row["target"] == "example.com:443"
    assert "the vendors' hosts alone" in row["why"]


def test_a_whole_url_of_another_host_is_refused_on_a_connection_that_goes_on(entry: Entry) -> None:
    with socket.create_connection(("127.0.0.1", entry.proxy), timeout=10) as connection:
        for path in ("a", "b"):
            connection.sendall(
                f"GET http://example.com/{path} HTTP/1.1\r\nHost: example.com\r\n\r\n".encode()
            )
            status, body = read(connection)
            assert status == 403
            assert f"http://example.com/{path}:".encode() in body
        call = scan()
        connection.sendall(written(call, f"http://{TENCENT}{call.target}"))
        assert read(connection)[0] == 200
    assert "http://example.com/b" in "".join(entry.refused()[:3])


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
def test_garbage_at_the_proxy_gets_an_answer(entry: Entry, sent: bytes, status: bytes) -> None:
    assert exchanged(entry.proxy, [sent]).split(b" ")[1] == status


def test_what_is_meant_for_others_is_not_kept(entry: Entry) -> None:
    secret = b"Authorization: Bearer s3cret\r\nCookie: c00kie\r\nUser-Agent: tester\r\n\r\n"
    host = b"Host: example.com\r\n"
    for line in (
        b"GET http://example.com/?t0ken HTTP/1.1\r\n",
        b"CONNECT example.com:443 HTTP/1.1\r\n",
    ):
        exchanged(entry.proxy, [line + host + secret], b"mockocr: ")
        rows = ask(("127.0.0.1", entry.port), "GET", "/_mockocr/requests?limit=1")[2]
        id = json.loads(rows)["requests"][0]["id"]
        whole = ask(("127.0.0.1", entry.port), "GET", f"/_mockocr/requests/{id}")[2]
        assert b"tester" in whole
        assert not any(word in whole for word in (b"s3cret", b"c00kie", b"t0ken"))


def test_a_tls_session_can_be_taken_up_again(entry: Entry) -> None:
    context = entry.trusting()
    session = None
    for again in (False, True, True):
        plain = socket.create_connection(("127.0.0.1", entry.tls), timeout=10)
        with context.wrap_socket(plain, server_hostname=TENCENT, session=session) as connection:
            connection.sendall(written(scan()))
            assert read(connection)[0] == 200
            assert connection.session_reused == again
            session = connection.session


def test_a_connect_may_come_in_pieces(entry: Entry) -> None:
    sent = b"CONNECT tupu.apistd.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"
    pieces = [sent[i : i + 5] for i in range(0, len(sent), 5)]
    assert exchanged(entry.proxy, pieces, b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_hosts_file_is_enough(entry: Entry) -> None:
    """Where two vendors share a path, and where nothing fits, the Host decides who answers."""
    address = ("127.0.0.1", entry.port)
    for vendor in VENDORS.values():
        for pattern in vendor.hosts:
            host = pattern.format(region="cn-east-3").replace("*", "any")
            for spelled in (host, host.upper(), f"{host}:8080", f"{host}."):
                _, headers, _ = ask(address, "POST", "/no/such/path", [("Host", spelled)], b"{}")
                id = headers["x-mockocr-request"]
                row = json.loads(ask(address, "GET", f"/_mockocr/requests/{id}")[2])
                assert row["vendor"] == vendor.name, spelled


def test_the_certificate_can_be_fetched(entry: Entry) -> None:
    status, headers, body = ask(("127.0.0.1", entry.port), "GET", "/_mockocr/ca.pem")
    assert (status, body) == (200, entry.authority.pem)
    assert headers["content-type"].startswith("application/x-pem-file")


def test_a_server_without_https_says_how_to_get_a_certificate() -> None:
    from tests.asgi import ask as ask_app
    from tests.conformance import mock

    answer = ask_app(mock().asgi, "GET", "/_mockocr/ca.pem")
    assert answer.status == 404
    assert "--tls-port" in answer.json["error"]


@contextmanager
def elsewhere(answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Some other server on this machine: its port, and all that it received."""
    got: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(10)
            while chunk := connection.recv(65536):
                got.append(chunk)
                if b"ping" in chunk:
                    connection.sendall(answers)
                if b"quit" in chunk:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], got
    finally:
        listener.close()
        thread.join(10)


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


def test_whole_urls_of_other_hosts_are_let_through_when_asked(passing: Entry) -> None:
    reply = (
        b"HTTP/1.1 201 Made\r\nX-Real: yes\r\nContent-Length: 4\r\nConnection: close\r\n\r\nreal"
    )
    with elsewhere(reply) as (port, got):
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
    assert "that is the proxy itself" in passing.refused()[0]


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
