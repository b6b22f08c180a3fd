"""Remembers nonces and single-use signatures, so that a replayed request can be refused."""

from __future__ import annotations

from datetime import datetime

from mockocr.control.state.store import Store


class NonceStore:
    """Claims nonces on the clock of the request that brings them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def claim(self, nonce: str, until: datetime, at: datetime) -> bool:
        """True the first time a nonce comes before `until`; `at` is the time of the request."""
        return await self._store.claim_nonce(nonce, until.timestamp(), at.timestamp())
