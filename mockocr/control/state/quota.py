"""How many calls an account has left, a second and a day, on the test's clock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from mockocr.control.state.store import Document, Store
from mockocr.control.validation import FieldReader, InvalidInputError, fits
from mockocr.core.account import Account
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.serving.pipeline import Settle

TABLE = "quotas"
_NEW: Document = {"marks": {}}


class Quotas:
    """The pipeline's meter. A quota counts billed calls, a rate counts all that got so far.

    `take` reserves before the call runs and settling gives back what was not billed, so N calls
    left give exactly N billed calls however many arrive together. Windows are whole seconds and
    UTC days of the call's own clock.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def put(self, account: str, operation: str, demand: FieldReader) -> Document:
        """Set what the demand names (`left`, `per_second`, `per_day`; null lifts one) and keep the
        rest; a new `left` or `per_day` starts counting anew.
        """
        key = f"{account}/{operation}"
        given = [name for name in _LIMITS if demand.names(name)]
        if not given:
            raise InvalidInputError(
                f"a quota sets {', '.join(_LIMITS)}, and nothing of it was given"
            )
        wanted = {name: demand.optional_whole(name) for name in given}
        demand.done()
        while True:
            old = await self._store.get(TABLE, key)
            limits = {name: (old or {}).get(name) for name in _LIMITS} | wanted
            marks = {name: (old or _NEW)["marks"].get(name, "") for name in _LIMITS}
            marks |= {name: secrets.token_hex(6) for name in given}
            document = {"account": account, "operation": operation, **limits, "marks": marks}
            if await self._store.swap(TABLE, key, old, document):
                break
        for name in given:
            await self._forget((old or _NEW)["marks"].get(name, ""))
        return await self._shown(document)

    async def get(self, account: str, operation: str) -> Document | None:
        document = await self._store.get(TABLE, f"{account}/{operation}")
        return None if document is None else await self._shown(document)

    async def drop(self, account: str, operation: str) -> bool:
        key = f"{account}/{operation}"
        document = await self._store.get(TABLE, key)
        for mark in document["marks"].values() if document else ():
            await self._forget(mark)
        return await self._store.drop(TABLE, key)

    async def all(self) -> list[Document]:
        return [await self._shown(document) for document in await self._store.rows(TABLE)]

    async def drop_account(self, account: str) -> None:
        for document in await self._store.rows(TABLE):
            if document["account"] == account:
                await self.drop(account, document["operation"])

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        """Reserve one call; `ApiError(RATE_LIMITED | QUOTA_EXCEEDED)` when a limit is reached."""
        held: list[tuple[str, str]] = []

        async def settle(billed: bool) -> None:
            if not billed:
                for counter, window in held:
                    await self._store.count(counter, -1, least=0, window=window)

        try:
            for quota in await self._store.rows(TABLE):
                if quota["account"] == account.name and fits(quota["operation"], name):
                    await self._reserve(quota, at, held)
        except ApiError:
            await settle(billed=False)
            raise
        return settle

    async def _reserve(self, quota: Document, at: datetime, held: list[tuple[str, str]]) -> None:
        who = f"{quota['account']} has"
        where = quota["operation"]
        for limit, (style, problem, phrase) in _LIMITS.items():
            most = quota[limit]
            if most is None:
                continue
            counter, window = _counter(quota["marks"][limit]), at.strftime(style)
            if await self._store.count(counter, 1, most=most, window=window) is None:
                raise ApiError(problem, f"{who} {phrase.format(most)} of {where}")
            if problem is ErrorKind.QUOTA_EXCEEDED:
                held.append((counter, window))

    async def _forget(self, mark: str) -> None:
        if mark:
            await self._store.forget(_counter(mark))

    async def _shown(self, document: Document) -> Document:
        """The limits, how many calls are left, and how many the one on `left` has used."""
        counter = _counter(document["marks"]["left"])
        used = (await self._store.counts(counter)).get(counter, 0)
        total = document["left"]
        left = None if total is None else total - used
        shown = {name: value for name, value in document.items() if name != "marks"}
        return {**shown, "left": left, "used": used}


def _counter(mark: str) -> str:
    """Each limit counts under a mark of its own, new whenever it is set: a call that was in flight
    then settles what it took, not what came after.
    """
    return f"quota/{mark}"


_LIMITS: Mapping[str, tuple[str, ErrorKind, str]] = {
    "per_second": ("%Y-%m-%dT%H:%M:%S", ErrorKind.RATE_LIMITED, "{} calls a second"),
    "per_day": ("%Y-%m-%d", ErrorKind.QUOTA_EXCEEDED, "{} calls a day"),
    "left": ("", ErrorKind.QUOTA_EXCEEDED, "used up all {} calls"),
}
"""Limit → its window as strftime prints it, the refusal, and how the journal says it. Rates come
first: a call that came too fast uses no quota up.
"""
