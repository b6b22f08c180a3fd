"""Orders that wait for calls: matched by operation and account, used up one call at a time."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mockocr.control.state.store import Document, Store
from mockocr.control.validation import FieldReader, fits, operations
from mockocr.core.service import Vendor


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """One order that may serve this call. `use` takes one of its times, False when none is left.

    `number` counts the calls that the order has matched, from 1; `random` is the order's own
    generator for this call, the same in every run with the same seed.
    """

    order: Document
    number: int
    counter: str

    @property
    def random(self) -> random.Random:
        return random.Random(f"{self.order['seed']}/{self.number}")


class RuleQueue:
    """Orders of one kind, oldest first.

    Each order sees every call it matches: `after` lets the first ones pass, `probability` is
    thrown for each, `times` bounds how many it serves (null: until deleted).
    """

    def __init__(self, store: Store, kind: str, vendors: Sequence[Vendor]) -> None:
        self._store = store
        self._kind = kind
        self._vendors = vendors

    async def add(self, demand: FieldReader, order: dict[str, Any]) -> Document:
        """Add `order` with what every order has: `operation` (default `*`), `times` (default 1),
        `after`, `account`, `probability`, `seed`. Mistake for anything else in the demand.
        """
        pattern = demand.text("operation", "*")
        operations(self._vendors, pattern)
        times = demand.optional_whole("times", least=1) if demand.names("times") else 1
        after = demand.optional_whole("after") or 0
        account = demand.optional_text("account")
        probability = (
            demand.number("probability", least=0, most=1) if demand.has("probability") else 1.0
        )
        demand.names("probability")
        seed = demand.value("seed")
        demand.done()
        document = {
            "id": secrets.token_hex(8),
            "operation": pattern,
            **order,
            "times": times,
            "after": after,
            "account": account,
            "probability": probability,
            "seed": secrets.token_hex(4) if seed is None else str(seed),
        }
        await self._store.put(self._kind, document["id"], document)
        return await self.shown(document)

    async def turns(self, name: str, account: str) -> list[RuleMatch]:
        """The orders whose turn it is for this call, oldest first. Every matching order counts it,
        also those behind the one that serves.
        """
        due: list[RuleMatch] = []
        for order in await self._store.rows(self._kind):
            if fits(order["operation"], name) and order["account"] in (None, account):
                counter = f"{self._kind}/{order['id']}/"
                number = await self._store.count(counter + "seen")
                turn = RuleMatch(order, number or 0, counter)
                throw = random.Random(f"{order['seed']}/{number}/throw").random()
                if turn.number > order["after"] and throw < order["probability"]:
                    due.append(turn)
        return due

    async def use(self, turn: RuleMatch) -> bool:
        """Take one of the order's times; False when another call was faster."""
        times = turn.order["times"]
        return await self._store.count(turn.counter + "used", most=times) is not None

    async def first(
        self, name: str, account: str, fitting: Callable[[Document], bool]
    ) -> RuleMatch | None:
        """The oldest order that fits and has a time left, which is then used."""
        for turn in await self.turns(name, account):
            if fitting(turn.order) and await self.use(turn):
                return turn
        return None

    async def all(self) -> list[Document]:
        return [await self.shown(order) for order in await self._store.rows(self._kind)]

    async def get(self, id: str) -> Document | None:
        order = await self._store.get(self._kind, id)
        return None if order is None else await self.shown(order)

    async def drop(self, id: str) -> bool:
        await self._store.forget(f"{self._kind}/{id}/")
        return await self._store.drop(self._kind, id)

    async def clear(self, account: str | None = None) -> None:
        """Drop all orders, or those of one account."""
        for order in await self._store.rows(self._kind):
            if account is None or order["account"] == account:
                await self.drop(order["id"])

    async def shown(self, order: Document) -> Document:
        """The order with `seen`, `used` and `left` (null: no end)."""
        counter = f"{self._kind}/{order['id']}/"
        counts = await self._store.counts(counter)
        used = counts.get(counter + "used", 0)
        left = None if order["times"] is None else order["times"] - used
        return {**order, "seen": counts.get(counter + "seen", 0), "used": used, "left": left}
