"""The composition root: makes every part and joins them; no other module does."""

from __future__ import annotations

import contextlib
import inspect
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from mockocr.console.page import page
from mockocr.control.api import admin, certificate, json_http, public_keys, read_routes
from mockocr.control.api.health import Health
from mockocr.control.api.metrics import Metrics
from mockocr.control.api.scenario import TestControl
from mockocr.control.faults.injection import Faults
from mockocr.control.journal.journal import Journal
from mockocr.control.scripted.answers import Answers
from mockocr.control.state.accounts import AccountStore, development
from mockocr.control.state.clock import Clock
from mockocr.control.state.nonces import Nonces
from mockocr.control.state.quota import Quotas
from mockocr.control.state.store import Memory, Store
from mockocr.control.state.usage import Usage
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Limits, Source
from mockocr.core.service import Account, Engine, Vendor
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
from mockocr.settings import Settings, complete
from mockocr.vendors import discover

if TYPE_CHECKING:
    from mockocr.recognition.recordings import Goldens  # imports Pillow

__all__ = ["Changes", "Mock", "build", "choose_engine"]

Load = Callable[[Source, Limits], Awaitable[Image]]
DEFAULTS = Settings()


class Changes(TypedDict, total=False):
    """Fields of `Settings` that a test sets by keyword, instead of a whole `Settings`."""

    accounts: Sequence[Account]
    choices: Mapping[str, Mapping[str, str]]
    auth: str
    journal_bytes: int
    cache_bytes: int
    proxy_pass: bool


class Mock:
    """A whole server without a socket: `asgi` answers requests, the other parts control it.

    `handle` answers one exchange without HTTP. `stage` makes accounts, quotas and scenarios.
    `proxy` is the forward proxy before `asgi`. `router` tells which vendor owns a host.
    """

    def __init__(
        self,
        settings: Settings = DEFAULTS,
        *,
        engine: Engine,
        vendors: Sequence[Vendor] | None = None,
        load: Load | None = None,
        clock: Clock | None = None,
        store: Store | None = None,
        goldens: Goldens | None = None,
        keys: Keys | None = None,
        ca: bytes = b"",
        ids: Callable[[], str] = lambda: secrets.token_hex(16),
        seeds: Callable[[], int] = lambda: secrets.randbits(64),
        **changes: Unpack[Changes],
    ) -> None:
        """Join the parts under `settings`, in which `changes` replace fields.

        `ids` gives 32 lower-case hex digits per request, `seeds` a random number. `keys` sign
        responses. `ca` is the certificate, in PEM, that `GET /_mockocr/ca.pem` returns.
        """
        settings = replace(settings, **changes)
        self.vendors = vendors = discover() if vendors is None else tuple(vendors)
        self.engine = engine
        self.store = store = store or Memory()
        self.clock = clock or Clock(store=store if store.shared else None)
        self.accounts = AccountStore(store, vendors)
        self.faults, self.answers = Faults(store, vendors), Answers(store, vendors)
        self.quotas, self.usage = Quotas(store), Usage(store, vendors)
        self.journal = Journal(store, settings.journal_bytes)
        self.cache = Cache(settings.cache_bytes)
        self.stage = TestControl(
            vendors, self.clock, self.accounts, self.faults, self.quotas, self.answers
        )
        self.router = Router(vendors)
        load, keys = load or _loader(settings.cache_bytes // 2), keys or Keys()
        metrics = Metrics(self.journal, self.cache)
        self._dependencies = self._depend_on(load, keys, goldens)
        self.handle = self._handler(metrics)
        now = self.clock.now
        self._endpoint = Endpoint(
            self.router, self.handle, ids=ids, seeds=seeds, now=now, choices={}
        )
        self._developer = development(vendors)
        self.apply(settings)
        health = Health(
            engine, store, self.journal, self.cache, goldens.status if goldens else None
        )
        routes = [
            *read_routes.routes(vendors, health, self.journal, self.accounts, self.usage, metrics),
            *certificate.routes(ca),
            *public_keys.routes(vendors, keys.of),
            *admin.routes(self.stage, self.reset),
        ]
        self.asgi = _joined(self._endpoint, _control(routes, [load, engine, store]))
        refuse, forward = self.journal.around(refusal), settings.proxy_pass
        self.proxy = Proxy(self.asgi, self.router.owner, refuse, ids=ids, now=now, passing=forward)

    def apply(self, settings: Settings) -> None:
        """Put the live settings in force: accounts, choices, auth and the journal's size.

        The other settings keep the values that the server started with.
        """
        if settings.auth not in ("strict", "lenient"):
            raise ValueError(f"auth is strict or lenient, not {settings.auth!r}")
        self.accounts.configure([self._developer, *settings.accounts])
        self._endpoint.choices = complete(self.vendors, settings.choices)
        self._dependencies.lenient = self._developer if settings.auth == "lenient" else None
        self.journal.max_bytes = settings.journal_bytes

    async def reset(self) -> None:
        """Return to the start: only the configured accounts, and real time."""
        await self.store.clear()
        await self.journal.clear()
        self.cache.clear()
        self.clock.reset()

    def _depend_on(self, load: Load, keys: Keys, goldens: Goldens | None) -> Dependencies:
        read: Recognize = self.engine.recognize
        if self.store.shared:
            read = SharedCache(self.store, self.cache.max_bytes).around(read, self.engine.name)
        read = self.cache.around(read, self.engine.name)
        if goldens is not None:
            read = goldens.around(read)

        def reader(exchange: Exchange) -> Recognize:
            return self.answers.reader(exchange, read)

        return Dependencies(
            accounts=self.accounts,
            load=load,
            reader=reader,
            once=Nonces(self.store).once,
            meter=self.quotas,
            key=keys.of,
        )

    def _handler(self, metrics: Metrics) -> Handler:
        handle = self.usage.around(self.faults.around(answering(self._dependencies)))
        # outermost, so that the metrics also count requests that the journal could not keep
        handle = metrics.around(self.journal.around(handle))
        return identifying(self.accounts, self.clock, handle)


build = Mock
"""The name by which `serve`, `mockocr.running` and the tests make a server."""


def choose_engine(name: str, goldens: Goldens | None = None) -> Engine:
    """The engine of that name. If goldens are only replayed, an engine that is never asked.

    `EngineUnavailableError` if the engine cannot work here.
    """
    if goldens is not None and goldens.replays_only:
        return Scripted(name="goldens")
    return choose(name)


def _loader(recent_bytes: int) -> Load:
    from mockocr.images import Loader  # imports Pillow
    from mockocr.images.memory_budget import MAX_BYTES

    return Loader(cache_bytes=recent_bytes, memory_bytes=MAX_BYTES)


def _control(routes: list[Route], resources: Sequence[object]) -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        for resource in resources:
            await _close(resource)

    async def console(request: Request) -> Response:
        return HTMLResponse(page())

    async def slash(request: Request) -> Response:
        return RedirectResponse(json_http.PREFIX + "/")

    handlers: dict[Any, Any] = {
        InvalidInputError: json_http.invalid_input,
        ApiError: json_http.api_error,
        404: json_http.missing(routes),
        405: json_http.missing(routes),
        500: json_http.broken,
    }
    inside = [Route("/", console), *routes]
    return Starlette(
        routes=[Route(json_http.PREFIX, slash), Mount(json_http.PREFIX, routes=inside)],
        exception_handlers=handlers,
        lifespan=lifespan,
    )


def _joined(
    endpoint: Endpoint, control: Starlette
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """One app: the control routes under their prefix, the vendors everywhere else."""

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
    """Call the part's `aclose` or `close`, if it has one."""
    close = getattr(resource, "aclose", None) or getattr(resource, "close", None)
    if close is not None:
        done = close()
        if inspect.isawaitable(done):
            await done
