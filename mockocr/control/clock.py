"""The test's clock: real time, moved, or frozen; one for all and, where wanted, one per account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """`now()` is the only time that verification, tokens, nonces, quotas and rates ever see."""

    def __init__(self, real: Callable[[], datetime] = real_time) -> None:
        self._real = real
        self._frozen: dict[str, datetime] = {}
        self._moved: dict[str, timedelta] = {}

    def now(self, account: str = "") -> datetime:
        """Aware UTC on the account's clock, or on the common one when it has none."""
        scope = account if account in self._frozen or account in self._moved else ""
        if scope in self._frozen:
            return self._frozen[scope]
        return self._real() + self._moved.get(scope, timedelta(0))

    def freeze(self, at: datetime, account: str = "") -> None:
        """Stop at an aware time."""
        self._moved.pop(account, None)
        self._frozen[account] = at.astimezone(UTC)

    def advance(self, seconds: float, account: str = "") -> None:
        """Move on (or back): a frozen clock stays frozen, a running one runs on from there."""
        step = timedelta(seconds=seconds)
        if account in self._frozen:
            self._frozen[account] += step
        else:
            self._moved[account] = self._moved.get(account, timedelta(0)) + step

    def release(self, account: str = "") -> None:
        """Back to real time."""
        self._frozen.pop(account, None)
        self._moved.pop(account, None)

    def reset(self) -> None:
        self._frozen.clear()
        self._moved.clear()
