"""Prometheus metrics; the labels take few values: vendors, operations, statuses, error kinds.

Names follow prometheus.io/docs/practices/naming: counters end in `_total`, others in their unit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

import msgspec
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.registry import Collector

from mockocr import __version__
from mockocr.control.journal.journal import Journal
from mockocr.core.errors import ErrorKind
from mockocr.core.exchange import OTHER, Exchange, Handler
from mockocr.core.http import Response

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_CODES = frozenset(range(100, 1000))
_KINDS = frozenset({*ErrorKind, OTHER})


MetricT = TypeVar("MetricT", bound=MetricWrapperBase)


def _child(metric: MetricT, *labels: str) -> MetricT:
    return metric.labels(*labels)


class CacheStats(Protocol):
    """What the metrics need to know about the cache of recognitions."""

    @property
    def bytes(self) -> int: ...

    @property
    def hits(self) -> int: ...

    @property
    def misses(self) -> int: ...

    @property
    def hit_rate(self) -> float: ...


class QueueStats(Protocol):
    """What they need to know about the readings of pictures."""

    @property
    def running(self) -> int: ...

    @property
    def waiting(self) -> int: ...

    @property
    def waiting_limit(self) -> int: ...


class MemoryStats(Protocol):
    """What they need to know about the memory of decoded pictures, in bytes."""

    @property
    def used(self) -> int: ...

    @property
    def limit(self) -> int: ...


class Metrics:
    """Has its own registry, so that several servers can run in one process."""

    def __init__(
        self,
        journal: Journal,
        cache: CacheStats,
        queue: QueueStats | None = None,
        memory: MemoryStats | None = None,
    ) -> None:
        registry = self._registry = CollectorRegistry()
        labels = ("vendor", "operation")
        self._requests = Counter(
            "mockocr_requests",
            "Requests by vendor, operation, HTTP status (0: no response) and error kind.",
            (*labels, "status", "problem"),
            registry=registry,
        )
        self._seconds = Histogram(
            "mockocr_request_duration_seconds",
            "Time to answer a request, in seconds.",
            labels,
            buckets=_BUCKETS,
            registry=registry,
        )
        self._pictures = Counter(
            "mockocr_pictures_read", "Pictures that were read.", labels, registry=registry
        )
        self._faults = Counter(
            "mockocr_faults_injected", "Faults that were injected.", labels, registry=registry
        )
        self._billed = Counter(
            "mockocr_billable_requests",
            "Requests that the vendor would bill.",
            labels,
            registry=registry,
        )
        self._busy = Counter(
            "mockocr_busy_refusals",
            "Requests that were refused because too many readings or pictures were waiting.",
            registry=registry,
        )
        values = [*_journal_values(journal), *_cache_values(cache)]
        if queue is not None:
            values += _queue_values(queue)
        if memory is not None:
            values += _memory_values(memory)
        registry.register(_Values(values))
        ProcessCollector(registry=registry)
        # a look-up by labels takes ten times as long as counting
        self._child = lru_cache(maxsize=4096)(_child)
        info = Gauge("mockocr_info", "The version of mockocr.", ("version",), registry=registry)
        info.labels(__version__).set(1)

    def wrap(self, inner: Handler) -> Handler:
        """Count every request and its time."""

        async def measure(exchange: Exchange) -> Response:
            start = time.perf_counter()
            response = await inner(exchange)
            self._count(exchange, response, time.perf_counter() - start)
            return response

        return measure

    def page(self) -> bytes:
        """The text that Prometheus scrapes, of type `CONTENT_TYPE`."""
        return generate_latest(self._registry)

    def _count(self, exchange: Exchange, response: Response, seconds: float) -> None:
        labels = (exchange.service.namespace, exchange.operation_name)
        audit = exchange.audit
        cut = response.wire in ("reset", "empty")
        status = 0 if cut or response.status not in _CODES else response.status
        problem = audit.problem if audit.problem in _KINDS else ""
        self._child(self._requests, *labels, str(status), str(problem)).inc()
        self._child(self._seconds, *labels).observe(seconds)
        if problem == ErrorKind.BUSY:
            self._busy.inc()
        if audit.recognitions:
            self._child(self._pictures, *labels).inc(len(audit.recognitions))
        if audit.fault:
            self._child(self._faults, *labels).inc()
        if audit.billed:
            self._child(self._billed, *labels).inc()


class _Value(msgspec.Struct, frozen=True):
    """A value that is read when Prometheus asks; the name of a counter gets `_total`."""

    name: str
    text: str
    read: Callable[[], float]
    counter: bool = False


class _Values(Collector):
    def __init__(self, values: Sequence[_Value]) -> None:
        self._values = values

    def collect(self) -> Iterable[Metric]:
        for value in self._values:
            family = CounterMetricFamily if value.counter else GaugeMetricFamily
            yield family(f"mockocr_{value.name}", value.text, value=value.read())


def _journal_values(journal: Journal) -> list[_Value]:
    evicted = "Requests that the journal evicted since it was cleared."
    return [
        _Value("journal_requests", "Requests that the journal holds.", lambda: journal.size[0]),
        _Value("journal_bytes", "Bytes that the journal holds.", lambda: journal.size[1]),
        _Value("journal_evicted_requests", evicted, lambda: journal.evicted, counter=True),
    ]


def _cache_values(cache: CacheStats) -> list[_Value]:
    missed = "Recognitions that the cache did not have."
    ratio = "Share of recognitions that the cache had, 0 to 1."
    return [
        _Value("cache_bytes", "Bytes of recognitions that the cache holds.", lambda: cache.bytes),
        _Value("cache_hits", "Recognitions that the cache had.", lambda: cache.hits, counter=True),
        _Value("cache_misses", missed, lambda: cache.misses, counter=True),
        _Value("cache_hit_ratio", ratio, lambda: cache.hit_rate),
    ]


def _queue_values(queue: QueueStats) -> list[_Value]:
    limit = "Pictures that may wait; the next one is refused."
    return [
        _Value("readings_running", "Pictures that are being read.", lambda: queue.running),
        _Value("readings_waiting", "Pictures that wait to be read.", lambda: queue.waiting),
        _Value("readings_waiting_limit", limit, lambda: queue.waiting_limit),
    ]


def _memory_values(memory: MemoryStats) -> list[_Value]:
    limit = "Bytes of decoded pictures that may be in memory; the next picture waits."
    return [
        _Value("picture_memory_bytes", "Bytes of decoded pictures in memory.", lambda: memory.used),
        _Value("picture_memory_limit_bytes", limit, lambda: memory.limit),
    ]
