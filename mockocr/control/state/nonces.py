"""Remembers what may be shown only once: nonces and single-use tokens."""

from __future__ import annotations

from datetime import datetime

from mockocr.control.state.store import Store


class Nonces:
    """`once` as vendors see it, over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def once(self, token: str, until: datetime, at: datetime) -> bool:
        """True the first time that a token is shown before `until`; `at` is the call's own time."""
        return await self._store.claim(token, until.timestamp(), at.timestamp())
