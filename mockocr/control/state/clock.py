"""The test's clock: real time, moved, or frozen; one for all and, where wanted, one per account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.control.state.store import Document, Store
from mockocr.control.validation import FieldReader, InvalidInputError

TABLE = "clocks"

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Room enough before the calendar's ends for every window that is reckoned from the time."""
_BEYOND = f"the clock shows the years {FIRST.year} to {LAST.year - 1} only"


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """`now()` is the only time that verification, tokens, nonces, quotas and rates ever see.

    With a store, the clock is the one that all who share it have: it shows what `refresh` last
    found there, and is set within `shared`.
    """

    def __init__(
        self, real: Callable[[], datetime] = real_time, store: Store | None = None
    ) -> None:
        self._real = real
        self._store = store
        self._frozen: dict[str, datetime] = {}
        self._moved: dict[str, timedelta] = {}

    def now(self, account: str = "") -> datetime:
        """Aware UTC on the account's clock, or on the common one when it has none."""
        scope = account if account in self._frozen or account in self._moved else ""
        if scope in self._frozen:
            return self._frozen[scope]
        return self._real() + self._moved.get(scope, timedelta(0))

    async def refresh(self, account: str = "") -> None:
        """Learn how the common clock stands, and that of an account."""
        if self._store is not None:
            for scope in {"", account}:
                self._learn(scope, await self._store.get(TABLE, scope))

    async def shared(self, account: str, change: Callable[[], None]) -> None:
        """Make a change to the clock of an account ("": the common one), for all who share it."""
        if self._store is None:
            change()
            return
        while True:
            await self.refresh(account)
            old = await self._store.get(TABLE, account)
            self._learn(account, old)
            change()
            new = self._told(account)
            if new == old:
                return
            if new is None:
                await self._store.drop(TABLE, account)
                return
            if await self._store.swap(TABLE, account, old, new):
                return

    def freeze(self, at: datetime, account: str = "") -> None:
        """Stop at an aware time; Mistake outside the years that the clock can show."""
        at = _shown(at)
        self._moved.pop(account, None)
        self._frozen[account] = at

    def advance(self, seconds: float, account: str = "") -> None:
        """Move on (or back): a frozen clock stays frozen, a running one runs on from there.

        An account without a clock of its own gets one that starts where the common one stands.
        Mistake, and nothing moved, when that leads out of the years that the clock can show.
        """
        try:
            then = _shown(self.now(account) + timedelta(seconds=seconds))
        except OverflowError:
            raise InvalidInputError(_BEYOND) from None
        own = account in self._frozen or account in self._moved
        if (account if own else "") in self._frozen:
            self._frozen[account] = then
        else:
            self._moved[account] = then - self._real()

    def state(self, account: str = "") -> dict[str, Any]:
        """`now`, whether it is frozen, and the seconds that it is away from real time."""
        now = self.now(account)
        own = account in self._frozen or account in self._moved
        return {
            "now": now.isoformat().replace("+00:00", "Z"),
            "frozen": (account if own else "") in self._frozen,
            "offset": round((now - self._real()).total_seconds(), 3),
            "account": account or None,
        }

    def release(self, account: str = "") -> None:
        """Back to real time; an account follows the common clock again."""
        self._frozen.pop(account, None)
        self._moved.pop(account, None)

    def reset(self) -> None:
        self._frozen.clear()
        self._moved.clear()

    def _learn(self, scope: str, document: Document | None) -> None:
        self.release(scope)
        if document is None:
            return
        if document["frozen"] is not None:
            self._frozen[scope] = datetime.fromisoformat(document["frozen"])
        else:
            self._moved[scope] = timedelta(seconds=document["moved"])

    def _told(self, scope: str) -> Document | None:
        frozen, moved = self._frozen.get(scope), self._moved.get(scope)
        if frozen is not None:
            return {"frozen": frozen.isoformat(), "moved": None}
        return None if moved is None else {"frozen": None, "moved": moved.total_seconds()}


def _shown(at: datetime) -> datetime:
    at = at.astimezone(UTC)
    if not FIRST <= at < LAST:
        raise InvalidInputError(_BEYOND)
    return at


async def demanded(clock: Clock, value: Any) -> dict[str, Any]:
    """Set the clock as `{"now"}`, `{"advance"}` or `{}` says, for all or for an `account`."""
    demand = FieldReader(value, "a clock")
    account = demand.optional_text("account") or ""
    freeze, advance = demand.has("now"), demand.has("advance")
    at = demand.time("now") if freeze else None
    seconds = demand.number("advance", least=-1e11, most=1e11) if advance else 0.0
    demand.names("now")
    demand.names("advance")
    demand.done()

    def change() -> None:
        if at is not None:
            clock.freeze(at, account)
        if advance:
            clock.advance(seconds, account)
        if not freeze and not advance:
            clock.release(account)

    await clock.shared(account, change)
    return clock.state(account)
