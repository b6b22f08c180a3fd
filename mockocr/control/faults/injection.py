"""Injects faults into requests: queued faults, and the fault in a request's own header."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from functools import lru_cache

from mockocr.control.documents.requests import FaultDocument
from mockocr.control.faults.fault_spec import FaultSpec, parse_fault
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import InvalidInputError, matching_operations
from mockocr.core.errors import ApiError
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Response
from mockocr.core.service import Vendor

HEADER = "X-Mockocr-Fault"


class Faults:
    """The queued faults. At most one is used per request: that of the header, else the oldest one
    that matches.

    Faults that replace or refuse act before verification: nothing is checked, read or billed. The
    others act on the real response.
    """

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self._vendors = tuple(vendors)
        self.queue = RuleQueue(store, "faults", vendors)
        self._parse = lru_cache(maxsize=256)(self._parse_for)

    async def add(self, document: FaultDocument) -> Document:
        """Queue a fault; `InvalidInputError` if it is unknown, wrong or contradicts itself."""
        self._parse(document.fault, "*" if document.operation is None else document.operation)
        return await self.queue.add(document, {"fault": document.fault})

    def wrap(self, inner: Handler) -> Handler:
        """Apply the fault of a request, if it has one, to the request and its response."""

        async def inject(exchange: Exchange) -> Response:
            if exchange.operation is None or exchange.refusal is not None:
                return await inner(exchange)
            try:
                found = await self._find(exchange)
            except InvalidInputError as error:
                exchange.audit.why = f"{HEADER}: {error}"
                return Response.of_json({"error": f"{HEADER}: {error}"}, 400)
            except ApiError as error:  # the store is unavailable, and the vendor says so
                return await inner(exchange.replaced(refusal=error))
            return await (inner(exchange) if found is None else _apply(*found, exchange, inner))

        return inject

    async def _find(self, exchange: Exchange) -> tuple[FaultSpec, random.Random] | None:
        header = exchange.request.header(HEADER)
        if header:
            text = header.encode("latin-1", "replace").decode("utf-8", "replace")
            return self._parse(text, exchange.name), exchange.request.random()

        def applies(rule: Document) -> bool:
            return self._parse(rule["fault"], rule["operation"]).applies_to(exchange.service)

        match = await self.queue.use_first(exchange.name, exchange.audit.account, applies)
        if match is None:
            return None
        return self._parse(match.rule["fault"], match.rule["operation"]), match.random

    def _parse_for(self, text: str, pattern: str) -> FaultSpec:
        ids = set(matching_operations(self._vendors, pattern))
        services = [
            service
            for vendor in self._vendors
            for service in vendor.services
            if not ids.isdisjoint(map(service.operation_id, service.operations))
        ]
        return parse_fault(text, services)


async def _apply(
    fault: FaultSpec, source: random.Random, exchange: Exchange, inner: Handler
) -> Response:
    exchange.audit.fault = fault.text
    seconds = fault.delay(source)
    if seconds:
        await asyncio.sleep(seconds)
    if fault.replacement is not None:
        exchange.audit.why = f"a fault: {fault.text}"
        return fault.replacement
    refusal = fault.refusal(exchange.service)
    if refusal is not None:
        exchange = exchange.replaced(refusal=ApiError(refusal, f"a fault: {fault.text}"))
    degradation = fault.degradation(source)
    if degradation is not None:
        exchange = exchange.replaced(alter=degradation)
    return fault.send(await inner(exchange))
