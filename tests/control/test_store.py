"""What every store promises, in memory and on Redis."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest

from mockocr.control.state.store import LogItem, LogStats, Store, connect
from mockocr.core.errors import ApiError, ErrorKind
from tests.control.stores import Run, with_store
from tests.redis_server import RedisServer


def test_documents_are_listed_oldest_first(run: Run) -> None:
    async def go(store: Store) -> None:
        for name in "bac":
            await store.put("t", name, {"name": name})
        await store.put("t", "b", {"name": "B"})
        await store.put("other", "x", {})
        assert [d["name"] for d in await store.documents("t")] == ["B", "a", "c"]
        assert await store.get("t", "a") == {"name": "a"}
        assert await store.get("t", "z") is None
        assert await store.delete("t", "a") is True
        assert await store.delete("t", "a") is False
        assert [d["name"] for d in await store.documents("t")] == ["B", "c"]
        assert await store.documents("none") == ()

    run(go)


def test_a_counter_stays_within_its_bounds(run: Run) -> None:
    async def go(store: Store) -> list[int | None]:
        found = [await store.increment("c", maximum=2) for _ in range(4)]
        found += [await store.increment("c", -1, minimum=0) for _ in range(4)]
        return found

    assert run(go) == [1, 2, None, None, 1, 0, None, None]


def test_a_counter_starts_at_0_in_every_window_and_remembers_the_last_windows(run: Run) -> None:
    async def go(store: Store) -> list[int | None]:
        days = ("monday", "monday", "tuesday", "monday", "tuesday")
        found = [await store.increment("c", window=day) for day in days]
        found.append(await store.increment("c", -1, minimum=0, window="monday"))
        for day in ("wednesday", "thursday", "friday"):
            await store.increment("c", window=day)
        found += [await store.increment("c", 0, window=day) for day in ("monday", "tuesday")]
        return found

    assert run(go) == [1, 2, 1, 3, 2, 2, 2, 0]


def test_a_limit_holds_while_requests_of_two_windows_alternate(run: Run) -> None:
    async def go(store: Store) -> int:
        seconds = ("59", "00") * 10
        found = [await store.increment("c", maximum=3, window=second) for second in seconds]
        assert (await store.counters("c"))["c"] == 3
        return sum(number is not None for number in found)

    assert run(go) == 6


def test_counters_are_found_and_deleted_by_their_prefix(run: Run) -> None:
    async def go(store: Store) -> None:
        for name in ("a/1", "a/2", "b/1"):
            await store.increment(name, 5)
        assert await store.counters("a/") == {"a/1": 5, "a/2": 5}
        await store.delete_counters("a/")
        assert await store.counters("") == {"b/1": 5}

    run(go)


def test_a_nonce_is_claimed_once_until_it_expires(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        return [
            await store.claim_nonce("t", 100.0, 50.0),
            await store.claim_nonce("t", 100.0, 99.9),
            await store.claim_nonce("t", 200.0, 100.0),
            await store.claim_nonce("t", 200.0, 150.0),
            await store.claim_nonce("u", 200.0, 150.0),
        ]

    assert run(go) == [True, False, True, False, True]


def test_concurrent_increments_stop_exactly_at_the_maximum(run: Run) -> None:
    async def go(store: Store) -> int:
        found = await asyncio.gather(*(store.increment("c", maximum=100) for _ in range(300)))
        return sum(number is not None for number in found)

    assert run(go) == 100


def test_clear_deletes_everything(run: Run) -> None:
    async def go(store: Store) -> None:
        await store.put("t", "k", {})
        await store.increment("c")
        await store.claim_nonce("n", 2.0, 1.0)
        await store.clear()
        assert await store.documents("t") == ()
        assert await store.counters("") == {}
        assert await store.claim_nonce("n", 2.0, 1.0)

    run(go)


def test_a_document_is_set_only_if_the_old_one_is_equal(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        one, two = {"n": 1, "a": [1.5, None, "发"]}, {"n": 2}
        found = [
            await store.compare_and_set("t", "k", one, two),
            await store.compare_and_set("t", "k", None, one),
            await store.compare_and_set("t", "k", None, two),
            await store.compare_and_set("t", "k", await store.get("t", "k"), two),
        ]
        assert await store.documents("t") == (two,)
        return found

    assert run(go) == [False, True, False, True]


def test_one_of_many_concurrent_sets_wins(run: Run) -> None:
    async def go(store: Store) -> int:
        swaps = (store.compare_and_set("t", "k", None, {"n": n}) for n in range(50))
        return sum(await asyncio.gather(*swaps))

    assert run(go) == 1


def test_prefixes_of_counters_are_literal(run: Run) -> None:
    async def go(store: Store) -> None:
        for name in ("发/1", "发/2", "*/1", "[a/1", "a/1", "a0"):
            await store.increment(name)
        assert await store.counters("发/") == {"发/1": 1, "发/2": 1}
        assert await store.counters("*") == {"*/1": 1}
        await store.delete_counters("[a")
        await store.delete_counters("a/")
        assert set(await store.counters("")) == {"发/1", "发/2", "*/1", "a0"}

    run(go)


def test_a_nonce_expires_to_the_microsecond(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        end = 1767323045.000001
        await store.claim_nonce("t", end, 1767323000.0)
        return [
            await store.claim_nonce("t", end, end - 1e-6),
            await store.claim_nonce("t", end, end),
        ]

    assert run(go) == [False, True]


def item(key: str, size: int, **blobs: bytes) -> LogItem:
    return LogItem(key, {"key": key}, b"detail of " + key.encode(), blobs, size)


async def keys(store: Store, log: str = "s") -> list[str]:
    return [row["key"] async for row in store.newest_log(log)]


def test_a_log_lists_the_newest_first_and_finds_by_key(run: Run) -> None:
    async def go(store: Store) -> None:
        for number in range(450):
            await store.append_log("s", item(str(number), 1), 1000)
        await store.append_log("other", item("x", 1), 1000)
        assert await keys(store) == [str(number) for number in reversed(range(450))]
        found = await store.find_log("s", "7")
        assert found is not None
        assert (found.summary, found.detail, found.size) == ({"key": "7"}, b"detail of 7", 1)
        assert await store.find_log("s", "x") is None
        assert await store.log_stats("s") == LogStats(450, 450, 0)
        assert await keys(store, "none") == []

    run(go)


def test_a_log_evicts_its_oldest_items_and_counts_them(run: Run) -> None:
    async def go(store: Store) -> None:
        for key in "abcd":
            await store.append_log("s", item(key, 30), 100)
        assert await keys(store) == ["d", "c", "b"]
        assert await store.log_stats("s") == LogStats(3, 90, 1)
        assert await store.append_log("s", item("e", 100), 100, lost=5) == LogStats(1, 100, 9)
        assert await store.append_log("s", item("f", 101), 100) == LogStats(0, 0, 11)
        await store.clear_log("s")
        assert await store.log_stats("s") == LogStats(0, 0, 0)

    run(go)


def test_a_log_keeps_a_blob_once_until_no_item_has_it(run: Run) -> None:
    async def go(store: Store) -> None:
        raw = bytes(range(256)) * 4
        await store.append_log("s", item("a", 10, x=raw, y=b"yy"), 10_000)
        assert (await store.append_log("s", item("b", 10, x=raw), 10_000)).bytes == 1024 + 2 + 20
        assert await store.log_blob("s", "x") == raw
        await store.append_log("s", item("a", 10), 10_000)  # in place of the first a
        assert await keys(store) == ["a", "b"]
        assert (await store.log_blob("s", "y"), await store.log_blob("s", "x")) == (b"", raw)
        assert (await store.append_log("s", item("c", 10), 20)).bytes == 20
        assert await keys(store) == ["c", "a"]
        assert await store.log_blob("s", "x") == b""

    run(go)


def test_concurrent_appends_stay_within_the_limit(run: Run) -> None:
    async def go(store: Store) -> LogStats:
        items = (item(str(n), 10, same=b"s" * 50) for n in range(100))
        await asyncio.gather(*(store.append_log("s", one, 550) for one in items))
        return await store.log_stats("s")

    assert run(go) == LogStats(50, 550, 50)


def test_nonces_are_limited_by_number(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        store._max_nonces = 3  # type: ignore[attr-defined] # both have it, the protocol has not
        for number in range(4):
            await store.claim_nonce(str(number), 9.0, 1.0)
        return [await store.claim_nonce("3", 9.0, 1.0), await store.claim_nonce("0", 9.0, 1.0)]

    assert run(go) == [False, True]


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("redis://:secret@localhost:6379/x", "not 'redis://localhost:6379/x'"),
        ("redis://:secret@localhost:port", "not 'redis://localhost:port'"),
        ("http://:secret@localhost", "the store must be memory, redis://host:6379/0"),
        ("unix://", "not 'unix://'"),
        ("", "the store must be memory"),
    ],
)
def test_a_wrong_address_is_reported_without_the_password(address: str, part: str) -> None:
    with pytest.raises(ValueError) as caught:
        connect(address)
    assert part in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_missing_library_is_reported_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "mockocr.control.state.store.redis", raising=False)
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    with pytest.raises(ValueError) as caught:
        connect("redis://localhost")
    assert str(caught.value) == "the redis library is missing; type: pip install 'mockocr[redis]'"


def test_an_error_of_redis_is_reported_in_its_own_words(redis: RedisServer) -> None:
    async def go(store: Store) -> str:
        redis.ask("CONFIG", "SET", "maxmemory", "1")
        try:
            await store.put("t", "k", {})
        except ApiError as error:
            assert error.kinds == (ErrorKind.UNAVAILABLE,)
            return error.detail
        finally:
            redis.ask("CONFIG", "SET", "maxmemory", "0")
        return ""

    sentence = asyncio.run(with_store(connect(redis.address), go))
    assert sentence.startswith(f"the store at {redis.address} refuses: ")
    assert "maxmemory" in sentence


def test_each_redis_database_is_a_separate_store(redis: RedisServer) -> None:
    async def go() -> list[Any]:
        found = []
        for number in (0, 1):
            store = connect(f"redis://127.0.0.1:{redis.port}/{number}")
            await store.clear()
            await store.put("t", str(number), {"n": number})
            found.append([store.name, await store.documents("t")])
            await store.aclose()  # type: ignore[attr-defined] # the one in Redis has it
        return found

    where = f"redis://127.0.0.1:{redis.port}"
    assert asyncio.run(go()) == [[f"{where}/0", ({"n": 0},)], [f"{where}/1", ({"n": 1},)]]


def test_clear_keeps_the_keys_of_other_programs(redis: RedisServer) -> None:
    async def go(store: Store) -> None:
        redis.ask("SET", "somebody", "else")
        await store.put("t", "k", {})
        await store.clear()

    asyncio.run(with_store(connect(redis.address), go))
    assert redis.ask("GET", "somebody") == b"$4\r\nelse\r\n"
    redis.ask("DEL", "somebody")
    assert redis.ask("DBSIZE") == b":0\r\n"


@pytest.mark.parametrize(("password", "allowed"), [("hush", True), ("rush", False)])
def test_the_password_is_used_and_never_shown(
    redis: RedisServer, password: str, allowed: bool
) -> None:
    async def go(store: Store) -> str:
        try:
            await store.put("t", "k", {})
        except ApiError as error:
            return error.detail
        finally:
            await store.aclose()  # type: ignore[attr-defined] # the one in Redis has it
        return ""

    store = connect(f"redis://:{password}@127.0.0.1:{redis.port}/0")
    redis.ask("CONFIG", "SET", "requirepass", "hush")
    try:
        sentence = asyncio.run(go(store))
    finally:
        redis.tell("AUTH hush", 'CONFIG SET requirepass ""')
    assert store.name == f"redis://127.0.0.1:{redis.port}/0"
    assert bool(sentence) is not allowed
    assert password not in sentence


def test_a_store_can_be_used_by_one_event_loop_after_another(redis: RedisServer) -> None:
    store = connect(redis.address)

    async def go(steps: Store) -> None:
        await steps.put("t", "k", {"n": 1})

    asyncio.run(with_store(store, go))
    asyncio.run(with_store(store, go))


def test_hundreds_of_concurrent_steps_share_a_few_connections(redis: RedisServer) -> None:
    async def go(store: Store) -> list[Any]:
        made = await asyncio.gather(*(store.increment("c", maximum=700) for _ in range(800)))
        clients = redis.ask("INFO", "clients").decode()
        connected = next(x for x in clients.split() if x.startswith("connected_clients:"))
        return [made.count(None), int(connected.partition(":")[2]) <= 34]

    assert asyncio.run(with_store(connect(redis.address), go)) == [100, True]
