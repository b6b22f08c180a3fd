"""What every store promises; a new one joins by a line in `STORES`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from mockocr.control import store
from mockocr.control.store import Memory, Store
from mockocr.core.problem import Problem, Refused
from tests.control.acme import Client, mock

STORES: dict[str, Callable[[], Store]] = {"memory": Memory}


@pytest.fixture(params=STORES)
def a_store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param]()


def run(steps: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(steps)


def test_documents_come_back_oldest_first(a_store: Store) -> None:
    async def go() -> None:
        for name in "bac":
            await a_store.put("t", name, {"name": name})
        await a_store.put("t", "b", {"name": "B"})
        await a_store.put("other", "x", {})
        assert [d["name"] for d in await a_store.rows("t")] == ["B", "a", "c"]
        assert await a_store.get("t", "a") == {"name": "a"}
        assert await a_store.get("t", "z") is None
        assert await a_store.drop("t", "a") is True
        assert await a_store.drop("t", "a") is False
        assert [d["name"] for d in await a_store.rows("t")] == ["B", "c"]
        assert await a_store.rows("none") == ()

    run(go())


def test_a_counter_keeps_within_its_bounds(a_store: Store) -> None:
    async def go() -> list[int | None]:
        found = [await a_store.count("c", most=2) for _ in range(4)]
        found += [await a_store.count("c", -1, least=0) for _ in range(4)]
        return found

    assert run(go()) == [1, 2, None, None, 1, 0, None, None]


def test_a_counter_starts_again_in_another_window(a_store: Store) -> None:
    async def go() -> list[int | None]:
        return [
            await a_store.count("c", window="monday"),
            await a_store.count("c", window="monday"),
            await a_store.count("c", window="tuesday"),
            await a_store.count("c", -1, least=0, window="monday"),
            await a_store.count("c", window="tuesday"),
        ]

    assert run(go()) == [1, 2, 1, None, 2]


def test_counters_are_found_and_forgotten_by_their_beginning(a_store: Store) -> None:
    async def go() -> None:
        for name in ("a/1", "a/2", "b/1"):
            await a_store.count(name, 5)
        assert await a_store.counts("a/") == {"a/1": 5, "a/2": 5}
        await a_store.forget("a/")
        assert await a_store.counts("") == {"b/1": 5}

    run(go())


def test_a_token_is_new_once_until_its_end(a_store: Store) -> None:
    async def go() -> list[bool]:
        return [
            await a_store.claim("t", 100.0, 50.0),
            await a_store.claim("t", 100.0, 99.9),
            await a_store.claim("t", 200.0, 100.0),
            await a_store.claim("t", 200.0, 150.0),
            await a_store.claim("u", 200.0, 150.0),
        ]

    assert run(go()) == [True, False, True, False, True]


def test_many_at_once_get_exactly_as_many_as_there_are(a_store: Store) -> None:
    async def go() -> int:
        found = await asyncio.gather(*(a_store.count("c", most=100) for _ in range(300)))
        return sum(number is not None for number in found)

    assert run(go()) == 100


def test_everything_can_be_forgotten(a_store: Store) -> None:
    async def go() -> None:
        await a_store.put("t", "k", {})
        await a_store.count("c")
        await a_store.claim("n", 2.0, 1.0)
        await a_store.clear()
        assert await a_store.rows("t") == ()
        assert await a_store.counts("") == {}
        assert await a_store.claim("n", 2.0, 1.0)

    run(go())


def test_tokens_are_bounded_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> list[bool]:
        memory = Memory()
        for number in range(4):
            await memory.claim(str(number), 9.0, 1.0)
        return [await memory.claim("3", 9.0, 1.0), await memory.claim("0", 9.0, 1.0)]

    monkeypatch.setattr(store, "MAX_TOKENS", 3)
    assert run(go()) == [False, True]


class Gone(Memory):
    """A store that can be unplugged."""

    plugged = True

    def __getattribute__(self, name: str) -> Any:
        if name in ("get", "rows", "count", "put", "claim") and not self.plugged:
            raise Refused(Problem.UNAVAILABLE, "no connection to the store")
        return super().__getattribute__(name)


def test_without_its_store_the_vendor_answers_that_it_is_unavailable_and_recovers() -> None:
    async def go() -> list[Any]:
        gone = Gone()
        client = Client(mock(store=gone))
        gone.plugged = False
        answer = await client.read()
        health = await client.control("GET", "/health", status=503)
        faults = await client.control("GET", "/faults", status=503)
        entry = (await client.control("GET", "/requests"))["requests"][0]
        gone.plugged = True
        again = (await client.read()).status
        return [answer.json["code"], entry["problem"], health["why"], faults["error"], again]

    code, problem, why, error, again = run(go())
    assert (code, problem, again) == (99, "unavailable", 200)
    assert why == "the store does not answer: no connection to the store"
    assert error == "no connection to the store"
