"""Counts calls and what they cost, by each vendor's own rule of what is billed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.control.store import Store
from mockocr.core.problem import Problem, Refused
from mockocr.core.vendor import Vendor
from mockocr.core.wire import Reply
from mockocr.pipeline import Handler, Hit, refusing

CURRENCY = "CNY"


class Bill:
    """Calls, billable calls and cost per account, vendor and operation.

    A call counts for the account that it claims, checked or not; it is billable when the vendor's
    rule says so of its answer, so a refused one never is.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._store = store
        self._prices = {f"{v.name}.{o.name}": o.price for v in vendors for o in v.operations}

    def around(self, inner: Handler) -> Handler:
        """Count every call to an operation."""

        async def counted(hit: Hit) -> Reply:
            reply = await inner(hit)
            if hit.operation is not None:
                try:
                    await self._count(f"bill/{hit.trace.account}/{hit.name}", hit.trace.billed)
                except Refused as refused:  # nobody gets an answer that is on no bill
                    if hit.trace.problem != Problem.UNAVAILABLE:
                        return refusing(hit, refused)
            return reply

        return counted

    async def _count(self, counter: str, billed: bool) -> None:
        await self._store.count(f"{counter}/calls")
        if billed:
            await self._store.count(f"{counter}/billable")

    async def rows(self) -> list[dict[str, Any]]:
        """One row per account and operation, sorted; the price is 0 where no source states one."""
        counts = await self._store.counts("bill/")
        rows: list[dict[str, Any]] = []
        for counter, calls in sorted(counts.items()):
            account, name, kind = counter.removeprefix("bill/").rsplit("/", 2)
            if kind != "calls":
                continue
            billable = counts.get(f"bill/{account}/{name}/billable", 0)
            vendor, _, operation = name.partition(".")
            price = self._prices.get(name, 0.0)
            rows.append(
                {
                    "account": account,
                    "vendor": vendor,
                    "operation": operation,
                    "calls": calls,
                    "billable": billable,
                    "price": price,
                    "cost": round(billable * price, 6),
                }
            )
        return rows
