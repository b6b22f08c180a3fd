"""Issues tokens (OAuth access tokens and the like) that expire on the test's clock."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mockocr.control.state.store import LogItem, Store

LOG = "tokens"
MAX_BYTES = 32 * 1024 * 1024
"""The oldest tokens are evicted beyond it: 100,000 tokens of usual size."""
ENTRY_BYTES = 256
"""What a token takes in a store beside its text and value."""


class TokenStore:
    """Tokens by `kind`, so that services do not see each other's. A token carries a JSON object."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def issue(
        self,
        kind: str,
        value: Mapping[str, Any],
        lifetime: timedelta,
        now: datetime,
        token: str = "",
    ) -> str:
        """`token`, or a new one of 40 hex digits, valid for `lifetime` from `now` on."""
        text = token or secrets.token_hex(20)
        expires = (now + lifetime).timestamp()
        detail = json.dumps({"value": dict(value), "expires": expires}).encode()
        size = ENTRY_BYTES + len(kind) + len(text) + len(detail)
        item = LogItem(_key(kind, text), {}, detail, size=size)
        await self._store.append_log(LOG, item, MAX_BYTES)
        return text

    async def find(self, kind: str, token: str, now: datetime) -> Mapping[str, Any] | None:
        """The value of a token; None if it is unknown, revoked, or expired at `now`."""
        item = await self._store.find_log(LOG, _key(kind, token))
        if item is None:
            return None
        found: dict[str, Any] = json.loads(item.detail)
        if now.timestamp() >= found["expires"]:
            return None
        value: Mapping[str, Any] = found["value"]
        return value

    async def revoke(self, kind: str, token: str) -> bool:
        """Make a token invalid; True if it was known."""
        return await self._store.delete_log(LOG, _key(kind, token))


def _key(kind: str, token: str) -> str:
    return f"{kind}\n{token}"
