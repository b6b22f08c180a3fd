"""Injects faults: queued ones and those that one request's header asks for."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, cast

from mockocr.control.faults.fault_spec import FaultSpec, read
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import FieldReader, InvalidInputError, operations
from mockocr.core.errors import ApiError
from mockocr.core.http import Response
from mockocr.core.recognition import Recognition
from mockocr.core.service import Vendor
from mockocr.serving.pipeline import Exchange, Handler

HEADER = "X-Mockocr-Fault"


class Faults:
    """The faults in waiting. At most one serves a call: the header's, else the oldest that fits.

    `error`, `status`, `reset` and `empty` come instead of an answer: nothing is checked, read or
    billed. The others work on the real answer.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self.queue = RuleQueue(store, "faults", vendors)
        self._read = lru_cache(maxsize=256)(self._effects)

    async def add(self, value: Any) -> Document:
        """Queue a fault; Mistake when it is unknown, wrong or contradicts itself."""
        demand = FieldReader(value, "a fault")
        text = demand.text("fault")
        self._read(text, demand.peek("operation", "*"))
        return await self.queue.add(demand, {"fault": text})

    def around(self, inner: Handler) -> Handler:
        """Let the fault of a call, if it has one, work on it and on its answer."""

        async def faulty(exchange: Exchange) -> Response:
            if exchange.operation is None or exchange.refuse is not None:
                return await inner(exchange)
            try:
                picked = await self._pick(exchange)
            except InvalidInputError as mistake:
                exchange.audit.why = f"{HEADER}: {mistake}"
                return Response.of_json({"error": f"{HEADER}: {mistake}"}, 400)
            except ApiError as refused:  # the store does not answer: the vendor says so
                return await inner(replace(exchange, refuse=refused.why, why=refused.detail))
            return await (inner(exchange) if picked is None else _apply(*picked, exchange, inner))

        return faulty

    async def _pick(self, exchange: Exchange) -> tuple[FaultSpec, random.Random] | None:
        asked = exchange.request.header(HEADER)
        if asked:
            text = asked.encode("latin-1", "replace").decode("utf-8", "replace")
            return self._read(text, exchange.name), exchange.request.random()

        def fits(order: Document) -> bool:
            effects = self._read(order["fault"], order["operation"])
            return effects.error is None or effects.refusal(exchange.vendor) is not None

        turn = await self.queue.first(exchange.name, exchange.audit.account, fits)
        if turn is None:
            return None
        return self._read(turn.order["fault"], turn.order["operation"]), turn.random

    def _effects(self, text: str, pattern: str) -> FaultSpec:
        names = operations(tuple(self._vendors.values()), pattern)
        meant = dict.fromkeys(name.partition(".")[0] for name in names)
        return read(text, [self._vendors[name] for name in meant])


async def _apply(
    effects: FaultSpec, source: random.Random, exchange: Exchange, inner: Handler
) -> Response:
    exchange.audit.fault = effects.text
    if effects.delay is not None:
        await asyncio.sleep(effects.delay(source))
    if effects.wire in ("reset", "empty"):
        exchange.audit.why = f"a fault: {effects.text}"
        return Response(wire=cast(Literal["reset", "empty"], effects.wire))
    if effects.status:
        exchange.audit.why = f"a fault: {effects.text}"
        return Response(effects.status)
    refusal = effects.refusal(exchange.vendor)
    if refusal is not None:
        exchange = replace(exchange, refuse=refusal, why=f"a fault: {effects.text}")

    def alter(recognition: Recognition) -> Recognition:
        return effects.spoil(recognition, source)

    if effects.spoils:
        exchange = replace(exchange, alter=alter)
    response = await inner(exchange)
    if effects.wire == "truncated":
        response = response.replaced(wire="truncated")
    return response.replaced(drip=effects.drip) if effects.drip else response
