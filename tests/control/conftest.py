"""Fixtures that hold both stores to one suite; a new store joins by a line in `run`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from mockocr.control.state.store import Memory, connect
from tests.control.stores import Run, Steps, with_store
from tests.redis_server import RedisServer, redis_server


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(params=["memory", "redis"])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs steps on an empty store of each kind, and closes it."""

    def go(steps: Steps) -> Any:
        if request.param == "memory":
            return asyncio.run(with_store(Memory(), steps))
        server: RedisServer = request.getfixturevalue("redis")
        return asyncio.run(with_store(connect(server.address), steps))

    return go
