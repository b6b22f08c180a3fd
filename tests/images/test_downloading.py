"""Downloads are limited in bytes and time, and every failure has its cause."""

from __future__ import annotations

import asyncio
import gzip
import io
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ErrorKind
from mockocr.core.image import Inline, Limits, Remote
from mockocr.images import Loader
from tests.images.fetching import LIMITS, PNG, load, outcome, refusal
from tests.images.site_server import http, serving


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


@pytest.mark.parametrize(
    ("answer", "cause", "word"),
    [
        (http(b"not here", "404 Not Found"), "status", "HTTP 404"),
        (http(b"", "500 Oops"), "status", "HTTP 500"),
        (http(b"", "304 Not Modified"), "status", "HTTP 304"),
        (http(b"", "302 Found"), "status", "HTTP 302"),
        (http(b""), "empty", "empty"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "empty", "empty"),
        (http(PNG, length=len(PNG) + 5), "truncated", "interrupted"),
        (b"220 smtp.test ESMTP\r\n", "truncated", "no HTTP"),
        (b"", "truncated", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, "truncated", "no HTTP"),
        (http(PNG, "200 OK", "Content-Encoding: br"), "encoding", "'br'"),
        (http(PNG, "200 OK", "Content-Encoding: gzip"), "encoding", "damaged"),
        (
            http(gzip.compress(PNG)[:-9], "200 OK", "Content-Encoding: gzip"),
            "encoding",
            "truncated",
        ),
    ],
)
def test_a_response_without_a_whole_file_fails_with_its_cause(
    answer: bytes, cause: str, word: str
) -> None:
    async def run() -> None:
        async with serving(answer) as site:
            error = await refusal(site.url)
            assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, cause)
            assert word in error.detail
            assert str(error.upstream_status or "") == word.removeprefix("HTTP ") * (
                cause == "status"
            )

    asyncio.run(run())


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_response_is_decompressed(name: str, pack: Callable[[bytes], bytes]) -> None:
    async def run() -> None:
        async with serving(http(pack(PNG), "200 OK", f"Content-Encoding: {name}")) as site:
            assert (await load(site.url)).size == len(PNG)

    asyncio.run(run())


@pytest.mark.slow
def test_a_compressed_bomb_is_decompressed_only_up_to_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 80_000_000, 9)

    async def run() -> int:
        async with serving(http(bomb, "200 OK", "Content-Encoding: gzip")) as site:
            loader = Loader()
            await loader(Inline(PNG), LIMITS)
            tracemalloc.start()
            try:
                error = await refusal(site.url, LIMITS, loader)
                assert outcome(error) == (ErrorKind.IMAGE_TOO_LARGE, "too_large")
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    assert asyncio.run(run()) < 20_000_000


def test_a_body_without_length_is_read_only_up_to_the_limit() -> None:
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
            error = await refusal(site.url)
            assert outcome(error) == (ErrorKind.IMAGE_TOO_LARGE, "too_large")
            assert error.detail == "the downloaded picture has more than 100000 bytes"

    asyncio.run(run())
    assert sent < 20_000_000  # what fits in the system's socket buffers


def test_a_declared_length_over_the_limit_is_refused_before_the_body() -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(http(length=100_001))
        await asyncio.sleep(30)

    async def run() -> None:
        async with serving(answer) as site:
            assert (await refusal(site.url)).reason is ErrorKind.IMAGE_TOO_LARGE

    start = time.perf_counter()
    asyncio.run(run())
    assert time.perf_counter() - start < 20


def test_a_file_of_exactly_the_limit_is_accepted() -> None:
    async def run() -> None:
        async with serving(http(PNG, length=-1)) as site:
            assert (await load(site.url, Limits(max_bytes=len(PNG)))).size == len(PNG)
            error = await refusal(site.url, Limits(max_bytes=len(PNG) - 1))
            assert outcome(error) == (ErrorKind.IMAGE_TOO_LARGE, "too_large")

    asyncio.run(run())


@pytest.mark.parametrize("opening", [b"", http(length=-1), b"HTTP/1.1 200"])
@pytest.mark.slow
def test_a_slow_or_silent_server_ends_in_a_timeout(opening: bytes) -> None:
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
            error = await refusal(site.url, Limits(download_seconds=0.4))
            assert outcome(error) == (ErrorKind.DOWNLOAD_FAILED, "timeout")
            assert error.detail == "the download took longer than 0.4 s"
            return time.perf_counter() - start

    assert 0.3 < asyncio.run(run()) < 5  # the server would take 15 s


def test_a_download_that_is_not_a_picture_is_refused_with_its_type_and_url() -> None:
    page = http(b"<html>login</html>", "200 OK", "Content-Type: text/html")

    async def run() -> None:
        async with serving(page) as site:
            error = await refusal(f"{site.url}/a.png")
            assert outcome(error) == (ErrorKind.BAD_IMAGE, "content")
            assert error.detail.endswith(f"(downloaded as text/html from {site.url}/a.png)")

    asyncio.run(run())


@pytest.mark.slow
def test_one_loader_serves_many_downloads_and_event_loops() -> None:
    loader = Loader()

    async def run() -> set[int]:
        patient = Limits(download_seconds=60)
        async with serving(http(PNG)) as site:
            images = await asyncio.gather(
                *(loader(Remote(f"{site.url}/{i}"), patient) for i in range(150))
            )
            return {image.width for image in images}

    assert asyncio.run(run()) == {40}
    assert asyncio.run(run()) == {40}
    asyncio.run(loader.aclose())


def test_a_loader_does_not_import_the_http_client() -> None:
    code = "import sys, mockocr.images; mockocr.images.Loader(); print('httpx2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.slow
def test_the_event_loop_runs_while_a_picture_is_decoded() -> None:
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


def test_a_download_can_be_cancelled() -> None:
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
