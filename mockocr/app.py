"""The composition root: every part is made and joined here, nowhere else."""

from __future__ import annotations

import contextlib
import inspect
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from mockocr.console.page import page
from mockocr.control.api import admin, certificate, json_http, public_keys, read_routes, rules
from mockocr.control.api.health import Health
from mockocr.control.api.metrics import Metrics
from mockocr.control.api.openapi import with_description
from mockocr.control.api.routing import ControlRoute
from mockocr.control.api.scenario import TestControl
from mockocr.control.faults.injection import Faults
from mockocr.control.journal.journal import MAX_BYTES, Journal
from mockocr.control.scripted.answers import Answers
from mockocr.control.state.accounts import AccountStore, development
from mockocr.control.state.clock import Clock
from mockocr.control.state.nonces import NonceStore
from mockocr.control.state.quota import Quotas
from mockocr.control.state.store import Memory, Store
from mockocr.control.state.usage import Usage
from mockocr.core.image import Image, Limits, Source
from mockocr.core.service import Account, Engine, Vendor
from mockocr.recognition.cache import MAX_BYTES as CACHE_BYTES
from mockocr.recognition.cache import Cache
from mockocr.recognition.engines import choose
from mockocr.recognition.engines.scripted import Scripted
from mockocr.recognition.shared_cache import SharedCache
from mockocr.serving.asgi import UNREADABLE, Endpoint
from mockocr.serving.pipeline import (
    Dependencies,
    Exchange,
    Handler,
    Recognize,
    answering,
    identifying,
)
from mockocr.serving.proxy.forward_proxy import Proxy, refusal
from mockocr.serving.response_keys import Keys
from mockocr.serving.routing import Router
from mockocr.vendors import discover

if TYPE_CHECKING:
    from mockocr.recognition.recordings import Goldens  # loads Pillow

Load = Callable[[Source, Limits], Awaitable[Image]]


class Configure(Protocol):
    """Puts accounts beside `dev`, the vendors' choices and the strictness of auth in force."""

    def __call__(
        self,
        accounts: Iterable[Account] = (),
        choices: Mapping[str, Mapping[str, str]] | None = None,
        auth: str = "strict",
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Mock:
    """A whole server without a socket: `asgi` answers, the other parts steer it.

    `handle` answers one hit without HTTP; `stage` makes accounts, quotas and scenarios; `proxy`
    stands before `asgi` where clients ask a proxy; `configure` takes other accounts, choices and
    auth, as `build` does, while all goes on.
    """

    vendors: tuple[Vendor, ...]
    engine: Engine
    store: Store
    clock: Clock
    accounts: AccountStore
    faults: Faults
    quotas: Quotas
    answers: Answers
    usage: Usage
    cache: Cache
    journal: Journal
    stage: TestControl
    handle: Handler
    router: Router
    proxy: Proxy
    asgi: Callable[[Scope, Receive, Send], Awaitable[None]]
    configure: Configure

    async def reset(self) -> None:
        """Back to the start: the configured accounts, real time, and nothing else."""
        await self.store.clear()
        await self.journal.clear()
        self.cache.clear()
        self.clock.reset()


def build(
    *,
    engine: Engine,
    vendors: Sequence[Vendor] | None = None,
    accounts: Iterable[Account] = (),
    choices: Mapping[str, Mapping[str, str]] | None = None,
    auth: str = "strict",
    load: Load | None = None,
    clock: Clock | None = None,
    store: Store | None = None,
    ids: Callable[[], str] = lambda: secrets.token_hex(16),
    seeds: Callable[[], int] = lambda: secrets.randbits(64),
    journal_bytes: int = MAX_BYTES,
    ca: bytes = b"",
    proxy_pass: bool = False,
    cache_bytes: int = CACHE_BYTES,
    goldens: Goldens | None = None,
    keys: Keys | None = None,
) -> Mock:
    """Join the parts. `accounts` come beside `dev` (or instead of it, by that name), `choices` are
    the vendors' settings by vendor name, `auth` is `strict` or `lenient`, `ids` gives 32
    lower-case hex digits a call. `ca` is the certificate that `GET /_mockocr/ca.pem` shows;
    `proxy_pass` lets hosts through the proxy that are no vendor's. `goldens` stand before the
    engine, and the cache between them; `cache_bytes` bounds its readings, and half of it the
    decoded pictures. `keys` are those that answers are sealed with.
    """
    vendors = discover() if vendors is None else tuple(vendors)
    store, load = store or Memory(), load or _loader(cache_bytes // 2)
    clock = clock or Clock(store=store if store.shared else None)
    keys = keys or Keys()
    dev = development(vendors)
    directory = AccountStore(store, vendors)
    faults, answers = Faults(store, vendors), Answers(store, vendors)
    quotas, usage = Quotas(store), Usage(store, vendors)
    journal = Journal(store, journal_bytes)
    cache = Cache(cache_bytes)
    metrics = Metrics(journal, cache)
    read: Recognize = engine.recognize
    if store.shared:
        read = SharedCache(store, cache_bytes).around(read, engine.name)
    read = cache.around(read, engine.name)
    if goldens is not None:
        read = goldens.around(read)

    def reader(exchange: Exchange) -> Recognize:
        return answers.reader(exchange, read)

    parts = Dependencies(
        accounts=directory,
        load=load,
        reader=reader,
        once=NonceStore(store).claim,
        meter=quotas,
        key=keys.of,
    )
    # the metrics see what the journal and the bill made of an answer that they could not write down
    inner = metrics.wrap(journal.wrap(usage.wrap(faults.wrap(answering(parts)))))
    handle = identifying(directory, clock, inner)
    router = Router(vendors)
    endpoint = Endpoint(router, handle, ids=ids, seeds=seeds, now=clock.now, choices={})
    stage = TestControl(vendors, clock, directory, faults, quotas, answers)
    health = Health(engine, store, journal, cache, goldens.status if goldens else None)

    async def reset() -> None:
        await mock.reset()

    def configure(
        accounts: Iterable[Account] = (),
        choices: Mapping[str, Mapping[str, str]] | None = None,
        auth: str = "strict",
    ) -> None:
        if auth not in ("strict", "lenient"):
            raise ValueError(f"auth is strict or lenient, not {auth!r}")
        directory.configure([dev, *accounts])
        endpoint.choices = choices or {}
        parts.lenient = dev if auth == "lenient" else None

    configure(accounts, choices, auth)

    control = with_description(
        [
            read_routes.page_route(page),
            *read_routes.routes(vendors, health, journal, directory, usage, metrics),
            *certificate.routes(ca),
            *public_keys.routes(vendors, keys.of),
            *admin.routes(stage, reset),
            *rules.routes(stage),
        ]
    )
    asgi = _joined(endpoint, _control(control, [load, engine, store]))
    turned_away = journal.wrap(refusal)
    mock = Mock(
        vendors,
        engine,
        store,
        clock,
        directory,
        faults,
        quotas,
        answers,
        usage,
        cache,
        journal,
        stage,
        handle,
        router,
        Proxy(asgi, router.owner, turned_away, ids=ids, now=clock.now, passing=proxy_pass),
        asgi,
        configure,
    )
    return mock


def reader(name: str, goldens: Goldens | None = None) -> Engine:
    """The engine of that name; where goldens alone are replayed, one that is never asked.

    `EngineUnavailableError` when it cannot work here.
    """
    if goldens is not None and goldens.replays_only:
        return Scripted(name="goldens")
    return choose(name)


def _loader(recent_bytes: int) -> Load:
    from mockocr.images import Loader  # Pillow, and only where nobody else loads the pictures
    from mockocr.images.memory_budget import MOST_BYTES

    return Loader(recent_bytes=recent_bytes, room_bytes=MOST_BYTES)


def _control(routes: list[ControlRoute], resources: Sequence[object]) -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        for resource in resources:
            await _close(resource)

    async def slash(request: Request) -> Response:
        return RedirectResponse(json_http.PREFIX + "/")

    return Starlette(
        routes=[Route(json_http.PREFIX, slash), Mount(json_http.PREFIX, routes=routes)],
        exception_handlers=json_http.exception_handlers(routes),
        lifespan=lifespan,
    )


def _joined(
    endpoint: Endpoint, control: Starlette
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The control routes below their prefix, the vendors everywhere else."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await control(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})
        elif scope["type"] == UNREADABLE:
            await endpoint(scope, receive, send)
        elif path == json_http.PREFIX or path.startswith(json_http.PREFIX + "/"):
            await control(scope, receive, send)
        else:
            await endpoint(scope, receive, send)

    return app


async def _close(resource: object) -> None:
    """End what a part holds open, by its `aclose` or `close`, if it has one."""
    close = getattr(resource, "aclose", None) or getattr(resource, "close", None)
    if close is not None:
        ended = close()
        if inspect.isawaitable(ended):
            await ended
