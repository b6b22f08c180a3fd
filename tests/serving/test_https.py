"""https with a certificate by server name, and vendors by Host on the plain port."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from typing import Any

import pytest

from mockocr.serving.tls.setup import hosts_of
from tests.serving.raw_requests import TENCENT, connect_tls, read_response, signed_request, to_bytes
from tests.serving.running_server import VENDORS, RunningServer, exchange_raw
from tests.sockets import ask, wait_until

JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    "name",
    [host.format(region="cn-north-4") for host in hosts_of(VENDORS)] + ["localhost", "127.0.0.1"],
)
def test_https_has_a_certificate_for_every_name(server: RunningServer, name: str) -> None:
    with connect_tls(server, name) as connection:
        connection.sendall(f"GET /_mockocr/vendors HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
        assert read_response(connection)[0] == 200


def test_a_client_that_expects_another_host_rejects_the_certificate(server: RunningServer) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        connect_tls(server, "example.com")


def test_a_client_without_sni_gets_a_certificate_for_every_host(
    server: RunningServer,
) -> None:
    context = server.client_context()
    context.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", server.tls), timeout=10) as plain,
        context.wrap_socket(plain) as connection,
    ):
        certificate: Any = connection.getpeercert()
        names = {value for _, value in certificate["subjectAltName"]}
    hosts = {host for host in hosts_of(VENDORS) if "{" not in host}
    assert names >= hosts | {"localhost", "127.0.0.1"}


def test_https_serves_signed_requests_and_reports_its_scheme(server: RunningServer) -> None:
    with connect_tls(server, TENCENT) as connection:
        for _ in range(3):
            connection.sendall(to_bytes(signed_request()))
            status, body = read_response(connection)
            assert status == 200, body
            assert json.loads(body)["data"]["items"][0]["itemstring"] == "发票 Invoice 2026"
    assert server.schemes[-3:] == ["https"] * 3


@pytest.mark.slow
def test_a_request_in_one_packet_with_the_end_of_the_handshake_is_served(
    server: RunningServer,
) -> None:
    for _ in range(20):
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = server.client_context().wrap_bio(to_client, to_server, server_hostname="localhost")
        with socket.create_connection(("127.0.0.1", server.tls), timeout=10) as connection:
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


def test_the_log_explains_failed_handshakes(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "mockocr"):
        plain = socket.create_connection(("127.0.0.1", server.tls), timeout=10)
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(plain, server_hostname=TENCENT)
        assert exchange_raw(server.tls, [b"GET / HTTP/1.1\r\n\r\n"]) == b""
        assert wait_until(lambda: "the client does not trust the CA certificate" in caplog.text)
        assert wait_until(lambda: "the client sent plain HTTP to the https port" in caplog.text)


@pytest.mark.parametrize(
    ("fault", "error"), [("reset", ConnectionResetError), ("empty", http.client.RemoteDisconnected)]
)
def test_connection_faults_work_with_tls(
    server: RunningServer, fault: str, error: type[Exception]
) -> None:
    order = {"operation": "tencent.general", "fault": fault, "times": 1}
    address = ("127.0.0.1", server.port)
    assert ask(address, "POST", "/_mockocr/faults", JSON, json.dumps(order).encode())[0] == 201
    with connect_tls(server, TENCENT) as connection:
        connection.sendall(to_bytes(signed_request()))
        with pytest.raises(error):
            read_response(connection)


def test_a_tls_session_can_be_resumed(server: RunningServer) -> None:
    context = server.client_context()
    session = None
    for again in (False, True, True):
        plain = socket.create_connection(("127.0.0.1", server.tls), timeout=10)
        with context.wrap_socket(plain, server_hostname=TENCENT, session=session) as connection:
            connection.sendall(to_bytes(signed_request()))
            assert read_response(connection)[0] == 200
            assert connection.session_reused == again
            session = connection.session


@pytest.mark.slow
def test_the_host_header_selects_the_vendor(server: RunningServer) -> None:
    """Host decides even for a path that no vendor has."""
    address = ("127.0.0.1", server.port)
    services = [service for vendor in VENDORS for service in vendor.services]
    for service in services:
        for pattern in service.hosts:
            host = pattern.format(region="cn-east-3").replace("*", "any")
            for spelled in (host, host.upper(), f"{host}:8080", f"{host}."):
                _, headers, _ = ask(address, "POST", "/no/such/path", [("Host", spelled)], b"{}")
                id = headers["x-mockocr-request"]
                row = json.loads(ask(address, "GET", f"/_mockocr/requests/{id}")[2])
                assert row["vendor"] == service.namespace, spelled


def test_the_ca_certificate_can_be_downloaded(server: RunningServer) -> None:
    status, headers, body = ask(("127.0.0.1", server.port), "GET", "/_mockocr/ca.pem")
    assert (status, body) == (200, server.authority.pem)
    assert headers["content-type"].startswith("application/x-pem-file")


def test_a_server_without_https_says_how_to_get_a_certificate() -> None:
    from tests.asgi import ask as ask_app
    from tests.conformance import mock

    answer = ask_app(mock().asgi, "GET", "/_mockocr/ca.pem")
    assert answer.status == 404
    assert "--tls-port" in answer.json["error"]
