"""https by server name over real sockets, and Host on the plain port."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Iterator

import pytest

from tests.serving.asking import TENCENT, read, scan, secured, written
from tests.serving.entry import VENDORS, Entry, exchanged, opened
from tests.sockets import ask, wait_until


@pytest.fixture(scope="module", params=["asyncio", "uvloop"])
def entry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Entry]:
    with opened(tmp_path_factory.mktemp("ca"), loop=request.param) as found:
        yield found


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


def test_a_client_that_names_nobody_gets_a_certificate_for_every_host_there_is(
    entry: Entry,
) -> None:
    context = entry.trusting()
    context.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", entry.tls), timeout=10) as plain,
        context.wrap_socket(plain) as connection,
    ):
        names = {value for _, value in (connection.getpeercert() or {})["subjectAltName"]}
    hosts = {host for vendor in VENDORS.values() for host in vendor.hosts if "{" not in host}
    assert names >= hosts | {"localhost", "127.0.0.1"}


def test_https_reads_a_signed_picture_and_knows_that_it_is_https(entry: Entry) -> None:
    with secured(entry, TENCENT) as connection:
        for _ in range(3):
            connection.sendall(written(scan()))
            status, body = read(connection)
            assert status == 200, body
            assert json.loads(body)["data"]["items"][0]["itemstring"] == "发票 Invoice 2026"
    assert entry.schemes[-3:] == ["https"] * 3


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
