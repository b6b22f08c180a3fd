"""Two servers with one Redis behave like one server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr.control.journal.entry import Picture, ReadLine, from_item, to_item
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.control.state.clock import Clock
from mockocr.control.state.store import connect
from mockocr.core.errors import Evidence
from mockocr.core.exchange import Audit, Exchange, LoadedImage
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.recognition.shared_cache import dump, load
from tests.asgi import ask_async
from tests.control.acme import ACME, HELLO, PICTURE, SERVICE, Client, Eyes, mock
from tests.redis_server import RedisServer, redis_server


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


Pair = Callable[[Client, Client], Awaitable[Any]]
Both = Callable[[Pair], Any]


@pytest.fixture
def both(redis: RedisServer) -> Both:
    """Runs steps with a client of each of two servers that share one Redis."""

    async def go(steps: Pair) -> Any:
        stores = [connect(redis.address) for _ in range(2)]
        await stores[0].clear()
        one, two = (Client(mock(store=store, clock=None, engine=Eyes())) for store in stores)
        try:
            return await steps(one, two)
        finally:
            for store in stores:
                await store.aclose()  # type: ignore[attr-defined] # the one in Redis has it

    return lambda steps: asyncio.run(go(steps))


def test_an_account_created_on_one_server_works_on_the_other_until_it_is_deleted(
    both: Both,
) -> None:
    async def steps(one: Client, two: Client) -> None:
        made = await one.control("POST", "/accounts", {"name": "mine"})
        mine = Client(two.mock, made["credentials"]["acme"])
        assert (await mine.read()).status == 200
        assert (await two.refusal("POST", "/accounts", {"name": "mine"}))[0] == 409
        await two.control("DELETE", "/accounts/mine")
        assert (await Client(one.mock, made["credentials"]["acme"]).read()).status == 401

    both(steps)


def test_one_of_two_concurrent_creations_of_an_account_conflicts(
    both: Both,
) -> None:
    async def steps(one: Client, two: Client) -> list[str]:
        async def make(client: Client) -> str:
            try:
                await client.control("POST", "/accounts", {"name": "mine"})
            except AssertionError:  # the client takes nothing but success
                return "taken"
            return "made"

        return sorted(await asyncio.gather(*(make(c) for c in (one, two, one, two))))

    assert both(steps) == ["made", "taken", "taken", "taken"]


def test_a_fault_is_used_once_by_both_servers_together(both: Both) -> None:
    async def steps(one: Client, two: Client) -> list[int]:
        await one.control("POST", "/faults", {"fault": "error=10", "times": 3})
        answers = await asyncio.gather(*(c.read() for c in (one, two) * 6))
        assert (await two.control("GET", "/faults"))["faults"][0]["left"] == 0
        return [answer.status for answer in answers]

    assert sorted(both(steps)) == [200] * 9 + [429] * 3


def test_a_quota_is_counted_over_both_servers(both: Both) -> None:
    async def steps(one: Client, two: Client) -> list[int]:
        await one.control("PUT", "/quotas/dev/acme.read", {"left": 7})
        answers = await asyncio.gather(*(c.read() for c in (one, two) * 10))
        rows = (await two.control("GET", "/bill"))["rows"]
        assert [(row["calls"], row["billable"]) for row in rows] == [(20, 7)]
        return [answer.status for answer in answers]

    assert sorted(both(steps)) == [200] * 7 + [403] * 13


def test_limits_set_concurrently_on_both_servers_are_all_set(both: Both) -> None:
    async def steps(one: Client, two: Client) -> Any:
        sets = (
            c.control("PUT", "/quotas/dev/acme.read", {name: number})
            for c, name, number in ((one, "left", 5), (two, "per_day", 6), (one, "per_second", 7))
        )
        await asyncio.gather(*sets)
        quota = await two.control("GET", "/quotas/dev/acme.read")
        return [quota[name] for name in ("left", "per_day", "per_second")]

    assert both(steps) == [5, 6, 7]


def test_a_nonce_claimed_on_one_server_is_replayed_on_the_other(both: Both) -> None:
    async def steps(one: Client, two: Client) -> list[Any]:
        nonce = [("X-Nonce", "once")]
        return [(await c.read(headers=nonce)).json["code"] for c in (one, two)]

    assert both(steps) == [0, 22]


def test_a_scripted_answer_is_used_by_the_server_that_is_asked_first(both: Both) -> None:
    async def steps(one: Client, two: Client) -> list[str]:
        await one.control("POST", "/answers", {"lines": ["发票"]})
        return [(await c.read()).json["lines"][0]["text"] for c in (two, one)]

    assert both(steps) == ["发票", "O0lO"]


def test_a_request_journaled_by_one_server_is_shown_in_full_by_the_other(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        key = {"key": "acme-dev-key", "secret": "wrong"}
        answer = await Client(one.mock, key).read(headers=[("Content-Type", "text/plain")])
        await two.read(body=b"%PDF \x00 whatever")
        rows = (await one.control("GET", "/requests"))["requests"]
        assert [row["status"] for row in rows] == [200, 401]
        seen = [
            await c.control("GET", f"/requests/{answer.header('x-mockocr-request')}")
            for c in (one, two)
        ]
        assert seen[0] == seen[1]
        assert seen[1]["parameters"] == {"text": PICTURE.decode()}
        assert seen[1]["evidence"]["expected"].startswith("POST\n/read\n")
        assert seen[1]["answer"]["body"]["code"] == 20
        marks = [(await c.control("GET", "/requests"))["mark"] for c in (one, two)]
        await two.control("DELETE", "/requests")
        cleared = [await c.control("GET", "/requests") for c in (one, two)]
        assert cleared[0] == cleared[1]
        assert (cleared[0]["requests"], cleared[0]["evicted"]) == ([], 0)
        assert cleared[0]["mark"] != marks[0] == marks[1]

    both(steps)


def test_the_size_of_the_journal_includes_both_servers(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        for client in (one, two, two):
            await client.read()
        assert (await one.control("GET", "/health"))["journal"]["requests"] == 3
        page = (await ask_async(one.mock.asgi, "GET", "/_mockocr/metrics")).body
        assert b"mockocr_journal_requests 3.0" in page

    both(steps)


def test_a_clock_set_on_one_server_applies_to_the_other(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        nonce = [("X-Nonce", "n")]
        await one.control("PUT", "/clock", {"now": "2031-01-01T00:00:00Z"})
        assert (await two.control("GET", "/clock"))["now"] == "2031-01-01T00:00:00Z"
        assert (await one.read(headers=nonce)).json["code"] == 0
        await two.control("PUT", "/clock", {"advance": 299})
        assert (await one.read(headers=nonce)).json["code"] == 22
        await two.control("PUT", "/clock", {"advance": 1})
        assert (await one.read(headers=nonce)).json["code"] == 0
        rows = (await two.control("GET", "/requests"))["requests"]
        assert [row["at"][:19] for row in rows[:2]] == [
            "2031-01-01T00:05:00",
            "2031-01-01T00:04:59",
        ]
        await one.control("PUT", "/clock", {"now": "2040-01-01T00:00:00Z", "account": "dev"})
        await two.read()
        await two.control("PUT", "/clock", {"account": "dev"})
        await one.read()
        await one.control("PUT", "/clock", {})
        await two.read()
        rows = (await one.control("GET", "/requests?limit=3"))["requests"]
        years = [row["at"][:4] for row in rows]
        assert years == [str(datetime.now(UTC).year), "2031", "2040"]

    both(steps)


def test_an_accounts_clock_starts_from_the_common_clock_of_another_server(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        await one.control("PUT", "/clock", {"now": "2031-01-01T00:00:00Z"})
        # the other server has not had a request yet
        clock = await two.control("PUT", "/clock", {"advance": 60, "account": "dev"})
        assert (clock["now"], clock["frozen"]) == ("2031-01-01T00:01:00Z", True)

    both(steps)


def test_concurrent_advances_all_count(both: Both) -> None:
    async def steps(one: Client, two: Client) -> str:
        await one.control("PUT", "/clock", {"now": "2031-01-01T00:00:00Z"})
        moves = (c.control("PUT", "/clock", {"advance": 1}) for c in (one, two) * 10)
        await asyncio.gather(*moves)
        return str((await two.control("GET", "/clock"))["now"])

    assert both(steps) == "2031-01-01T00:00:20Z"


def test_a_picture_is_read_by_one_server_only(both: Both) -> None:
    async def steps(one: Client, two: Client) -> list[Any]:
        answers = [await c.read() for c in (one, two, two)]
        await two.read(body=b"another picture")
        assert answers[0].body == answers[1].body == answers[2].body
        return [one.mock.engine.count, two.mock.engine.count]  # type: ignore[attr-defined] # Eyes

    assert both(steps) == [1, 1]


def test_a_reset_of_one_server_resets_both(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        await two.control("POST", "/accounts", {"name": "mine"})
        await two.control("PUT", "/clock", {"now": "2031-01-01T00:00:00Z"})
        await two.control("PUT", "/quotas/dev/*", {"left": 0})
        await one.control("POST", "/reset")
        assert (await two.read()).status == 200
        assert (await two.control("GET", "/clock"))["frozen"] is False
        names = [a["name"] for a in (await two.control("GET", "/accounts"))["accounts"]]
        assert names == ["dev"]

    both(steps)


def test_a_deleted_account_loses_its_clock_on_both_servers(both: Both) -> None:
    async def steps(one: Client, two: Client) -> None:
        await one.control("POST", "/accounts", {"name": "mine"})
        await one.control("PUT", "/clock", {"now": "2031-01-01T00:00:00Z", "account": "mine"})
        await two.control("DELETE", "/accounts/mine")
        await one.control("POST", "/accounts", {"name": "mine"})
        assert (await one.control("GET", "/clock?account=mine"))["frozen"] is False

    both(steps)


def test_a_clock_needs_no_store() -> None:
    async def go() -> None:
        clock = Clock()
        await clock.refresh("dev")
        await clock.update("dev", lambda: clock.advance(5, "dev"))
        assert clock.state("dev")["offset"] == 5.0

    asyncio.run(go())


def test_an_entry_is_the_same_after_it_was_stored() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
    pairs = (("X-A", "ä"), ("X-A", ""))
    request = Request(
        "POST", "/read", "/read?q=1", pairs, "q=1", b"abc", id="f" * 32, at=at, prefix="/acme"
    )
    image = Image(b"", 2, 3, 1, "PNG", "d", "s", 1)
    evidence = Evidence("a", "b", "c", "d")
    loaded = [LoadedImage(image, Inline(location="img"))]
    recognitions = [("d", HELLO)]
    audit = Audit("dev", "", "bad_signature", evidence, "delay=1", loaded, recognitions, True)
    exchange = Exchange(ACME, SERVICE, SERVICE.operations[0], request, audit)
    item = to_item(exchange, Response(401, b"{}", pairs, "20"), 0.3, KnownSecrets())
    assert set(item.blobs.values()) == {b"abc", b"{}"}
    entry = from_item(replace(item, summary=json.loads(json.dumps(item.summary)), blobs={}))
    assert entry.summary == item.summary
    assert (entry.summary["at"], entry.summary["target"]) == (
        "2026-01-02T03:04:05.678Z",
        "/acme/read?q=1",
    )
    assert entry.request(b"abc").query_fields() == (("q", "1"),)
    detail = entry.detail
    assert (detail.headers, detail.answer_headers, detail.evidence) == (pairs, pairs, evidence)
    assert (detail.size, detail.answer_size, detail.billed) == (3, 2, True)
    assert detail.pictures == (Picture("d", "s", 1, 2, 3, "PNG", "img"),)
    ((digest, read),) = entry.read
    assert (digest, read.text) == ("d", HELLO.text)
    assert read.lines[1] == ReadLine("two", ((10, 40), (110, 40), (110, 60), (10, 60)), 0.8)


def test_an_entry_with_invalid_unicode_is_stored_with_replacement_characters() -> None:
    request = Request("GET", "/\ud800", headers=(("X-A", "\udfff"),))
    item = to_item(Exchange(ACME, SERVICE, None, request), Response(), 0.0, KnownSecrets())
    detail = from_item(item).detail
    assert (detail.path, detail.headers) == ("/\ufffd", (("X-A", "\ufffd"),))


def test_a_recognition_is_the_same_after_it_was_stored() -> None:
    quad = Quad(Point(0.1, 0.2), Point(1 / 3, 2e-9), Point(7, 8), Point(-1.5, 1e7))
    line = line_of_text("发票 Invoice 2026", quad, 0.98765, 3)
    recognition = Recognition((line, line_of_text("", quad)), -12.25, "tesserocr 5.3")
    assert load(dump(recognition)) == recognition
    assert load(dump(HELLO)) == HELLO
