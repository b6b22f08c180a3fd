"""A market stall: the vendor alone behind the real router and pipeline, with a scripted engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.serving.asgi import Endpoint
from mockocr.serving.pipeline import Dependencies, Exchange, Settle, answering
from mockocr.serving.routing import Router
from mockocr.vendors.aliyun_market import VENDOR
from tests.asgi import Answer, ask
from tests.recognitions import HELLO, Reader

AT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
"""1700000000 seconds, the time of the SDKs' vectors."""
KEY = Credential(VENDOR.name, VENDOR.credentials)
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
CODE = ("Authorization", f"APPCODE {VENDOR.credentials['appcode']}")
HELLO_TEXT = "发票 Invoice 2026合计:1280.50"


class Owner:
    """The one account that there is, found by any field of its key."""

    def __init__(self, key: Credential) -> None:
        self.key = key

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        known = vendor == VENDOR.name and self.credential.values.get(field) == value
        return Principal(Account("dev", (self.key,)), self.key) if known else None


class Unmetered:
    """As many calls as anybody likes; counts the billed ones."""

    def __init__(self) -> None:
        self.billed: list[bool] = []

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        async def settle(billed: bool) -> None:
            self.billed.append(billed)

        return settle


class Market:
    """`hit` is the latest call, `sources` and `limits` are what was asked of the loader, `images`
    what it gave.
    """

    def __init__(
        self, reads: Recognition = HELLO, key: Credential = KEY, at: datetime = AT, **choices: str
    ) -> None:
        self.reader = Reader(reads)
        self.meter = Unmetered()
        self.at = at
        self.sources: list[Source] = []
        self.limits: list[Limits] = []
        self.images: list[Image] = []
        self.nonces: dict[str, datetime] = {}
        self._loader = Loader()
        parts = Dependencies(
            Owner(key), self._load, lambda exchange: self.reader.recognize, self._once, self.meter
        )  # fmt: skip - the five parts on one line too many
        self._answer = answering(parts)
        self.app = Endpoint(
            Router([VENDOR]),
            self._handle,
            ids=lambda: "0123456789abcdef0123456789abcdef",
            seeds=lambda: 7,
            now=lambda: self.at,
            choices={VENDOR.name: choices},
        )

    def send(self, request: Request) -> Answer:
        return ask(self.app, request.method, request.target, request.headers, request.body)

    def signed(self, request: Request, key: Credential = KEY) -> Answer:
        return self.send(VENDOR.sign(request.replaced(at=self.at, id="f" * 32), key))

    @property
    def why(self) -> str:
        return self.exchange.audit.why

    async def _handle(self, exchange: Exchange) -> Any:
        self.exchange = exchange
        return await self._answer(exchange)

    async def _load(self, source: Source, limits: Limits) -> Image:
        self.sources.append(source)
        self.limits.append(limits)
        self.images.append(await self._loader(source, limits))
        return self.images[-1]

    async def _once(self, token: str, until: datetime, at: datetime) -> bool:
        if token in self.nonces:
            return False
        self.nonces[token] = until
        return True


def post(
    target: str, body: bytes | dict[str, str], *headers: tuple[str, str], form: bool = True
) -> Request:
    """A POST of a form (or of raw bytes with the headers given), without credentials."""
    if isinstance(body, dict):
        body = urlencode(body).encode()
    return _call("POST", target, (FORM, *headers) if form else headers, body)


def get(target: str, *headers: tuple[str, str]) -> Request:
    return _call("GET", target, headers, b"")


def _call(method: str, target: str, headers: Sequence[tuple[str, str]], body: bytes) -> Request:
    path, _, query = target.partition("?")
    return Request(method, path, target, tuple(headers), query, body, "f" * 32, AT, size=len(body))


def base64_of(market: Market) -> str:
    """The base64 text that reached the loader last."""
    source = market.sources[-1]
    assert isinstance(source, Inline)
    assert source.base64 is not None
    return source.base64


def in_state(state: Any) -> Credential:
    return replace(KEY, state=state)
