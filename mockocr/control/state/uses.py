"""Counts uses in windows of time, for the limits that a vendor sets on its own keys."""

from __future__ import annotations

from datetime import datetime, timedelta

from mockocr.control.state.store import Store

PREFIX = "uses/"


class UseCounter:
    """Counts on the clock of the request that is counted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def count(self, name: str, maximum: int, window: timedelta, now: datetime) -> bool:
        """Count one use; False, and no change, if `name` has `maximum` in the window of `now`."""
        number = str(int(now.timestamp() // window.total_seconds()))
        counter = f"{PREFIX}{name}/{window.total_seconds():.0f}"
        return await self._store.increment(counter, maximum=maximum, window=number) is not None
