"""A reading that no client waits for gives its thread back."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mockocr.app import build
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.worker_pool import AbandonedError, Pool, seconds_left, stop_if_abandoned
from tests.recognitions import HELLO
from tests.serving.raw_requests import read_response, signed_request, to_bytes
from tests.sockets import ask, served, wait_until

Address = tuple[str, int]


class PatientEngine:
    """An engine with one thread; a reading ends when the test sets `go_on`, or as abandoned."""

    name = "patient"

    def __init__(self, seconds: float = 30) -> None:
        self.pool = Pool(1, seconds=seconds)
        self.go_on = threading.Event()
        self.begun = self.abandoned = 0

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self.pool.run(self._read)

    def close(self) -> None:
        self.go_on.set()
        self.pool.close()

    def _read(self) -> Recognition:
        self.begun += 1
        try:
            while not self.go_on.wait(0.005):
                stop_if_abandoned()
        except AbandonedError:
            self.abandoned += 1
            raise
        return HELLO


@contextmanager
def serving(engine: PatientEngine, http: str, **options: Any) -> Iterator[Address]:
    with served(build(engine=engine, **options).asgi, http) as address:
        yield address


def send(address: Address) -> socket.socket:
    connection = socket.create_connection(address, timeout=10)
    connection.sendall(to_bytes(signed_request()))
    return connection


def newest(address: Address) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ask(address, "GET", "/_mockocr/requests")[2])[
        "requests"
    ]
    return rows


def cache_hits(address: Address) -> int:
    lines = ask(address, "GET", "/_mockocr/metrics")[2].decode().splitlines()
    (count,) = (line.split()[1] for line in lines if line.startswith("mockocr_cache_hits"))
    return int(float(count))


@pytest.mark.parametrize("http", ["h11", "httptools"])
@pytest.mark.parametrize("cache_bytes", [0, 1024 * 1024], ids=["no cache", "cache"])
def test_a_client_that_disconnects_takes_its_reading_along(http: str, cache_bytes: int) -> None:
    engine = PatientEngine()
    with serving(engine, http, cache_bytes=cache_bytes) as address:
        quota = json.dumps({"left": 2}).encode()
        kind = (("Content-Type", "application/json"),)
        assert ask(address, "PUT", "/_mockocr/quotas/dev/tencent.general", kind, quota)[0] == 200
        gone = send(address)
        assert wait_until(lambda: engine.begun == 1)
        gone.close()
        assert wait_until(lambda: engine.abandoned == 1), "the reading keeps its thread"
        assert wait_until(lambda: newest(address))
        (row,) = newest(address)
        assert row["why"] == "the client disconnected while its picture was read"
        engine.go_on.set()
        for _ in range(2):  # the quota has both again
            with send(address) as connection:
                assert read_response(connection)[0] == 200
        assert engine.pool.busy == 0


def test_a_reading_goes_on_while_one_of_its_clients_is_there() -> None:
    engine = PatientEngine()
    with serving(engine, "auto") as address:
        gone, stays = send(address), send(address)
        assert wait_until(lambda: engine.begun == 1)
        assert wait_until(lambda: cache_hits(address) == 1)  # both wait for it now
        gone.close()
        assert wait_until(lambda: newest(address))
        time.sleep(0.05)
        assert engine.abandoned == 0
        engine.go_on.set()
        with stays:
            assert read_response(stays)[0] == 200
        assert engine.begun == 1


def test_a_new_client_starts_a_new_reading_after_an_abandoned_one() -> None:
    engine = PatientEngine()
    with serving(engine, "auto") as address:
        gone = send(address)
        assert wait_until(lambda: engine.begun == 1)
        gone.close()
        assert wait_until(lambda: engine.abandoned == 1)
        with send(address) as connection:
            assert wait_until(lambda: engine.begun == 2)
            engine.go_on.set()
            assert read_response(connection)[0] == 200


@pytest.mark.slow
def test_a_hundred_clients_that_disconnect_leave_no_reading_behind() -> None:
    engine = PatientEngine()
    with serving(engine, "auto", cache_bytes=0) as address:
        clients = [send(address) for _ in range(100)]
        assert wait_until(lambda: engine.pool.busy == 100)
        for client in clients:
            client.close()
        assert wait_until(lambda: engine.pool.busy == 0), "readings are left"
        assert engine.abandoned == engine.begun
        engine.go_on.set()
        with send(address) as connection:
            assert read_response(connection)[0] == 200


def test_a_reading_that_runs_out_of_time_gives_its_thread_back() -> None:
    engine = PatientEngine(seconds=0.2)
    with serving(engine, "auto") as address:
        with send(address) as connection:
            assert b"no reading within" not in read_response(connection)[1]
        assert newest(address)[0]["why"] == "no reading within 0.2 s"
        assert wait_until(lambda: engine.abandoned == 1 and engine.pool.busy == 0)


def test_a_step_that_cannot_be_stopped_is_told_how_long_it_may_take() -> None:

    async def main() -> float:
        pool = Pool(1, seconds=9)
        try:
            return await pool.run(seconds_left)
        finally:
            pool.close()

    assert 0 < asyncio.run(main()) <= 9
    assert seconds_left() == float("inf")
