"""Pictures by URL: bounded in bytes, time and redirects, and every failure says what it was."""

from __future__ import annotations

import asyncio
import gzip
import io
import socket
import ssl
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from mockocr.core.image import Image, Inline, Limits, Remote
from mockocr.core.problem import Problem, Refused
from mockocr.imaging import Loader
from tests.imaging.site_server import http, serving

PEM = Path(__file__).parent / "pictures.test.pem"


def picture(size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Pillow.effect_noise(size, 90).save(out, "PNG")
    return out.getvalue()


PNG = picture()
LIMITS = Limits(max_bytes=100_000, download_seconds=5)


async def load(url: str, limits: Limits = LIMITS, loader: Loader | None = None) -> Image:
    loader = loader or Loader()
    try:
        return await loader(Remote(url), limits)
    finally:
        await loader.aclose()


async def refusal(url: str, limits: Limits = LIMITS, loader: Loader | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        await load(url, limits, loader)
    return caught.value


def outcome(no: Refused) -> tuple[object, str]:
    return no.why, no.facts["cause"]


def resolving(*answers: list[str]) -> tuple[Callable[..., object], list[str]]:
    """A resolver that gives the answers in turn, and the hosts that it was asked for."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return resolve, asked


def test_a_picture_by_url_has_the_digest_of_the_same_picture_inline() -> None:
    async def run() -> None:
        async with serving(http(PNG)) as site:
            remote = await load(f"{site.url}/a.png")
            inline = await Loader()(Inline(PNG), LIMITS)
            assert remote == inline

    asyncio.run(run())


def test_the_request_carries_host_referer_and_a_plain_user_agent_and_no_cookie() -> None:
    async def run() -> None:
        async with serving(http(PNG, "200 OK", "Set-Cookie: a=b; Path=/")) as site:
            loader = Loader()
            url = f"{site.url}/图 片.png?x=1#top".replace(" ", "%20")
            await loader(Remote(url, referer="http://shop.test/\r\nX-Evil: 1 页"), LIMITS)
            await loader(Remote(f"http://u:p%40@localhost:{site.port}/"), LIMITS)
            first, second = (head.split("\r\n") for head in site.heads)
            assert first[0] == "GET /%E5%9B%BE%20%E7%89%87.png?x=1 HTTP/1.1"
            assert {f"Host: 127.0.0.1:{site.port}", "Connection: close"} < set(first)
            assert first[2].startswith("User-Agent: mockocr/")
            referer = next(line for line in first if line.startswith("Referer: "))
            assert referer.encode().decode() == "Referer: http://shop.test/X-Evil:1页"
            assert "Authorization: Basic dTpwQA==" in second
            assert f"Host: localhost:{site.port}" in second
            assert not any(line.startswith(("Cookie", "Referer")) for line in second)
            await loader.aclose()

    asyncio.run(run())


def test_redirects_are_followed_up_to_the_limit() -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        left = int(path.rpartition("/")[2])
        there = http(b"", "302 Found", f"Location: ../b/{left - 1}")
        writer.write(there if left else http(PNG))

    async def run() -> None:
        async with serving(answer) as site:
            assert (await load(f"{site.url}/a/3")).width == 40
            no = await refusal(f"{site.url}/a/4")
            assert outcome(no) == (Problem.DOWNLOAD_FAILED, "redirects")
            assert no.detail == "the download was redirected more than 3 times"
            assert len(site.heads) == 4 + 4
            none = Limits(redirects=0)
            assert outcome(await refusal(f"{site.url}/a/1", none))[1] == "redirects"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("http://169.254.169.254/latest/meta-data/", "forbidden"),
        ("http://[fe80::1]/", "forbidden"),
        ("http://2852039166/", "forbidden"),  # 169.254.169.254 as one number
        ("file:///etc/passwd", "url"),
        ("ftp://127.0.0.1/a.png", "url"),
        ("http://a\x01b/", "url"),
        ("/with blank", "url"),
    ],
)
def test_a_redirect_leads_nowhere_that_a_url_may_not(location: str, cause: str) -> None:
    async def run() -> None:
        async with serving(http(b"", "301 Moved", f"Location: {location}")) as site:
            assert outcome(await refusal(site.url)) == (Problem.DOWNLOAD_FAILED, cause)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "cause", "word"),
    [
        (http(b"not here", "404 Not Found"), "status", "HTTP 404"),
        (http(b"", "500 Oops"), "status", "HTTP 500"),
        (http(b"", "304 Not Modified"), "status", "HTTP 304"),
        (http(b"", "302 Found"), "status", "HTTP 302"),
        (http(b""), "empty", "empty"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "empty", "empty"),
        (http(PNG, length=len(PNG) + 5), "broken", "broke off"),
        (b"220 smtp.test ESMTP\r\n", "broken", "no HTTP"),
        (b"", "broken", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, "broken", "no HTTP"),
        (http(PNG, "200 OK", "Content-Encoding: br"), "encoding", "'br'"),
        (http(PNG, "200 OK", "Content-Encoding: gzip"), "encoding", "damaged"),
        (http(gzip.compress(PNG)[:-9], "200 OK", "Content-Encoding: gzip"), "encoding", "cut off"),
    ],
)
def test_an_answer_without_a_whole_file_fails_with_its_cause(
    answer: bytes, cause: str, word: str
) -> None:
    async def run() -> None:
        async with serving(answer) as site:
            no = await refusal(site.url)
            assert outcome(no) == (Problem.DOWNLOAD_FAILED, cause)
            assert word in no.detail

    asyncio.run(run())


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_answer_is_unpacked(name: str, pack: Callable[[bytes], bytes]) -> None:
    async def run() -> None:
        async with serving(http(pack(PNG), "200 OK", f"Content-Encoding: {name}")) as site:
            assert (await load(site.url)).size == len(PNG)

    asyncio.run(run())


def test_a_compressed_bomb_is_stopped_at_the_limit_and_not_unpacked_first() -> None:
    bomb = gzip.compress(b"\0" * 80_000_000, 9)

    async def run() -> int:
        async with serving(http(bomb, "200 OK", "Content-Encoding: gzip")) as site:
            loader = Loader()
            await loader(Inline(PNG), LIMITS)
            tracemalloc.start()
            try:
                no = await refusal(site.url, LIMITS, loader)
                assert outcome(no) == (Problem.IMAGE_TOO_LARGE, "too_large")
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    assert asyncio.run(run()) < 20_000_000


def test_a_body_without_length_is_read_to_the_limit_only() -> None:
    sent = 0

    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(http(length=-1))
        while sent < 50_000_000:
            writer.write(b"x" * 10_000)
            sent += 10_000
            await writer.drain()

    async def run() -> None:
        async with serving(answer) as site:
            no = await refusal(site.url)
            assert outcome(no) == (Problem.IMAGE_TOO_LARGE, "too_large")
            assert no.detail == "the downloaded picture has more than 100000 bytes"

    asyncio.run(run())
    assert sent < 20_000_000  # what the system's socket buffers took in the meantime


def test_a_declared_length_over_the_limit_is_enough() -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(http(length=100_001))
        await asyncio.sleep(30)

    async def run() -> None:
        async with serving(answer) as site:
            assert (await refusal(site.url)).why is Problem.IMAGE_TOO_LARGE

    start = time.perf_counter()
    asyncio.run(run())
    assert time.perf_counter() - start < 3


def test_a_file_of_just_the_limit_is_taken() -> None:
    async def run() -> None:
        async with serving(http(PNG, length=-1)) as site:
            assert (await load(site.url, Limits(max_bytes=len(PNG)))).size == len(PNG)
            no = await refusal(site.url, Limits(max_bytes=len(PNG) - 1))
            assert no.why is Problem.IMAGE_TOO_LARGE

    asyncio.run(run())


@pytest.mark.parametrize("opening", [b"", http(length=-1), b"HTTP/1.1 200"])
def test_a_server_that_dribbles_or_is_silent_is_given_up_in_time(opening: bytes) -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(opening)
        for _ in range(300):
            if opening.endswith(b"\r\n\r\n"):
                writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def run() -> float:
        async with serving(answer) as site:
            start = time.perf_counter()
            no = await refusal(site.url, Limits(download_seconds=0.4))
            assert outcome(no) == (Problem.DOWNLOAD_FAILED, "timeout")
            assert no.detail == "the download took longer than 0.4 s"
            return time.perf_counter() - start

    assert 0.3 < asyncio.run(run()) < 2


def test_what_was_fetched_and_is_no_picture_is_refused_with_its_type_and_url() -> None:
    page = http(b"<html>login</html>", "200 OK", "Content-Type: text/html")

    async def run() -> None:
        async with serving(page) as site:
            no = await refusal(f"{site.url}/a.png")
            assert outcome(no) == (Problem.BAD_IMAGE, "content")
            assert no.detail.endswith(f"(downloaded as text/html from {site.url}/a.png)")

    asyncio.run(run())


def test_a_closed_port_is_a_failed_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        no = asyncio.run(refusal(f"http://127.0.0.1:{free.getsockname()[1]}/"))
    assert outcome(no) == (Problem.DOWNLOAD_FAILED, "connect")


def test_an_unknown_host_is_a_failed_lookup() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    no = asyncio.run(refusal("http://no.test/", loader=Loader(resolve=nowhere)))
    assert outcome(no) == (Problem.DOWNLOAD_FAILED, "dns")
    assert "no.test cannot be resolved" in no.detail


@pytest.mark.parametrize("host", ["a..b", "a" * 300, "-.-", "xn--a"])
def test_an_impossible_host_is_a_failed_lookup_or_no_url(host: str) -> None:
    no = asyncio.run(refusal(f"http://{host}/"))
    assert no.facts["cause"] in {"dns", "url"}


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
def test_what_is_no_url_is_refused_without_a_connection(url: str) -> None:
    assert outcome(asyncio.run(refusal(url))) == (Problem.DOWNLOAD_FAILED, "url")


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:a9fe:a9fe]"])
def test_forbidden_addresses_are_not_connected_to(host: str) -> None:
    no = asyncio.run(refusal(f"http://{host}/latest/"))
    assert outcome(no) == (Problem.DOWNLOAD_FAILED, "forbidden")
    assert "nothing is fetched there" in no.detail


def test_loopback_is_refused_when_private_addresses_are_blocked() -> None:
    async def run() -> None:
        async with serving(http(PNG)) as site:
            no = await refusal(site.url, loader=Loader(block_private=True))
            assert outcome(no) == (Problem.DOWNLOAD_FAILED, "forbidden")
            assert site.heads == []

    asyncio.run(run())


def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_connected_to() -> None:
    resolve, asked = resolving(["127.0.0.1"], ["169.254.169.254"])

    async def run() -> None:
        async with serving(http(PNG)) as site:
            url = f"http://rebind.test:{site.port}/"
            assert (await load(url, loader=Loader(resolve=resolve))).width == 40  # type: ignore[arg-type]  # tests only
            assert f"Host: rebind.test:{site.port}" in site.heads[0]

    asyncio.run(run())
    assert asked == ["rebind.test"]


def test_a_redirect_to_the_same_name_is_looked_up_and_checked_again() -> None:
    resolve, asked = resolving(["127.0.0.1"], ["169.254.169.254"])

    async def run() -> None:
        async with serving(http(b"", "302 Found", "Location: /again")) as site:
            loader = Loader(resolve=resolve)  # type: ignore[arg-type]  # tests only
            no = await refusal(f"http://rebind.test:{site.port}/", loader=loader)
            assert outcome(no)[1] == "forbidden"

    asyncio.run(run())
    assert asked == ["rebind.test"] * 2


def test_one_forbidden_address_among_several_refuses_the_host() -> None:
    resolve, _ = resolving(["127.0.0.1", "169.254.169.254"])
    loader = Loader(resolve=resolve)  # type: ignore[arg-type]  # tests only
    assert outcome(asyncio.run(refusal("http://both.test/", loader=loader)))[1] == "forbidden"


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    resolve, _ = resolving(["127.0.0.2", "127.0.0.1"])

    async def run() -> None:
        async with serving(http(PNG)) as site:
            loader = Loader(resolve=resolve)  # type: ignore[arg-type]  # tests only
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
                return Loader(trust=trusted, resolve=resolve)  # type: ignore[arg-type]  # tests only

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
        writer.close()

    async def run() -> None:
        async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
            url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            no = await refusal(url, Limits(download_seconds=0.5))
            assert outcome(no) == (Problem.DOWNLOAD_FAILED, cause)

    asyncio.run(asyncio.wait_for(run(), 5))


def test_one_loader_serves_many_downloads_and_event_loops() -> None:
    loader = Loader()

    async def run() -> set[int]:
        async with serving(http(PNG)) as site:
            images = await asyncio.gather(
                *(loader(Remote(f"{site.url}/{i}"), LIMITS) for i in range(150))
            )
            return {image.width for image in images}

    assert asyncio.run(run()) == {40}
    assert asyncio.run(run()) == {40}
    asyncio.run(loader.aclose())


def test_starting_up_does_not_pay_for_the_http_client() -> None:
    code = "import sys, mockocr.imaging; mockocr.imaging.Loader(); print('httpx2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_the_event_loop_goes_on_while_a_picture_is_decoded() -> None:
    out = io.BytesIO()
    Pillow.new("1", (8000, 8000)).save(out, "PNG")

    async def run() -> int:
        loading = asyncio.ensure_future(Loader()(Inline(out.getvalue()), Limits()))
        ticks = 0
        while not loading.done():
            await asyncio.sleep(0.005)
            ticks += 1
        assert (await loading).width == 8000
        return ticks

    assert asyncio.run(run()) >= 5


def test_a_cancelled_download_lets_go() -> None:
    async def run() -> None:
        async def silence(path: str, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(30)

        async with serving(silence) as site:
            loading = asyncio.ensure_future(load(site.url))
            while not site.heads:
                await asyncio.sleep(0.01)
            loading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await loading

    asyncio.run(asyncio.wait_for(run(), 5))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://127.0.0.1:9/"]))
def test_arbitrary_urls_are_refused_and_nothing_else(text: str, begin: str) -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no network in this test")

    no = asyncio.run(refusal(begin + text, loader=Loader(resolve=nowhere)))
    assert no.why is Problem.DOWNLOAD_FAILED
    assert no.facts["cause"] in {"url", "dns"}
