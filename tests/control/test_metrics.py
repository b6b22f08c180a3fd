"""The page that Prometheus scrapes, read by Prometheus' own parser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from mockocr.app import build
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.worker_pool import Pool
from tests.asgi import ask_async
from tests.control.acme import Client, mock
from tests.recognitions import Reader
from tests.sockets import ask, served


class Queued:
    """An engine with a queue of two workers, of which both are busy and one reading waits."""

    name = "queued"

    def __init__(self) -> None:
        self.queue = Pool(2, waiting=5)
        self.queue._busy = 3

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        raise ApiError(ErrorKind.BUSY, "3 readings run or wait already")


def families(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(found: dict[str, Metric], name: str) -> float:
    """The only sample of that name."""
    (sample,) = [s for family in found.values() for s in family.samples if s.name == name]
    return float(sample.value)


def names(found: Iterable[Metric]) -> set[str]:
    return {family.name for family in found}


def test_every_counter_ends_in_total_and_every_name_has_help() -> None:
    with served(build(engine=Reader()).asgi) as address:
        _, headers, body = ask(address, "GET", "/_mockocr/metrics")
    assert headers["content-type"].startswith("text/plain; version=")
    found = families(body.decode())
    counters = [family for family in found.values() if family.type == "counter"]
    assert names(counters) == {
        "mockocr_requests",  # the parser takes `_total` off
        "mockocr_pictures_read",
        "mockocr_faults_injected",
        "mockocr_billable_requests",
        "mockocr_busy_refusals",
        "mockocr_journal_evicted_requests",
        "mockocr_cache_hits",
        "mockocr_cache_misses",
        "process_cpu_seconds",
    }
    for family in counters:
        assert f"\n# TYPE {family.name}_total counter\n" in "\n" + body.decode()
        assert all(s.name.endswith(("_total", "_created")) for s in family.samples)
    assert all(family.documentation for family in found.values())
    assert not [name for name in found if name.endswith(("_rate", "_seconds_seconds"))]


def test_the_process_has_metrics() -> None:
    with served(build(engine=Reader()).asgi) as address:
        found = families(ask(address, "GET", "/_mockocr/metrics")[2].decode())
    if not Path("/proc/self/stat").exists():
        pytest.skip("prometheus_client reads these from /proc, which this system has not")
    assert value(found, "process_cpu_seconds_total") > 0
    assert value(found, "process_resident_memory_bytes") > 10_000_000
    assert value(found, "process_open_fds") > 3
    assert value(found, "process_start_time_seconds") > 1_700_000_000


def test_the_queue_and_the_memory_of_pictures_have_metrics() -> None:
    with served(build(engine=Queued(), cache_bytes=0).asgi) as address:
        found = families(ask(address, "GET", "/_mockocr/metrics")[2].decode())
    assert value(found, "mockocr_readings_running") == 2
    assert value(found, "mockocr_readings_waiting") == 1
    assert value(found, "mockocr_readings_waiting_limit") == 5
    assert value(found, "mockocr_picture_memory_bytes") == 0
    assert value(found, "mockocr_picture_memory_limit_bytes") == 512 * 1024 * 1024


def test_refusals_of_a_busy_server_are_counted() -> None:
    async def go() -> str:
        client = Client(mock(engine=Queued()))
        await client.read()
        await ask_async(client.mock.asgi, "GET", "/unknown")
        return (await ask_async(client.mock.asgi, "GET", "/_mockocr/metrics")).body.decode()

    found = families(asyncio.run(go()))
    assert value(found, "mockocr_busy_refusals_total") == 1


def test_the_time_of_requests_is_a_histogram_in_seconds() -> None:
    async def go() -> str:
        client = Client(mock())
        await client.read()
        return (await ask_async(client.mock.asgi, "GET", "/_mockocr/metrics")).body.decode()

    found = families(asyncio.run(go()))
    assert found["mockocr_request_duration_seconds"].type == "histogram"
    assert value(found, "mockocr_request_duration_seconds_count") == 1
