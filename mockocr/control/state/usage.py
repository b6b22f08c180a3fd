"""Counts requests and their cost, by each vendor's own billing rule."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.control.documents.reports import UsageRow
from mockocr.control.state.failures import refuse_once
from mockocr.control.state.store import Store
from mockocr.core.errors import ApiError
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Response
from mockocr.core.operation import Price
from mockocr.core.service import Vendor

NO_PRICE = Price("")
_MILLION = 1_000_000
DEFAULT_CURRENCY = NO_PRICE.currency


class Usage:
    """Requests, billable requests and cost per account, vendor and operation.

    A request counts for the account that it claims, verified or not. It is billable if the vendor
    bills its response, so a refused request never is.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._store = store
        self._prices = {
            service.operation_id(operation): operation.price
            for vendor in vendors
            for service in vendor.services
            for operation in service.operations
        }

    def wrap(self, inner: Handler) -> Handler:
        """Count every request to an operation; a request that cannot be counted is refused."""

        async def count(exchange: Exchange) -> Response:
            response = await inner(exchange)
            if exchange.operation is not None:
                try:
                    audit = exchange.audit
                    counter = f"bill/{audit.account}/{exchange.name}"
                    units = audit.units if audit.billed else 0
                    await self._count(counter, units, audit.unit_price)
                except ApiError as error:
                    return refuse_once(exchange, response, error)
            return response

        return count

    async def _count(self, counter: str, units: int, unit_price: float | None) -> None:
        await self._store.increment(f"{counter}/calls")
        if units:
            await self._store.increment(f"{counter}/billable", units)
        if units and unit_price is not None:
            # counters are whole numbers: the cost is kept in millionths
            await self._store.increment(f"{counter}/priced", units)
            await self._store.increment(f"{counter}/cost", round(units * unit_price * _MILLION))

    async def rows(self) -> list[UsageRow]:
        """One row per account and operation, sorted.

        `price` is for one billable unit after the `free` ones; it is 0 where no source states a
        price. `price_source` says where it is stated. Units with a price of their own
        (`Response.unit_price`) cost that, and none of them is free.
        """
        counts = await self._store.counters("bill/")
        rows: list[UsageRow] = []
        for counter, calls in sorted(counts.items()):
            account, name, kind = counter.removeprefix("bill/").rsplit("/", 2)
            if kind != "calls":
                continue
            billable = counts.get(f"bill/{account}/{name}/billable", 0)
            priced = counts.get(f"bill/{account}/{name}/priced", 0)
            cost = counts.get(f"bill/{account}/{name}/cost", 0) / _MILLION
            vendor, _, operation = name.partition(".")
            price = self._prices.get(name) or NO_PRICE
            rows.append(
                {
                    "account": account,
                    "vendor": vendor,
                    "operation": operation,
                    "calls": calls,
                    "billable": billable,
                    "price": price.amount,
                    "currency": price.currency,
                    "price_source": price.source,
                    "free": price.free,
                    "cost": round(max(0, billable - priced - price.free) * price.amount + cost, 6),
                }
            )
        return rows
