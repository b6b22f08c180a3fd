"""Tokens are found until they expire on the test's clock, in memory and on Redis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.control.state import tokens
from mockocr.control.state.store import Store
from mockocr.control.state.tokens import TokenStore
from tests.control.stores import Run

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_token_is_found_with_its_value(run: Run) -> None:
    async def go(store: Store) -> Any:
        issued = TokenStore(store)
        token = await issued.issue("baidu", {"key": "发", "scopes": ["a", 1]}, HOUR, NOW)
        assert len(token) == 40
        assert int(token, 16) >= 0
        return await TokenStore(store).find("baidu", token, NOW)

    assert run(go) == {"key": "发", "scopes": ["a", 1]}


def test_a_token_expires_on_the_given_clock(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        issued = TokenStore(store)
        token = await issued.issue("k", {}, HOUR, NOW)
        times = (NOW, NOW + HOUR - timedelta(microseconds=1), NOW + HOUR)
        return [await issued.find("k", token, at) is not None for at in times]

    assert run(go) == [True, True, False]


def test_an_unknown_token_and_one_of_another_kind_are_not_found(run: Run) -> None:
    async def go(store: Store) -> list[Any]:
        issued = TokenStore(store)
        token = await issued.issue("one", {}, HOUR, NOW)
        return [await issued.find("two", token, NOW), await issued.find("one", "0" * 40, NOW)]

    assert run(go) == [None, None]


def test_a_revoked_token_is_not_found(run: Run) -> None:
    async def go(store: Store) -> list[Any]:
        issued = TokenStore(store)
        token, other = [await issued.issue("k", {"n": n}, HOUR, NOW) for n in (1, 2)]
        revoked = [await issued.revoke("k", token), await issued.revoke("k", token)]
        return [*revoked, await issued.find("k", token, NOW), await issued.find("k", other, NOW)]

    assert run(go) == [True, False, None, {"n": 2}]


def test_every_token_is_different(run: Run) -> None:
    async def go(store: Store) -> int:
        issued = TokenStore(store)
        return len({await issued.issue("k", {}, HOUR, NOW) for _ in range(50)})

    assert run(go) == 50


def test_the_oldest_tokens_are_evicted_beyond_the_limit(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setattr(tokens, "MAX_BYTES", 3000)

    async def go(store: Store) -> list[bool]:
        issued = TokenStore(store)
        made = [await issued.issue("k", {}, HOUR, NOW) for _ in range(20)]
        found = [await issued.find("k", token, NOW) is not None for token in made]
        assert found == sorted(found)
        return [found[0], found[-1]]

    assert run(go) == [False, True]


def test_a_reset_deletes_every_token(run: Run) -> None:
    async def go(store: Store) -> Any:
        token = await TokenStore(store).issue("k", {}, HOUR, NOW)
        await store.clear()
        return await TokenStore(store).find("k", token, NOW)

    assert run(go) is None
