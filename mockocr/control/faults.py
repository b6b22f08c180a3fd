"""Injects faults: queued ones and those that one request's header asks for."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, cast

from mockocr.control.demand import Demand, Mistake, operations
from mockocr.control.effects import Effects, read
from mockocr.control.queue import Queue
from mockocr.control.store import Document, Store
from mockocr.core.problem import Refused
from mockocr.core.text import Recognition
from mockocr.core.vendor import Vendor
from mockocr.core.wire import Reply
from mockocr.pipeline import Handler, Hit

HEADER = "X-Mockocr-Fault"


class Faults:
    """The faults in waiting. At most one serves a call: the header's, else the oldest that fits.

    `error`, `status`, `reset` and `empty` come instead of an answer: nothing is checked, read or
    billed. The others work on the real answer.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self.queue = Queue(store, "faults", vendors)
        self._read = lru_cache(maxsize=256)(self._effects)

    async def add(self, value: Any) -> Document:
        """Queue a fault; Mistake when it is unknown, wrong or contradicts itself."""
        demand = Demand(value, "a fault")
        text = demand.text("fault")
        self._read(text, demand.peek("operation", "*"))
        return await self.queue.add(demand, {"fault": text})

    def around(self, inner: Handler) -> Handler:
        """Let the fault of a call, if it has one, work on it and on its answer."""

        async def faulty(hit: Hit) -> Reply:
            if hit.operation is None or hit.refuse is not None:
                return await inner(hit)
            try:
                picked = await self._pick(hit)
            except Mistake as mistake:
                hit.trace.why = f"{HEADER}: {mistake}"
                return Reply.of_json({"error": f"{HEADER}: {mistake}"}, 400)
            except Refused as refused:  # the store does not answer: the vendor says so
                return await inner(replace(hit, refuse=refused.why, why=refused.detail))
            return await (inner(hit) if picked is None else _apply(*picked, hit, inner))

        return faulty

    async def _pick(self, hit: Hit) -> tuple[Effects, random.Random] | None:
        asked = hit.call.header(HEADER)
        if asked:
            text = asked.encode("latin-1", "replace").decode("utf-8", "replace")
            return self._read(text, hit.name), hit.call.random()

        def fits(order: Document) -> bool:
            effects = self._read(order["fault"], order["operation"])
            return effects.error is None or effects.refusal(hit.vendor) is not None

        turn = await self.queue.first(hit.name, hit.trace.account, fits)
        if turn is None:
            return None
        return self._read(turn.order["fault"], turn.order["operation"]), turn.random

    def _effects(self, text: str, pattern: str) -> Effects:
        names = operations(tuple(self._vendors.values()), pattern)
        meant = dict.fromkeys(name.partition(".")[0] for name in names)
        return read(text, [self._vendors[name] for name in meant])


async def _apply(effects: Effects, source: random.Random, hit: Hit, inner: Handler) -> Reply:
    hit.trace.fault = effects.text
    if effects.delay is not None:
        await asyncio.sleep(effects.delay(source))
    if effects.wire in ("reset", "empty"):
        hit.trace.why = f"a fault: {effects.text}"
        return Reply(wire=cast(Literal["reset", "empty"], effects.wire))
    if effects.status:
        hit.trace.why = f"a fault: {effects.text}"
        return Reply(effects.status)
    refusal = effects.refusal(hit.vendor)
    if refusal is not None:
        hit = replace(hit, refuse=refusal, why=f"a fault: {effects.text}")

    def alter(recognition: Recognition) -> Recognition:
        return effects.spoil(recognition, source)

    if effects.spoils:
        hit = replace(hit, alter=alter)
    reply = await inner(hit)
    if effects.wire == "truncated":
        reply = reply.replaced(wire="truncated")
    return reply.replaced(drip=effects.drip) if effects.drip else reply
