"""The composition root: every part is made and joined here, nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.types import Receive, Scope, Send

from mockocr.control.accounts import Directory, development
from mockocr.control.clock import Clock
from mockocr.control.journal import Journal
from mockocr.control.nonces import Nonces
from mockocr.control.quota import Quotas
from mockocr.control.store import Memory, Store
from mockocr.core.image import Image, Limits, Source
from mockocr.core.vendor import Account, Engine, Vendor
from mockocr.pipeline import Handler, Hit, Parts, Recognize, answering, identifying
from mockocr.routing import Router
from mockocr.vendors import discover
from mockocr.web import Endpoint

Load = Callable[[Source, Limits], Awaitable[Image]]


@dataclass(frozen=True, slots=True)
class Mock:
    """A whole server without a socket: `asgi` answers, the other parts steer it."""

    vendors: tuple[Vendor, ...]
    engine: Engine
    clock: Clock
    store: Store
    accounts: Directory
    quotas: Quotas
    journal: Journal
    handle: Handler
    asgi: Any


def build(
    *,
    engine: Engine,
    vendors: Sequence[Vendor] | None = None,
    accounts: Iterable[Account] = (),
    choices: Mapping[str, Mapping[str, str]] | None = None,
    auth: Literal["strict", "lenient"] = "strict",
    load: Load | None = None,
    clock: Clock | None = None,
    store: Store | None = None,
    ids: Callable[[], str] = lambda: secrets.token_hex(16),
    seeds: Callable[[], int] = lambda: secrets.randbits(64),
) -> Mock:
    """Join the parts. `accounts` come beside `dev` (or instead of it, by that name), `choices` are
    the vendors' settings by vendor name, `ids` gives 32 lower-case hex digits a call.
    """
    vendors = discover() if vendors is None else tuple(vendors)
    clock = clock or Clock()
    store = store or Memory()
    directory = Directory(store, vendors, [development(vendors), *accounts])
    quotas, journal, nonces = Quotas(store), Journal(), Nonces(store)

    def reader(hit: Hit) -> Recognize:
        return engine.recognize

    parts = Parts(
        accounts=directory,
        load=load or _loader(),
        reader=reader,
        once=nonces.once,
        meter=quotas,
        lenient=development(vendors) if auth == "lenient" else None,
    )
    handle = identifying(directory, clock, journal.around(answering(parts)))
    endpoint = Endpoint(
        Router(vendors), handle, ids=ids, seeds=seeds, now=clock.now, choices=choices or {}
    )
    return Mock(vendors, engine, clock, store, directory, quotas, journal, handle, _app(endpoint))


def _loader() -> Load:
    from mockocr.imaging import Loader  # Pillow, and only when nothing else loads pictures

    return Loader()


def _app(endpoint: Endpoint) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await endpoint(scope, receive, send)
        elif scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})

    return app
