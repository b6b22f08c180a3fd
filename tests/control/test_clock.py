"""The clock is frozen, moved and released, for all accounts or for one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mockocr.control.state.clock import Clock
from tests.control.acme import Client, mock

START = datetime(2026, 5, 1, tzinfo=UTC)


class Watch:
    """Real time that a test sets."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def test_the_clock_runs_until_it_is_frozen_and_again_after_release() -> None:
    watch = Watch()
    clock = Clock(watch)
    assert clock.now() == START
    clock.freeze(START - timedelta(days=1))
    watch.at += timedelta(hours=1)
    assert clock.now() == START - timedelta(days=1)
    clock.advance(60)
    assert clock.now() == START - timedelta(days=1) + timedelta(seconds=60)
    clock.release()
    assert clock.now() == START + timedelta(hours=1)


def test_a_moved_clock_keeps_running() -> None:
    watch = Watch()
    clock = Clock(watch)
    clock.advance(3600)
    watch.at += timedelta(seconds=5)
    assert clock.now() == START + timedelta(seconds=3605)
    clock.advance(-3600)
    assert clock.now() == START + timedelta(seconds=5)


def test_an_accounts_own_clock_does_not_affect_other_accounts() -> None:
    clock = Clock(Watch())
    clock.freeze(START + timedelta(days=1), "mine")
    assert clock.now("mine") == START + timedelta(days=1)
    assert clock.now("other") == clock.now() == START
    clock.release("mine")
    assert clock.now("mine") == START


def test_an_accounts_clock_starts_from_the_common_clock() -> None:
    clock = Clock(Watch())
    clock.freeze(START)
    clock.advance(10, "mine")
    assert clock.state("mine")["frozen"]
    assert clock.now("mine") == START + timedelta(seconds=10)
    assert clock.now() == START


def test_the_route_freezes_moves_and_releases_the_clock() -> None:
    async def go() -> None:
        client = Client(mock())
        frozen = await client.control("PUT", "/clock", {"now": "2026-01-01T00:00:00Z"})
        assert frozen["now"] == "2026-01-01T00:00:00Z"
        assert frozen["frozen"]
        moved = await client.control("PUT", "/clock", {"advance": 3600})
        assert (moved["now"], moved["frozen"]) == ("2026-01-01T01:00:00Z", True)
        back = await client.control("PUT", "/clock", {})
        assert (back["frozen"], back["offset"]) == (False, 0.0)
        assert await client.control("GET", "/clock")

    asyncio.run(go())


def test_a_request_is_verified_and_journaled_by_its_accounts_clock() -> None:
    async def go() -> list[str]:
        client = Client(mock())
        await client.control(
            "PUT", "/clock", {"now": "2031-01-01T00:00:00+08:00", "account": "dev"}
        )
        await client.read()
        return [r["at"] for r in (await client.control("GET", "/requests"))["requests"]]

    assert asyncio.run(go()) == ["2030-12-31T16:00:00.000Z"]


def test_a_nonce_is_accepted_again_after_it_expired_on_the_tests_clock() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        nonce = [("X-Nonce", "once")]
        found = [(await client.read(headers=nonce)).json["code"] for _ in range(2)]
        await client.control("PUT", "/clock", {"advance": 300})
        return [*found, (await client.read(headers=nonce)).json["code"]]

    assert asyncio.run(go()) == [0, 22, 0]


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"now": "noon"}, "a time like 2026-01-01T00:00:00Z"),
        ({"now": 5}, "a time like 2026-01-01T00:00:00Z, not 5"),
        ({"advance": "1h"}, "advance of a clock must be a number"),
        ({"advance": -1e11}, "only the years 1970 to 8999"),
        ({"advance": 1e300}, "advance"),
        ({"at": 1}, "no field 'at'; it has account, now, advance"),
        ({"now": "9999-12-31T23:59:59Z"}, "only the years 1970 to 8999"),
        ({"now": "9999-12-31T23:59:59-12:00"}, "outside the calendar"),
        ({"account": "nobody", "advance": 1}, "there are dev"),
        ([], "JSON object"),
        (b"", "not JSON"),
    ],
)
def test_a_wrong_time_is_refused_with_one_sentence(value: Any, part: str) -> None:
    assert part in asyncio.run(Client(mock()).refusal("PUT", "/clock", value))[1]


def test_advancing_loses_nothing_while_real_time_goes_on() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    reads = iter(range(1000))
    clock = Clock(lambda: start + timedelta(seconds=next(reads)))
    clock.advance(5)
    clock.advance(5, "dev")
    assert (clock.state()["offset"], clock.state("dev")["offset"]) == (5.0, 10.0)
