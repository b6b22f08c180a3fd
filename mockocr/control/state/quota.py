"""Limits the requests of an account: in total, per second and per day, on the test's clock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import UNSET

from mockocr.control.documents.requests import QuotaDocument
from mockocr.control.documents.responses import QuotaState
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import InvalidInputError, matches
from mockocr.core.account import Account
from mockocr.core.errors import ApiError, ErrorKind

TABLE = "quotas"
_NEW: Document = {"marks": {}}


class Reservation(msgspec.Struct, frozen=True):
    """One request that was taken from quotas; `taken` are the counters and their windows."""

    store: Store
    taken: list[tuple[str, str]] = msgspec.field(default_factory=list)

    async def commit(self) -> None:
        """Keep it: the request is billed."""

    async def release(self) -> None:
        """Give it back."""
        for counter, window in self.taken:
            await self.store.increment(counter, -1, minimum=0, window=window)


class Quotas:
    """The limits of every account. A quota counts billed requests, a rate all that reach it.

    A request is reserved before it runs and given back if it is not billed: with N requests left,
    exactly N are billed however many arrive together. Windows are whole seconds and UTC days of
    the request's clock.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def put(self, account: str, operation: str, document: QuotaDocument) -> QuotaState:
        """Set the limits that the document names (null removes one), and keep the others.

        A limit that is set starts counting at 0. `InvalidInputError` if the document names none.
        """
        key = f"{account}/{operation}"
        given = {name: value for name in _LIMITS if (value := getattr(document, name)) is not UNSET}
        if not given:
            raise InvalidInputError(f"a quota needs at least one of {', '.join(_LIMITS)}")
        while True:
            old = await self._store.get(TABLE, key)
            limits = {name: (old or {}).get(name) for name in _LIMITS} | given
            marks = {name: (old or _NEW)["marks"].get(name, "") for name in _LIMITS}
            marks |= {name: secrets.token_hex(6) for name in given}
            new = {"account": account, "operation": operation, **limits, "marks": marks}
            if await self._store.compare_and_set(TABLE, key, old, new):
                break
        for name in given:
            await self._delete_counter((old or _NEW)["marks"].get(name, ""))
        return await self._to_json(new)

    async def get(self, account: str, operation: str) -> QuotaState | None:
        document = await self._store.get(TABLE, f"{account}/{operation}")
        return None if document is None else await self._to_json(document)

    async def delete(self, account: str, operation: str) -> bool:
        """Remove all limits of an account for an operation; True if there were any."""
        key = f"{account}/{operation}"
        document = await self._store.get(TABLE, key)
        for mark in document["marks"].values() if document else ():
            await self._delete_counter(mark)
        return await self._store.delete(TABLE, key)

    async def all(self) -> list[QuotaState]:
        return [await self._to_json(document) for document in await self._store.documents(TABLE)]

    async def delete_account(self, account: str) -> None:
        for document in await self._store.documents(TABLE):
            if document["account"] == account:
                await self.delete(account, document["operation"])

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        """Take one request; `ApiError(RATE_LIMITED | QUOTA_EXCEEDED)` if a limit is reached."""
        reservation = Reservation(self._store)
        try:
            for quota in await self._store.documents(TABLE):
                if quota["account"] == account.name and matches(quota["operation"], operation_id):
                    await self._take(quota, at, reservation)
        except ApiError:
            await reservation.release()
            raise
        return reservation

    async def _take(self, quota: Document, at: datetime, reservation: Reservation) -> None:
        for limit, (window_format, kind, phrase) in _LIMITS.items():
            maximum = quota[limit]
            if maximum is None:
                continue
            counter, window = _counter(quota["marks"][limit]), at.strftime(window_format)
            if await self._store.increment(counter, maximum=maximum, window=window) is None:
                why = f"{quota['account']} has {phrase.format(maximum)} for {quota['operation']}"
                raise ApiError(kind, why)
            if kind is ErrorKind.QUOTA_EXCEEDED:
                reservation.taken.append((counter, window))

    async def _delete_counter(self, mark: str) -> None:
        if mark:
            await self._store.delete_counters(_counter(mark))

    async def _to_json(self, document: Document) -> QuotaState:
        """The limits; `left` requests remain, and `used` were counted against `left`."""
        counter = _counter(document["marks"]["left"])
        used = (await self._store.counters(counter)).get(counter, 0)
        total = document["left"]
        return {
            "account": document["account"],
            "operation": document["operation"],
            "per_second": document["per_second"],
            "per_day": document["per_day"],
            "left": None if total is None else total - used,
            "used": used,
        }


def _counter(mark: str) -> str:
    """The counter of one limit. Its mark is new whenever the limit is set, so that a request in
    flight gives back what it took, not what was set after it.
    """
    return f"quota/{mark}"


_LIMITS: Mapping[str, tuple[str, ErrorKind, str]] = {
    "per_second": (
        "%Y-%m-%dT%H:%M:%S",
        ErrorKind.RATE_LIMITED,
        "reached its limit of {} requests per second",
    ),
    "per_day": (
        "%Y-%m-%d",
        ErrorKind.QUOTA_EXCEEDED,
        "reached its limit of {} requests per day",
    ),
    "left": ("", ErrorKind.QUOTA_EXCEEDED, "used up all {} requests"),
}
"""Limit to its window in `strftime` format, the error kind, and the phrase for the journal. The
rate is checked first, so that a request that came too fast uses up no quota.
"""
