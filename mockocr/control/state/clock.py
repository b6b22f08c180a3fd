"""The test's clock: real, moved or frozen time, common to all accounts or of one account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mockocr.control.documents.requests import ClockDocument
from mockocr.control.documents.responses import ClockState
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import InvalidInputError, parse_time

TABLE = "clocks"

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Leaves room before the ends of the calendar for every window that is computed from the time."""
_OUTSIDE = f"the clock shows only the years {FIRST.year} to {LAST.year - 1}"


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """`now()` is the only time that verification, tokens, jobs, nonces and quotas see.

    With a store, all processes that share it have the same clock: `refresh` loads it from there,
    and `update` changes it there.
    """

    def __init__(
        self, real: Callable[[], datetime] = real_time, store: Store | None = None
    ) -> None:
        self._real = real
        self._store = store
        self._frozen: dict[str, datetime] = {}
        self._moved: dict[str, timedelta] = {}

    def now(self, account: str = "") -> datetime:
        """Aware UTC on the account's clock, or on the common one if the account has none."""
        scope = self._scope(account)
        if scope in self._frozen:
            return self._frozen[scope]
        return self._real() + self._moved.get(scope, timedelta(0))

    async def refresh(self, account: str = "") -> None:
        """Load the common clock and that of an account from the store."""
        if self._store is not None:
            for scope in {"", account}:
                self._load(scope, await self._store.get(TABLE, scope))

    async def update(self, account: str, change: Callable[[], None]) -> None:
        """Apply `change` to the clock of an account ("": the common one), also in the store."""
        if self._store is None:
            change()
            return
        while True:
            await self.refresh(account)
            old = await self._store.get(TABLE, account)
            self._load(account, old)
            change()
            new = self._to_document(account)
            if new == old:
                return
            if new is None:
                await self._store.delete(TABLE, account)
                return
            if await self._store.compare_and_set(TABLE, account, old, new):
                return

    def freeze(self, at: datetime, account: str = "") -> None:
        """Stop at an aware time; `InvalidInputError` outside the years that the clock can show."""
        at = _checked(at)
        self._moved.pop(account, None)
        self._frozen[account] = at

    def advance(self, seconds: float, account: str = "") -> None:
        """Move by seconds: a frozen clock stays frozen, a running clock continues from there.

        An account without a clock of its own gets one that starts at the common time. Raises
        `InvalidInputError`, and moves nothing, outside the years that the clock can show.
        """
        try:
            then = _checked(self.now(account) + timedelta(seconds=seconds))
        except OverflowError:
            raise InvalidInputError(_OUTSIDE) from None
        scope = self._scope(account)
        if scope in self._frozen:
            self._frozen[account] = then
        else:  # not `then` less the real time, which has gone on
            moved = self._moved.get(scope, timedelta(0))
            self._moved[account] = moved + timedelta(seconds=seconds)

    def state(self, account: str = "") -> ClockState:
        """`now`, whether the clock is frozen, and its distance from real time in seconds."""
        now, scope = self.now(account), self._scope(account)
        frozen = scope in self._frozen
        offset = now - self._real() if frozen else self._moved.get(scope, timedelta(0))
        return {
            "now": now.isoformat().replace("+00:00", "Z"),
            "frozen": frozen,
            "offset": round(offset.total_seconds(), 3),
            "account": account or None,
        }

    def release(self, account: str = "") -> None:
        """Return to real time; an account follows the common clock again."""
        self._frozen.pop(account, None)
        self._moved.pop(account, None)

    def reset(self) -> None:
        self._frozen.clear()
        self._moved.clear()

    def _scope(self, account: str) -> str:
        """The account if it has a clock of its own, else "", the common one."""
        return account if account in self._frozen or account in self._moved else ""

    def _load(self, scope: str, document: Document | None) -> None:
        self.release(scope)
        if document is None:
            return
        if document["frozen"] is not None:
            self._frozen[scope] = datetime.fromisoformat(document["frozen"])
        else:
            self._moved[scope] = timedelta(seconds=document["moved"])

    def _to_document(self, scope: str) -> Document | None:
        frozen, moved = self._frozen.get(scope), self._moved.get(scope)
        if frozen is not None:
            return {"frozen": frozen.isoformat(), "moved": None}
        return None if moved is None else {"frozen": None, "moved": moved.total_seconds()}


def _checked(at: datetime) -> datetime:
    at = at.astimezone(UTC)
    if not FIRST <= at < LAST:
        raise InvalidInputError(_OUTSIDE)
    return at


async def set_clock(clock: Clock, document: ClockDocument) -> ClockState:
    """Freeze, move or release the clock, as the document says."""
    account = document.account or ""
    at = None if document.now is None else parse_time(document.now, "now of a clock")
    seconds = document.advance

    def change() -> None:
        if at is not None:
            clock.freeze(at, account)
        if seconds is not None:
            clock.advance(seconds, account)
        if at is None and seconds is None:
            clock.release(account)

    await clock.update(account, change)
    return clock.state(account)
