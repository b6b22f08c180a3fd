"""While the store is unavailable every vendor says so; afterwards the server just continues."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mockocr.app import Mock, build
from mockocr.client import sender
from mockocr.control.journal import journal
from mockocr.control.state.store import Memory, connect
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor
from mockocr.recognition.engines.scripted import Scripted
from mockocr.vendors import discover
from tests.asgi import Answer, ask_async
from tests.control.acme import Client, mock
from tests.redis_server import RedisServer, redis_server


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


class Failing(Memory):
    """A store whose methods named in `refused` fail."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: tuple[str, ...] = ()

    def __getattribute__(self, name: str) -> Any:
        if name != "refused" and name in self.refused:
            raise ApiError(ErrorKind.UNAVAILABLE, "no connection to the store")
        return super().__getattribute__(name)


async def requests(sender: Client) -> Any:
    return await sender.control("GET", "/requests")


async def closed(to: Mock) -> None:
    await to.store.aclose()  # type: ignore[attr-defined] # only Redis has connections


async def until_read(sender: Client) -> Answer:
    """The first successful answer within some seconds, else the last one."""
    end = time.monotonic() + 10
    while (answer := await sender.read()).status != 200 and time.monotonic() < end:
        await asyncio.sleep(0.05)
    return answer


def test_the_server_recovers_when_redis_stops_and_starts(redis: RedisServer) -> None:
    async def go() -> None:
        sender = Client(mock(store=connect(redis.address), clock=None))
        assert (await sender.read()).status == 200
        assert (await sender.control("GET", "/health"))["store"] == redis.address
        redis.stop()
        refused = await sender.read()
        assert refused.json["code"] == 99
        why = (await sender.control("GET", "/health", status=503))["why"]
        assert why.startswith("the store does not answer: no connection to the store at unix://")
        for path in ("/faults", "/requests", "/bill", "/accounts"):
            error = (await sender.control("GET", path, status=503))["error"]
            assert error.startswith("no connection to the store at")
        redis.start()
        answer = await until_read(sender)
        assert answer.status == 200
        assert (await sender.control("GET", "/health"))["status"] == "ok"
        rows = (await requests(sender))["requests"]
        assert rows[0]["id"] == answer.header("x-mockocr-request")
        problems = {row["id"]: row["problem"] for row in rows}
        assert problems[refused.header("x-mockocr-request")] == "unavailable"
        await closed(sender.mock)

    asyncio.run(go())


def test_a_server_started_before_its_store_answers_when_the_store_starts(
    redis: RedisServer,
) -> None:
    async def go() -> list[int]:
        redis.stop()
        sender = Client(mock(store=connect(redis.address)))
        before = (await sender.read()).json["code"]
        redis.start()
        after = (await until_read(sender)).status
        await closed(sender.mock)
        return [before, after]

    assert asyncio.run(go()) == [99, 200]


@pytest.mark.slow
def test_a_restart_of_redis_between_two_requests_has_no_effect(
    redis: RedisServer,
) -> None:
    async def go() -> list[int]:
        sender = Client(mock(store=connect(redis.address)))
        before = await asyncio.gather(*(sender.read() for _ in range(20)))
        redis.stop()
        redis.start()
        await asyncio.sleep(0.1)  # by then the client has noticed the closed connections
        after = await asyncio.gather(*(sender.read() for _ in range(20)))
        await closed(sender.mock)
        return [answer.status for answer in (*before, *after)]

    assert set(asyncio.run(go())) == {200}


@pytest.mark.slow
def test_a_hanging_store_times_out(redis: RedisServer) -> None:
    async def go() -> tuple[Any, float]:
        sender = Client(mock(store=connect(redis.address)))
        await sender.read()
        redis.ask("CLIENT", "PAUSE", "8000", "ALL")
        start = time.monotonic()
        code = (await sender.read()).json["code"]
        seconds = time.monotonic() - start
        await closed(sender.mock)
        return code, seconds

    code, seconds = asyncio.run(go())
    assert code == 99
    assert 4 < seconds < 7


@pytest.mark.parametrize("refused", ["get", "documents", "increment", "claim_nonce", "append_log"])
def test_every_failure_of_the_store_is_the_vendors_own_unavailable(refused: str) -> None:
    async def go() -> list[Any]:
        store = Failing()
        sender = Client(mock(store=store))
        await sender.control("PUT", "/quotas/dev/acme.read", {"left": 5})
        store.refused = (refused,)
        answer = await sender.read(headers=[("X-Nonce", "n")])
        store.refused = ()
        again = await sender.read(headers=[("X-Nonce", "m")])
        rows = (await requests(sender))["requests"]
        return [answer.json["code"], again.status, [row["problem"] for row in rows]]

    assert asyncio.run(go()) == [99, 200, ["", "unavailable"]]


every_example = pytest.mark.parametrize(
    ("vendor", "service", "example"),
    [
        pytest.param(
            vendor, service, example, id=f"{service.name}-{example.operation}-{example.name}"
        )
        for vendor in discover()
        for service in vendor.services
        for example in service.examples
    ],
)


@every_example
def test_every_service_answers_in_its_own_words_while_the_store_is_unavailable(
    vendor: Vendor, service: Service, example: RequestExample
) -> None:
    async def go() -> None:
        store = Failing()
        to = build(engine=Scripted(), store=store)
        request = sender.prepare(
            "http://127.0.0.1", vendor, service, example, SampleImage(), vendor.credentials
        )
        store.refused = ("get", "documents", "increment", "claim_nonce", "append_log")
        answer = await ask_async(
            to.asgi, request.method, request.target, request.headers, request.body
        )
        store.refused = ()
        entry = service.errors.by_kind(ErrorKind.UNAVAILABLE, example.operation)
        wanted = service.render_error(request, entry.filled({}))
        assert answer.status == wanted.status
        id = answer.header("x-mockocr-request")
        shown = (await ask_async(to.asgi, "GET", f"/_mockocr/requests/{id}")).json
        assert (shown["problem"], shown["code"]) == ("unavailable", wanted.code)

    asyncio.run(go())


def test_a_response_that_cannot_be_journaled_is_replaced_by_a_refusal() -> None:
    async def go() -> Any:
        store = Failing()
        sender = Client(mock(store=store))
        store.refused = ("append_log",)
        answer = await sender.read()
        store.refused = ()
        await sender.read()
        id = answer.header("x-mockocr-request")
        return answer.json, await sender.control("GET", f"/requests/{id}")

    answer, entry = asyncio.run(go())
    assert answer == {"code": 99, "message": "something else"}
    assert (entry["status"], entry["code"]) == (400, "99")
    assert entry["why"] == "no connection to the store"


def test_the_metrics_count_the_response_that_was_sent() -> None:
    async def go() -> str:
        store = Failing()
        sender = Client(mock(store=store))
        store.refused = ("append_log",)
        await sender.read()
        answer = await ask_async(sender.mock.asgi, "GET", "/_mockocr/metrics")
        return answer.body.decode()

    wanted = 'mockocr_requests_total{operation="read",problem="unavailable",status="400"'
    lines = [line for line in asyncio.run(go()).splitlines() if line.startswith(wanted)]
    assert [line.split()[-1] for line in lines] == ["1.0"]


def test_requests_that_waited_too_long_for_the_store_count_as_evicted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def go() -> Any:
        store = Failing()
        sender = Client(mock(store=store))
        store.refused = ("append_log",)
        for _ in range(5):
            await sender.read()
        store.refused = ()
        return await requests(sender)

    monkeypatch.setattr(journal, "MAX_WAITING", 3)
    document = asyncio.run(go())
    assert (len(document["requests"]), document["evicted"]) == (3, 2)


def test_a_request_that_cannot_be_billed_is_refused() -> None:
    async def go() -> Any:
        store = Failing()
        sender = Client(mock(store=store))
        store.refused = ("increment",)
        return (await sender.read()).json["code"]

    assert asyncio.run(go()) == 99
