"""A Redis that answers reads and refuses writes is told by the health routes, until it recovers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from mockocr.app import build
from mockocr.control.state.store import connect
from tests.recognitions import Reader
from tests.redis_server import RedisServer, redis_server
from tests.serving.raw_requests import signed_request
from tests.sockets import ask, served

ROUTES = ("/_mockocr/health", "/_mockocr/readyz")


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.mark.parametrize(
    ("breaking", "mending", "reason"),
    [
        ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", "read only replica"),
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", "used memory > 'maxmemory'"),
    ],
    ids=["a replica", "out of memory"],
)
def test_health_and_readiness_say_that_writes_fail_and_recover(
    redis: RedisServer, breaking: str, mending: str, reason: str
) -> None:
    with served(build(engine=Reader(), store=connect(redis.address)).asgi) as address:
        for route in ROUTES:
            assert ask(address, "GET", route)[0] == 200
        try:
            assert redis.ask(breaking).startswith(b"+OK")
            request = signed_request()
            status, _, _ = ask(address, "POST", request.target, request.headers, request.body)
            assert status == 503
            for route in ROUTES:
                status, _, body = ask(address, "GET", route)
                document = json.loads(body)
                assert (status, document["status"]) == (503, "failing")
                assert document["why"].startswith("the store takes no writes: the store at unix")
                assert reason in document["why"]
            assert ask(address, "GET", "/_mockocr/livez")[0] == 200
        finally:
            assert redis.ask(mending).startswith(b"+OK")
        for route in ROUTES:
            assert ask(address, "GET", route)[0] == 200
        status, _, _ = ask(address, "POST", request.target, request.headers, request.body)
        assert status == 200
