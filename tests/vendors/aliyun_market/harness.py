"""Aliyun's market alone behind the real router and pipeline, with a scripted engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.exchange import CredentialLookup, Exchange
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.core.service import Service
from mockocr.images import Loader
from mockocr.serving.asgi import Endpoint, Options
from mockocr.serving.context import RequestContext
from mockocr.serving.pipeline import Dependencies, answer_requests
from mockocr.serving.routing import Router
from mockocr.vendors.aliyun_market import VENDOR
from tests.asgi import Answer, ask
from tests.recognitions import HELLO, Reader

AT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
"""1700000000 seconds, the time of the SDKs' vectors."""
CREDENTIAL = Credential(VENDOR.name, VENDOR.credentials)
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
APPCODE = ("Authorization", f"APPCODE {VENDOR.credentials['appcode']}")
HELLO_TEXT = "发票 Invoice 2026合计:1280.50"
THUMB, PLATFORM, OFFICIAL = VENDOR.services
DEFAULTS = VENDOR.default_options(VENDOR.name)


class OneAccount:
    """The only account, found by any field of its credential; counts the look-ups."""

    def __init__(self, credential: Credential) -> None:
        self.credential = credential
        self.looked_up: list[tuple[str, str]] = []

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        self.looked_up.append((field, value))
        known = vendor == VENDOR.name and self.credential.values.get(field) == value
        return Principal(Account("dev", (self.credential,)), self.credential) if known else None


@dataclass
class Reservation:
    """One request of a quota that never ends; notes whether it was billed."""

    billed: list[bool]

    async def commit(self) -> None:
        self.billed.append(True)

    async def release(self) -> None:
        self.billed.append(False)


class Unlimited:
    """No quota at all; lists for each request whether it was billed."""

    def __init__(self) -> None:
        self.billed: list[bool] = []

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        return Reservation(self.billed)


class Nonces:
    """Every nonce that was claimed, and until when."""

    def __init__(self) -> None:
        self.claimed: dict[str, datetime] = {}

    async def claim(self, nonce: str, until: datetime, now: datetime) -> bool:
        if nonce in self.claimed:
            return False
        self.claimed[nonce] = until
        return True


class Market:
    """`exchange` is the latest one, `sources` and `limits` are what the loader was asked for,
    `images` what it returned.
    """

    def __init__(
        self,
        reads: Recognition = HELLO,
        credential: Credential = CREDENTIAL,
        at: datetime = AT,
        **options: str,
    ) -> None:
        self.reader = Reader(reads)
        self.accounts = OneAccount(credential)
        self.quotas = Unlimited()
        self.nonces = Nonces()
        self.at = at
        self.sources: list[Source] = []
        self.limits: list[Limits] = []
        self.images: list[Image] = []
        self._loader = Loader()
        dependencies = Dependencies(self._context, self.accounts, self.quotas)
        self._answer = answer_requests(dependencies)
        in_force = Options([VENDOR])
        in_force.apply({VENDOR.name: options})
        self.app = Endpoint(
            Router([VENDOR]),
            self._handle,
            in_force,
            ids=lambda: "0123456789abcdef0123456789abcdef",
            seeds=lambda: 7,
            now=lambda: self.at,
        )

    def send(self, request: Request) -> Answer:
        return ask(self.app, request.method, request.target, request.headers, request.body)

    def signed(self, request: Request, credential: Credential = CREDENTIAL) -> Answer:
        return self.send(sign(request.replaced(at=self.at, id="f" * 32), credential))

    @property
    def why(self) -> str:
        return self.exchange.audit.why

    async def _handle(self, exchange: Exchange) -> Response:
        self.exchange = exchange
        return await self._answer(exchange)

    def _context(self, exchange: Exchange, credentials: CredentialLookup) -> RequestContext:
        unused: Any = None
        return RequestContext(
            exchange,
            credentials,
            load=self._load,
            recognize=self.reader.recognize,
            nonces=self.nonces,
            tokens=unused,
            jobs=unused,
            uses=unused,
            render_pdf=unused,
        )

    async def _load(self, source: Source, limits: Limits) -> Image:
        self.sources.append(source)
        self.limits.append(limits)
        self.images.append(await self._loader(source, limits))
        return self.images[-1]


def sign(request: Request, credential: Credential = CREDENTIAL) -> Request:
    """The request as a client of the service at its path sends it."""
    return service_at(request.path).sign(request, credential)


def service_at(path: str) -> Service:
    """The service that has an operation at that path."""
    for service in VENDOR.services:
        if any(operation.path == path for operation in service.operations):
            return service
    raise LookupError(f"no service at {path}")


def post(
    target: str, body: bytes | dict[str, str], *headers: tuple[str, str], form: bool = True
) -> Request:
    """A POST of a form (or of raw bytes with the headers given), without credentials."""
    if isinstance(body, dict):
        body = urlencode(body).encode()
    return _request("POST", target, (FORM, *headers) if form else headers, body)


def get(target: str, *headers: tuple[str, str]) -> Request:
    return _request("GET", target, headers, b"")


def _request(method: str, target: str, headers: Sequence[tuple[str, str]], body: bytes) -> Request:
    path, _, query = target.partition("?")
    return Request(
        method,
        path,
        target,
        tuple(headers),
        query,
        body,
        "f" * 32,
        AT,
        options=DEFAULTS,
        size=len(body),
    )


def base64_of(market: Market) -> str:
    """The base64 text that reached the loader last."""
    source = market.sources[-1]
    assert isinstance(source, Inline)
    assert source.base64 is not None
    return source.base64


def in_state(state: Any) -> Credential:
    return replace(CREDENTIAL, state=state)
