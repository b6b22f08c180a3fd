"""A client of gRPC reaches the real vendor through the recorder, which keeps none of its calls."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import grpc
import pytest

from tests.conformance import mock
from tests.serving.grpc_server import serving
from tests.serving.test_grpc import TEXT, read
from tests.vendor_recordings.recording_server import Recording, recording

HOST = "vision.googleapis.com"
MEGABYTE = 1024 * 1024


@pytest.mark.slow
def test_a_grpc_call_is_passed_on_and_said_not_to_be_kept(tmp_path: Path) -> None:
    with serving(mock()) as vendor:
        trust = tmp_path / "vendor.pem"
        trust.write_bytes(vendor.ca)
        with recording(tmp_path, f"https://{vendor.https}", authority=str(trust)) as to:
            options = (("grpc.http_proxy", f"http://127.0.0.1:{to.proxy}"),)
            credentials = grpc.ssl_channel_credentials(to.ca.read_bytes())
            with grpc.secure_channel(f"{HOST}:443", credentials, options) as channel:
                assert read(channel) == TEXT
            assert to.files() == []
    why = "gRPC cannot be taken apart; a client that speaks REST is recorded"
    assert to.told == [f"(HTTP/2) {HOST}: passed on, not kept: {why}"]
    lines = to.recorder.totals.lines()
    assert lines[1:] == [f"  (HTTP/2) {HOST}: 1", f"    1 not kept: {why}"]


def http2(to: Recording) -> ssl.SSLSocket:
    """A connection to the vendor's host through the proxy, which speaks HTTP/2 alone."""
    plain = socket.create_connection(("127.0.0.1", to.proxy), timeout=20)
    plain.sendall(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode())
    assert plain.recv(1000).startswith(b"HTTP/1.1 200 ")
    context = ssl.create_default_context(cafile=to.ca)
    context.set_alpn_protocols(["h2"])
    return context.wrap_socket(plain, server_hostname=HOST)


@pytest.mark.slow
def test_no_more_is_read_than_a_few_megabytes_while_the_vendor_does_not_answer(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and says nothing
        base = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with recording(tmp_path, base) as to, http2(to) as client:
            client.settimeout(2)
            sent = 0
            with pytest.raises(TimeoutError):
                while sent < 64 * MEGABYTE:
                    sent += client.send(bytes(MEGABYTE))
            assert sent < 32 * MEGABYTE


def test_the_connection_closes_if_the_vendor_cannot_be_reached(tmp_path: Path) -> None:
    with recording(tmp_path, "https://127.0.0.1:1") as to:
        with http2(to) as client:
            assert client.selected_alpn_protocol() == "h2"
            client.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            assert client.recv(100) == b""
        to.wait(1)
    assert to.told[0].startswith(f"(HTTP/2) {HOST}: not kept: cannot connect to {HOST}: ")
