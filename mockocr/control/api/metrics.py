"""Prometheus metrics; the labels take few values: vendors, operations, statuses, error kinds."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics import MetricWrapperBase

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


class Metrics:
    """Has its own registry, so that several servers can run in one process."""

    def __init__(self, journal: Journal, cache: CacheStats) -> None:
        registry = self._registry = CollectorRegistry()
        labels = ("vendor", "operation")
        self._requests = Counter(
            "mockocr_requests",
            "Requests by vendor, operation, HTTP status (0: no response) and error kind.",
            (*labels, "status", "problem"),
            registry=registry,
        )
        self._seconds = Histogram(
            "mockocr_request_seconds",
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
        gauges: dict[str, tuple[str, Callable[[], float]]] = {
            "journal_requests": ("Requests that the journal holds.", lambda: journal.size[0]),
            "journal_bytes": ("Bytes that the journal holds.", lambda: journal.size[1]),
            "journal_evicted": (
                "Requests that the journal evicted.",
                lambda: journal.evicted,
            ),
            "cache_bytes": ("Bytes of recognitions that the cache holds.", lambda: cache.bytes),
            "cache_hits": ("Recognitions that the cache had.", lambda: cache.hits),
            "cache_misses": ("Recognitions that the cache did not have.", lambda: cache.misses),
            "cache_hit_rate": ("Share of recognitions that the cache had.", lambda: cache.hit_rate),
        }
        for name, (text, read) in gauges.items():
            Gauge(f"mockocr_{name}", text, registry=registry).set_function(read)
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
        if audit.recognitions:
            self._child(self._pictures, *labels).inc(len(audit.recognitions))
        if audit.fault:
            self._child(self._faults, *labels).inc()
        if audit.billed:
            self._child(self._billed, *labels).inc()
