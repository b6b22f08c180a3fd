"""Runs Huawei's services through the real routing and pipeline, without a socket: one scripted
recognition, the account `dev`, and requests for it.
"""

from __future__ import annotations

import base64
import itertools
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from mockocr.core.account import Account, Credential, Principal, State
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.exchange import Audit, CredentialLookup, Exchange
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.serving.asgi import Endpoint, Options
from mockocr.serving.context import RequestContext
from mockocr.serving.pipeline import Dependencies, answer_requests, with_account
from mockocr.serving.routing import Router
from mockocr.vendors.huawei import VENDOR
from tests.asgi import Answer, ask
from tests.exchange import picture
from tests.recognitions import HELLO, Reader

OCR, IAM = VENDOR.services
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CREDENTIAL = Credential("huawei", VENDOR.credentials)
PROJECT = VENDOR.credentials["project_id"]
PATH = f"/v2/{PROJECT}/ocr/web-image"
TOKENS = "/v3/auth/tokens?nocatalog=1"
HELLO_PNG = base64.b64encode(picture("hello.png")).decode()
HOST = ("Host", "ocr.cn-north-4.myhuaweicloud.com")
OPTIONS = VENDOR.default_options("huawei")

Load = Callable[[Source, Limits], Awaitable[Image]]


@dataclass(frozen=True)
class Accounts:
    """Accounts in a list; `lookups` counts how often each field and value is looked up."""

    accounts: Sequence[Account]
    lookups: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        self.lookups[field, value] += 1
        for account in self.accounts:
            for credential in account.credentials:
                if credential.vendor == vendor and credential.values.get(field) == value:
                    return Principal(account, credential)
        return None


@dataclass
class Clock:
    """A clock that is frozen until it is moved."""

    at: datetime = AT

    async def refresh(self, account: str = "") -> None: ...

    def now(self, account: str = "") -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Quotas:
    """How many requests are left of each operation; without an entry there is no limit."""

    left: dict[str, int] = field(default_factory=dict)

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        if operation_id in self.left:
            if not self.left[operation_id]:
                raise ApiError(ErrorKind.QUOTA_EXCEEDED, "no request is left")
            self.left[operation_id] -= 1
        return Reservation(self.left, operation_id)


@dataclass(frozen=True)
class Reservation:
    """One request taken from the quotas."""

    left: dict[str, int]
    operation_id: str

    async def commit(self) -> None: ...

    async def release(self) -> None:
        if self.operation_id in self.left:
            self.left[self.operation_id] += 1


@dataclass
class Harness:
    """Both services behind one ASGI app. `exchanges` are those that were answered, in order."""

    engine: Reader
    load: Load
    accounts: Accounts
    lenient: Account | None
    options: Mapping[str, str]
    clock: Clock = field(default_factory=Clock)
    quotas: Quotas = field(default_factory=Quotas)
    exchanges: list[Exchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        dependencies = Dependencies(self._context, self.accounts, self.quotas, self.lenient)
        answer = answer_requests(dependencies)

        async def recorded(exchange: Exchange) -> Response:
            self.exchanges.append(exchange)
            return await answer(exchange)

        options = Options((VENDOR,))
        options.apply({"huawei": self.options})
        numbers = itertools.count(1)
        self.asgi = Endpoint(
            Router((VENDOR,)),
            with_account(self.accounts, self.clock, recorded),
            options,
            ids=lambda: f"{next(numbers):032x}",
            seeds=lambda: 7,
            now=self.clock.now,
        )

    @property
    def audit(self) -> Audit:
        """The facts of the last request that the journal gets."""
        return self.exchanges[-1].audit

    @property
    def why(self) -> str:
        return self.audit.why

    def _context(self, exchange: Exchange, credentials: CredentialLookup) -> Context:
        unused: Any = None
        return RequestContext(
            exchange,
            credentials,
            load=self.load,
            recognize=self.engine.recognize,
            nonces=unused,
            tokens=unused,
            jobs=unused,
            uses=unused,
            render_pdf=unused,
        )


def harness(
    recognition: Recognition = HELLO,
    *,
    state: State = "active",
    auth: str = "strict",
    load: Load | None = None,
    accounts: tuple[Account, ...] = (),
    options: Mapping[str, str] | None = None,
) -> Harness:
    dev = Account("dev", (replace(CREDENTIAL, state=state),))
    return Harness(
        Reader(recognition),
        load or Loader(),
        Accounts((dev, *accounts)),
        dev if auth == "lenient" else None,
        options or {},
    )


def request(
    body: Any, *headers: tuple[str, str], target: str = PATH, method: str = "POST"
) -> Request:
    """An unsigned request of JSON, or of the bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    typed = (HOST, ("Content-Type", "application/json"), *headers)
    path, _, query = target.partition("?")
    return Request(
        method,
        path,
        target,
        typed,
        query,
        raw,
        at=AT,
        id="c" * 32,
        size=len(raw),
        options=OPTIONS,
    )


def send(to: Harness, request: Request, target: str = "") -> Answer:
    return ask(to.asgi, request.method, target or request.target, request.headers, request.body)


def send_signed(
    to: Harness, body: Any, credential: Credential = CREDENTIAL, target: str = PATH
) -> Answer:
    return send(to, OCR.sign(request(body, target=target), credential))


def send_with_token(to: Harness, token: str, body: Any = None, target: str = PATH) -> Answer:
    body = {"image": HELLO_PNG} if body is None else body
    return send(to, request(body, ("X-Auth-Token", token), target=target))


def login(scope: Any = None, **user: Any) -> dict[str, Any]:
    """The body of a token request; `user` replaces fields of the user."""
    named = {"name": "dev", "password": "mockocr-dev", "domain": {"name": "mockocr"}, **user}
    auth: dict[str, Any] = {"identity": {"methods": ["password"], "password": {"user": named}}}
    if scope is not None:
        auth["scope"] = scope
    return {"auth": auth}


IN_PROJECT: Mapping[str, Any] = {"project": {"name": "cn-north-4"}}


def issue(to: Harness, scope: Any = IN_PROJECT, **user: Any) -> Answer:
    return send(to, request(login(scope, **user), target=TOKENS))


def issued_token(to: Harness, scope: Any = IN_PROJECT) -> str:
    answer = issue(to, scope)
    assert answer.status == 201, answer.body
    return answer.header("x-subject-token")


def error(answer: Answer) -> tuple[int, str, str]:
    """Status, code and message of a flat error."""
    return answer.status, answer.json["error_code"], answer.json["error_msg"]


def failing(error: Exception) -> Load:
    """A loader that raises."""

    async def load(source: Source, limits: Limits) -> Image:
        raise error

    return load
