"""Uses are counted in windows on the clock of the request, in memory and on Redis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mockocr.control.state.store import Store
from mockocr.control.state.uses import UseCounter
from tests.control.stores import Run

START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_uses_beyond_the_maximum_are_refused_until_the_window_ends(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        times = [START, START, START + timedelta(seconds=59), START + MINUTE]
        return [await UseCounter(store).count("key", 2, MINUTE, at) for at in times]

    assert run(go) == [True, True, False, True]


def test_names_and_windows_are_counted_apart(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        ways = [("a", MINUTE), ("b", MINUTE), ("a", 60 * MINUTE), ("a", MINUTE)]
        return [await UseCounter(store).count(name, 1, window, START) for name, window in ways]

    assert run(go) == [True, True, True, False]
