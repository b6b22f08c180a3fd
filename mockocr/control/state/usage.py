"""Counts calls and what they cost, by each vendor's own rule of what is billed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.control.state.store import Store
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Response
from mockocr.core.operation import Price
from mockocr.core.service import Vendor
from mockocr.serving.pipeline import Exchange, Handler, refusing

CURRENCY = "CNY"
NO_PRICE = Price("")


class Usage:
    """Calls, billable calls and cost per account, vendor and operation.

    A call counts for the account that it claims, checked or not; it is billable when the vendor's
    rule says so of its answer, so a refused one never is.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._store = store
        self._prices = {f"{v.name}.{o.name}": o.price for v in vendors for o in v.operations}

    def around(self, inner: Handler) -> Handler:
        """Count every call to an operation."""

        async def counted(exchange: Exchange) -> Response:
            response = await inner(exchange)
            if exchange.operation is not None:
                try:
                    await self._count(
                        f"bill/{exchange.audit.account}/{exchange.name}", exchange.audit.billed
                    )
                except ApiError as error:  # nobody gets an answer that is on no bill
                    if exchange.audit.problem != ErrorKind.UNAVAILABLE:
                        return refusing(exchange, error)
            return response

        return counted

    async def _count(self, counter: str, billed: bool) -> None:
        await self._store.count(f"{counter}/calls")
        if billed:
            await self._store.count(f"{counter}/billable")

    async def rows(self) -> list[dict[str, Any]]:
        """One row per account and operation, sorted.

        `price` is yuan a call after the `free` ones, 0 where no source states one, and
        `price_source` says where it is stated.
        """
        counts = await self._store.counts("bill/")
        rows: list[dict[str, Any]] = []
        for counter, calls in sorted(counts.items()):
            account, name, kind = counter.removeprefix("bill/").rsplit("/", 2)
            if kind != "calls":
                continue
            billable = counts.get(f"bill/{account}/{name}/billable", 0)
            vendor, _, operation = name.partition(".")
            price = self._prices.get(name) or NO_PRICE
            rows.append(
                {
                    "account": account,
                    "vendor": vendor,
                    "operation": operation,
                    "calls": calls,
                    "billable": billable,
                    "price": price.yuan,
                    "price_source": price.source,
                    "free": price.free,
                    "cost": round(max(0, billable - price.free) * price.yuan, 6),
                }
            )
        return rows
