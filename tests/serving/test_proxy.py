"""The proxy over real sockets: CONNECT, whole URLs, and who is refused."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.asking import TENCENT, read, scan, tunnelled, written
from tests.serving.entry import Entry, exchanged, opened
from tests.sockets import ask


@pytest.fixture(scope="module", params=["asyncio", "uvloop"])
def entry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Entry]:
    with opened(tmp_path_factory.mktemp("ca"), loop=request.param) as found:
        yield found


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
    assert "http://example.com/b" in "".join(entry.error()[:3])


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


def test_a_connect_may_come_in_pieces(entry: Entry) -> None:
    sent = b"CONNECT tupu.apistd.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"
    pieces = [sent[i : i + 5] for i in range(0, len(sent), 5)]
    assert exchanged(entry.proxy, pieces, b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")
