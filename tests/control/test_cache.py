"""The cache of recognitions: one recognition per picture, limited in bytes, with statistics."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.recognition.cache import Cache, cost
from mockocr.recognition.engines.scripted import Scripted
from tests.asgi import ask_async
from tests.control.acme import Client, Eyes, mock
from tests.recognitions import HELLO, NOTHING, TURNED


def image(digest: str = "a") -> Image:
    return Image(b"\xff", 1, 1, 1, "PNG", digest, digest, 1)


def test_the_same_picture_with_the_same_options_is_read_once() -> None:
    engine = Scripted([HELLO, TURNED, NOTHING])
    cache = Cache()

    async def go() -> list[Recognition]:
        read = cache.wrap(engine.recognize, "one 1.0")
        return [
            await read(image(), ReadOptions()),
            await read(image(), ReadOptions()),
            await read(image(), ReadOptions(turn=True)),
            await read(image("b"), ReadOptions()),
            await read(image(), ReadOptions()),
        ]

    assert asyncio.run(go()) == [HELLO, HELLO, TURNED, NOTHING, HELLO]
    assert (cache.hits, cache.misses, len(engine.seen)) == (2, 3, 3)


def test_another_engine_or_version_reads_again() -> None:
    cache = Cache()

    async def go() -> list[Recognition]:
        old = cache.wrap(Scripted(HELLO).recognize, "one 1.0")
        new = cache.wrap(Scripted(TURNED).recognize, "one 1.1")
        return [await old(image(), ReadOptions()), await new(image(), ReadOptions())]

    assert asyncio.run(go()) == [HELLO, TURNED]


def test_concurrent_requests_wait_for_the_same_recognition() -> None:
    engine, go_on = Scripted(HELLO), asyncio.Event()
    cache = Cache()

    async def slow(image: Image, options: ReadOptions) -> Recognition:
        await go_on.wait()
        return await engine.recognize(image, options)

    async def go() -> list[Recognition]:
        read = cache.wrap(slow, "slow")
        first, *others = [asyncio.ensure_future(read(image(), ReadOptions())) for _ in range(4)]
        await asyncio.sleep(0)
        first.cancel()
        go_on.set()
        return await asyncio.gather(*others)

    assert asyncio.run(go()) == [HELLO] * 3
    assert len(engine.seen) == 1


def test_an_error_is_not_cached() -> None:
    engine = Scripted([ApiError(ErrorKind.BUSY), HELLO])
    cache = Cache()

    async def go() -> Recognition:
        read = cache.wrap(engine.recognize, "x")
        with pytest.raises(ApiError):
            await read(image(), ReadOptions())
        return await read(image(), ReadOptions())

    assert asyncio.run(go()) == HELLO


def test_the_oldest_recognitions_are_evicted_beyond_the_limit() -> None:
    cache = Cache(3 * cost(HELLO))

    async def go() -> None:
        read = cache.wrap(Scripted(HELLO).recognize, "x")
        for digest in ("a", "b", "c", "a", "d", "b"):
            await read(image(digest), ReadOptions())

    asyncio.run(go())
    # b was the oldest when d was added, so it was evicted and read again
    assert (cache.hits, cache.misses) == (1, 5)
    assert cache.bytes == 3 * cost(HELLO) <= cache.max_bytes
    cache.clear()
    assert (cache.bytes, cache.status()["readings"]) == (0, 0)


def test_a_recognition_larger_than_the_cache_is_not_cached() -> None:
    cache = Cache(cost(HELLO) - 1)

    async def go() -> None:
        read = cache.wrap(Scripted(HELLO).recognize, "x")
        await read(image(), ReadOptions())
        await read(image(), ReadOptions())

    asyncio.run(go())
    assert (cache.bytes, cache.hits, cache.misses) == (0, 0, 2)


def test_a_cache_of_0_bytes_keeps_nothing() -> None:
    engine = Scripted(HELLO)
    read = Cache(0).wrap(engine.recognize, "x")

    async def go() -> None:
        await asyncio.gather(*(read(image(), ReadOptions()) for _ in range(3)))

    asyncio.run(go())
    assert len(engine.seen) == 3


def test_the_estimated_size_of_a_page_is_near_its_memory() -> None:
    quad = Quad.upright(10.5, 20.25, 630.75, 60.125)
    line_of_text("warm", quad)
    tracemalloc.start()
    lines = tuple(
        line_of_text(f"{i:03} 这是第几行 of the page", quad.moved(0, i)) for i in range(50)
    )
    page = Recognition(lines)
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert 0.8 < cost(page) / taken < 1.6


def test_the_hit_rate_is_0_before_the_first_request() -> None:
    assert Cache().hit_rate == 0


def test_health_and_metrics_show_hits_and_size() -> None:
    async def go() -> tuple[dict[str, int], str]:
        server = mock()
        asked = Client(server)
        for _ in range(3):
            assert (await asked.read()).status == 200
        document = await asked.control("GET", "/health")
        page = await ask_async(server.asgi, "GET", "/_mockocr/metrics")
        return document["cache"], page.body.decode()

    status, page = asyncio.run(go())
    assert (status["hits"], status["misses"], status["readings"]) == (2, 1, 1)
    assert 0 < status["bytes"] < status["max_bytes"]
    assert status["hit_rate"] == 0.6667
    assert "mockocr_cache_hit_ratio 0.66666" in page
    assert "mockocr_cache_hits_total 2.0" in page
    assert "mockocr_cache_misses_total 1.0" in page
    assert f"mockocr_cache_bytes {float(status['bytes'])}" in page


def test_degradations_leave_the_cached_recognition_unchanged() -> None:
    async def go() -> tuple[list[bytes], int]:
        server = mock(engine=(eyes := Eyes()))
        asked = Client(server)
        bodies = [(await asked.read()).body]
        await asked.control("POST", "/faults", {"operation": "*", "fault": "drop_lines=1"})
        bodies += [(await asked.read()).body for _ in range(2)]
        return bodies, eyes.count

    (first, spoilt, after), count = asyncio.run(go())
    assert first == after != spoilt
    assert count == 1


def test_a_reset_clears_the_cache() -> None:
    async def go() -> int:
        server = mock(engine=(eyes := Eyes()))
        asked = Client(server)
        await asked.read()
        await asked.control("POST", "/reset")
        await asked.read()
        return eyes.count

    assert asyncio.run(go()) == 2
