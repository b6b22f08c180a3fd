"""The composition root: makes every part and joins them; no other module does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Unpack

import msgspec
from starlette.types import ASGIApp

from mockocr.console import page
from mockocr.control.api import (
    admin,
    certificate,
    events,
    json_http,
    playground,
    public_keys,
    read_routes,
    rules,
)
from mockocr.control.api.access import ControlAccess
from mockocr.control.api.application import control_app
from mockocr.control.api.health import Health
from mockocr.control.api.initial_scenarios import InitialScenarios
from mockocr.control.api.metrics import Metrics
from mockocr.control.api.openapi import with_description
from mockocr.control.api.scenario import TestControl
from mockocr.control.faults.injection import Faults
from mockocr.control.journal.journal import Journal
from mockocr.control.playground.sender import Sender
from mockocr.control.scripted.answers import Answers
from mockocr.control.state.accounts import AccountStore, development
from mockocr.control.state.clock import Clock
from mockocr.control.state.jobs import JobStore
from mockocr.control.state.nonces import NonceStore
from mockocr.control.state.quota import Quotas
from mockocr.control.state.recognitions import RecognitionStore
from mockocr.control.state.store import Memory, Store
from mockocr.control.state.tokens import TokenStore
from mockocr.control.state.usage import Usage
from mockocr.control.state.uses import UseCounter
from mockocr.core.context import Context
from mockocr.core.engine import Engine
from mockocr.core.exchange import CredentialLookup, Exchange, Handler, Recognize
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.service import Vendor
from mockocr.recognition.cache import Cache
from mockocr.recognition.engines import describe
from mockocr.recognition.measurements import with_measurements
from mockocr.recognition.shared_cache import SharedCache
from mockocr.serving.asgi import Endpoint, Options
from mockocr.serving.context import Fetch, Load, RenderPdf, RequestContext, as_it_is
from mockocr.serving.mount import mount
from mockocr.serving.pipeline import Dependencies, answer_requests, with_account
from mockocr.serving.proxy.forward_proxy import Proxy
from mockocr.serving.request_ids import new_request_id, new_seed
from mockocr.serving.response_keys import Keys
from mockocr.serving.routing import Router
from mockocr.settings import Settings
from mockocr.settings.changes import Changes
from mockocr.vendors import discover

if TYPE_CHECKING:
    from mockocr.images import Loader  # imports Pillow
    from mockocr.recognition.recordings import Goldens  # imports Pillow

__all__ = ["Changes", "Mock", "Parts", "build"]

DEFAULTS = Settings()


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a server is made of besides its settings.

    `load` downloads and decodes pictures, `fetch` only downloads, `render_pdf` draws searchable
    documents. `goldens` are asked before the cache, and the cache before the `engine`. `keys` sign
    responses. `ca` is the certificate, in PEM, that `GET /_mockocr/ca.pem` returns. `ids` gives 32
    lower-case hex digits per request, `seeds` a random number.
    """

    engine: Engine
    vendors: tuple[Vendor, ...]
    load: Load
    render_pdf: RenderPdf
    fetch: Fetch
    clock: Clock
    store: Store
    goldens: Goldens | None
    keys: Keys
    ca: bytes
    ids: Callable[[], str]
    seeds: Callable[[], int]


class Mock:
    """A whole server without a socket: `asgi` answers requests, the other parts control it.

    `handle` answers one exchange without HTTP. `stage` makes accounts, quotas and scenarios.
    `router` tells which vendor owns a host. `proxy` is the forward proxy in front of `asgi`.
    """

    def __init__(self, settings: Settings, parts: Parts) -> None:
        """Join the parts under the settings."""
        self.vendors, self.engine, self.clock = parts.vendors, parts.engine, parts.clock
        self.store = store = parts.store
        self.accounts = AccountStore(store, parts.vendors)
        self.faults = Faults(store, parts.vendors)
        self.answers = Answers(store, parts.vendors)
        self.quotas = Quotas(store)
        self.usage = Usage(store, parts.vendors)
        self.journal = Journal(store, settings.journal_bytes, self.accounts.secrets)
        self.cache = Cache(settings.cache_bytes)
        self.stage = TestControl(
            self.vendors, self.clock, self.accounts, self.faults, self.quotas, self.answers
        )
        self._initial = InitialScenarios.of_folder(settings.init)
        self.router = Router(parts.vendors)
        self._developer = development(parts.vendors)
        self._options = Options(parts.vendors)
        self._jobs = JobStore(store)
        self._dependencies = self._make_dependencies(parts)
        # scripted engines have no queue, and a test may load pictures in its own way
        queue = getattr(parts.engine, "queue", None)
        memory = getattr(parts.load, "memory_budget", None)
        metrics = Metrics(self.journal, self.cache, queue, memory)
        # metrics are outermost, so that they also count requests that the journal could not keep
        handle = self.usage.wrap(self.faults.wrap(answer_requests(self._dependencies)))
        handle = metrics.wrap(self.journal.wrap(handle))
        self.handle: Handler = with_account(self.accounts, self.clock, handle)
        self.asgi = self._make_asgi(settings, parts, metrics)
        self.proxy = Proxy(
            self.asgi,
            self.router.owner,
            self.journal.record,
            ids=parts.ids,
            now=self.clock.now,
            passing=settings.proxy_clients if settings.proxy_pass else None,
        )
        self.apply(settings)

    def apply(self, settings: Settings) -> None:
        """Put the live settings in force: accounts, options, auth and the journal's size.

        The others keep the values of the start. ValueError if `auth` is invalid.
        """
        if settings.auth not in ("strict", "lenient"):
            raise ValueError(f"auth is strict or lenient, not {settings.auth!r}")
        self.accounts.configure([self._developer, *settings.accounts])
        self._options.apply(settings.options)
        self._dependencies.lenient = self._developer if settings.auth == "lenient" else None
        self.journal.max_bytes = settings.journal_bytes

    async def start(self) -> None:
        """Play the scenarios of the start; `InvalidInputError` names the file that is wrong."""
        await self._initial.play(self.stage, self.store)

    async def finish_jobs(self) -> None:
        """Wait until every job that runs in this process has its result."""
        await self._jobs.settle()

    async def reset(self) -> None:
        """Return to the start: configured accounts, real time, the scenarios of `--init`."""
        await self.store.clear()
        await self.journal.clear()
        self.cache.clear()
        self.clock.reset()
        await self.start()

    def _make_dependencies(self, parts: Parts) -> Dependencies:
        read: Recognize = with_measurements(parts.engine.recognize)
        if parts.store.shared:
            shared = SharedCache(RecognitionStore(parts.store, self.cache.max_bytes))
            read = shared.wrap(read, parts.engine.name)
        read = self.cache.wrap(read, parts.engine.name)
        if parts.goldens is not None:
            read = parts.goldens.wrap(read)
        nonces, tokens = NonceStore(parts.store), TokenStore(parts.store)
        uses = UseCounter(parts.store)

        def context(exchange: Exchange, credentials: CredentialLookup) -> Context:
            return RequestContext(
                exchange,
                credentials,
                load=parts.load,
                recognize=self.answers.reader(exchange, read),
                nonces=nonces,
                tokens=tokens,
                jobs=self._jobs,
                uses=uses,
                render_pdf=parts.render_pdf,
                clock=self.clock,
                fetch=parts.fetch,
            )

        return Dependencies(
            context=context,
            credentials=self.accounts,
            quotas=self.quotas,
            signing_key=parts.keys.of,
        )

    def _make_asgi(self, settings: Settings, parts: Parts, metrics: Metrics) -> ASGIApp:
        endpoint = Endpoint(
            self.router,
            self.handle,
            self._options,
            ids=parts.ids,
            seeds=parts.seeds,
            now=self.clock.now,
            body_rate=settings.body_rate,
        )
        sender = Sender(self.vendors, endpoint, self.accounts, self.clock, self.journal)
        status = parts.goldens.status if parts.goldens else None
        reader = describe(self.engine)
        health = Health(self.engine, self.store, self.journal, self.cache, status, reader)
        routes = [
            *page.routes(),
            *read_routes.routes(
                self.vendors, health, self.journal, self.accounts, self.usage, metrics
            ),
            *certificate.routes(parts.ca),
            *public_keys.routes(self.vendors, parts.keys.of),
            *admin.routes(self.stage, self.reset),
            *rules.routes(self.stage),
            *events.routes(self.journal),
            *playground.routes(sender, self.journal, parts.goldens, self.router.owner),
        ]
        resources = [self._jobs, parts.load, self.engine, self.store]
        app = control_app(with_description(routes), self.start, resources)
        policy, names = page.content_security_policy(), settings.control_hosts
        control = ControlAccess(app, names, settings.control_token, self.router.owner, policy)
        return mount(control, json_http.PREFIX, endpoint, self.router.owner)


def build(
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
    ids: Callable[[], str] = new_request_id,
    seeds: Callable[[], int] = new_seed,
    **changes: Unpack[Changes],
) -> Mock:
    """A server under `settings`, in which `changes` replace fields. See `Parts` for the others."""
    settings = dataclasses.replace(settings, **changes)
    store = store or Memory()
    fetch: Fetch = as_it_is
    if load is None:
        load = loader = _loader(settings)
        fetch = loader.fetch
    parts = Parts(
        engine=engine,
        vendors=discover() if vendors is None else tuple(vendors),
        load=load,
        fetch=fetch,
        render_pdf=_render_pdf,
        clock=clock or Clock(store=store if store.shared else None),
        store=store,
        goldens=goldens,
        keys=keys or Keys(),
        ca=ca,
        ids=ids,
        seeds=seeds,
    )
    return Mock(settings, parts)


def _loader(settings: Settings) -> Loader:
    from mockocr.images import Loader  # imports Pillow
    from mockocr.images.memory_budget import MAX_BYTES

    return Loader(
        block_private=settings.fetch_private == "off",
        cache_bytes=settings.cache_bytes // 2,
        memory_bytes=MAX_BYTES,
        decode_seconds=settings.decode_seconds,
    )


def _render_pdf(pages: Sequence[tuple[Image, Recognition]]) -> bytes:
    from mockocr.images.searchable_pdf import searchable_pdf  # imports Pillow

    return searchable_pdf(pages)
