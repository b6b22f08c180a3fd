"""Which hosts a picture is downloaded from, and which are blocked."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockocr.core.errors import ErrorKind
from mockocr.core.image import Limits
from mockocr.images import Loader
from tests.images.fetching import PNG, load, outcome, refusal, resolving
from tests.images.site_server import http, listening, serving

PEM = Path(__file__).parent / "pictures.test.pem"


def test_redirects_are_followed_up_to_the_limit() -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        left = int(path.rpartition("/")[2])
        there = http(b"", "302 Found", f"Location: ../b/{left - 1}")
        writer.write(there if left else http(PNG))

    async def run() -> None:
        async with serving(answer) as site:
            assert (await load(f"{site.url}/a/3")).width == 40
            error = await refusal(f"{site.url}/a/4")
            assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "redirects")
            assert error.detail == "the download was redirected more than 3 times"
            assert len(site.heads) == 4 + 4
            none = Limits(redirects=0)
            assert outcome(await refusal(f"{site.url}/a/1", none))[1] == "redirects"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("http://169.254.169.254/latest/meta-data/", "forbidden_address"),
        ("http://[fe80::1]/", "forbidden_address"),
        ("http://2852039166/", "forbidden_address"),  # 169.254.169.254 as one number
        ("file:///etc/passwd", "url"),
        ("ftp://127.0.0.1/a.png", "url"),
        ("http://a\x01b/", "url"),
        ("/with space", "url"),
    ],
)
def test_a_redirect_is_checked_like_a_url(location: str, cause: str) -> None:
    async def run() -> None:
        async with serving(http(b"", "301 Moved", f"Location: {location}")) as site:
            assert outcome(await refusal(site.url)) == (ErrorKind.DOWNLOAD_FAILED, cause)

    asyncio.run(run())


def test_a_closed_port_is_a_failed_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        error = asyncio.run(refusal(f"http://127.0.0.1:{free.getsockname()[1]}/"))
    assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "connect")


def test_an_unknown_host_is_a_failed_lookup() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    error = asyncio.run(refusal("http://no.test/", loader=Loader(resolve=nowhere)))
    assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "dns")
    assert "cannot resolve the host no.test" in error.detail


@pytest.mark.parametrize("host", ["a..b", "a" * 300, "-.-", "xn--a"])
def test_an_impossible_host_is_a_failed_lookup_or_a_bad_url(host: str) -> None:
    error = asyncio.run(refusal(f"http://{host}/"))
    assert error.cause in {"dns", "url"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "picture.png",
        "//127.0.0.1/a.png",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://",
        "http:///a.png",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://127.0.0.1/a b.png",
        "http://127.0.0.1/\r\nX: 1",
        "http://[::1/",
        "http://127.0.0.1/\ud800",
        "http://127.0.0.1/" + "a" * 70_000,
    ],
)
def test_a_bad_url_is_refused_without_a_connection(url: str) -> None:
    assert outcome(asyncio.run(refusal(url))) == (ErrorKind.DOWNLOAD_FAILED, "url")


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:a9fe:a9fe]"])
def test_forbidden_addresses_are_not_connected_to(host: str) -> None:
    error = asyncio.run(refusal(f"http://{host}/latest/"))
    assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "forbidden_address")
    assert "downloads from it are blocked" in error.detail


def test_loopback_is_refused_when_private_addresses_are_blocked() -> None:
    async def run() -> None:
        async with serving(http(PNG)) as site:
            error = await refusal(site.url, loader=Loader(block_private=True))
            assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "forbidden_address")
            assert site.heads == []

    asyncio.run(run())


def test_a_name_is_resolved_once_and_the_checked_address_is_used() -> None:
    resolve, asked = resolving(["127.0.0.1"], ["169.254.169.254"])

    async def run() -> None:
        async with serving(http(PNG)) as site:
            url = f"http://rebind.test:{site.port}/"
            assert (await load(url, loader=Loader(resolve=resolve))).width == 40
            assert f"Host: rebind.test:{site.port}" in site.heads[0]

    asyncio.run(run())
    assert asked == ["rebind.test"]


def test_a_redirect_to_the_same_name_is_resolved_and_checked_again() -> None:
    resolve, asked = resolving(["127.0.0.1"], ["169.254.169.254"])

    async def run() -> None:
        async with serving(http(b"", "302 Found", "Location: /again")) as site:
            loader = Loader(resolve=resolve)
            error = await refusal(f"http://rebind.test:{site.port}/", loader=loader)
            assert outcome(error)[1] == "forbidden_address"

    asyncio.run(run())
    assert asked == ["rebind.test"] * 2


def test_one_blocked_address_blocks_the_host() -> None:
    resolve, _ = resolving(["127.0.0.1", "169.254.169.254"])
    loader = Loader(resolve=resolve)
    assert (
        outcome(asyncio.run(refusal("http://both.test/", loader=loader)))[1] == "forbidden_address"
    )


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    resolve, _ = resolving(["127.0.0.2", "127.0.0.1"])

    async def run() -> None:
        async with serving(http(PNG)) as site:
            loader = Loader(resolve=resolve)
            assert (await load(f"http://two.test:{site.port}/", loader=loader)).width == 40

    asyncio.run(run())


def test_the_environments_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def run() -> None:
        async with serving(http(PNG)) as site:
            assert (await load(site.url)).width == 40

    asyncio.run(run())


def test_https_is_verified_by_the_urls_name() -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(PEM)
    trust = ssl.create_default_context(cafile=PEM)

    async def run() -> None:
        async with serving(http(PNG), server) as site:

            def loader(trusted: ssl.SSLContext | bool) -> Loader:
                resolve, _ = resolving(["127.0.0.1"])
                return Loader(trust=trusted, resolve=resolve)

            right = f"https://pictures.test:{site.port}/"
            assert (await load(right, loader=loader(trust))).width == 40
            wrong = f"https://other.test:{site.port}/"
            assert outcome(await refusal(wrong, loader=loader(trust)))[1] == "tls"
            assert outcome(await refusal(right, loader=loader(True)))[1] == "tls"
            assert (await load(wrong, loader=loader(False))).width == 40

    asyncio.run(run())


@pytest.mark.parametrize(("greeting", "cause"), [(b"no tls here\r\n" * 9, "tls"), (b"", "timeout")])
def test_https_to_a_server_without_tls_is_a_failed_handshake(greeting: bytes, cause: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await reader.read()  # until the loader hangs up, which it must

    async def run() -> None:
        async with listening(talk) as port:
            error = await refusal(f"https://127.0.0.1:{port}/", Limits(download_seconds=0.5))
            assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, cause)

    asyncio.run(asyncio.wait_for(run(), 5))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://127.0.0.1:9/"]))
@pytest.mark.slow
def test_arbitrary_urls_are_refused_and_nothing_else(text: str, begin: str) -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no network in this test")

    error = asyncio.run(refusal(begin + text, loader=Loader(resolve=nowhere)))
    assert error.reason is ErrorKind.DOWNLOAD_FAILED
    assert error.cause in {"url", "dns"}
