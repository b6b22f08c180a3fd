"""One request to the legacy API through the real pipeline; engine and loader are scripted."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.exchange import Audit, CredentialLookup, Exchange
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.serving.context import Jobs, RenderPdf, RequestContext, Tokens, Uses
from mockocr.serving.pipeline import Dependencies, answer_requests
from mockocr.vendors.tencent import VENDOR
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.recognitions import HELLO

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
T = 1767323045
APPID, SECRET_ID = "1251000000", "AKIDMOCKOCR0000000000000000000000000"
SECRET = "mockocrSecretKey0000000000000000"
DEV = Account("dev", (Credential("tencent", VENDOR.credentials),))
OTHER = Account("other", (Credential("tencent", VENDOR.generate_credentials("ab" * 20)),))
PICTURE = b"bytes of a picture"
IMAGE = Image(b"", 640, 240, 3, "PNG", "d", "s", len(PICTURE))


def authorization(plain: str, secret: str = SECRET) -> str:
    """The header's value, made here and not by the code under test."""
    mac = hmac.new(secret.encode(), plain.encode(), hashlib.sha1).digest()
    return base64.b64encode(mac + plain.encode()).decode()


def plain(**changes: str) -> str:
    """The text of a valid signature, with `changes` to its fields; "-" leaves one out."""
    fields = {
        "a": APPID,
        "b": "test",
        "k": SECRET_ID,
        "e": str(T + 60),
        "t": str(T),
        "r": "1234567890",
        "u": "0",
        "f": "",
    }
    fields.update(changes)
    return "&".join(f"{name}={value}" for name, value in fields.items() if value != "-")


def request(
    body: bytes,
    content_type: str = "application/json",
    auth: str | None = None,
    options: Mapping[str, str] | None = None,
    at: datetime = NOW,
) -> Request:
    """A POST; `auth` None signs it correctly, an empty text leaves the header out."""
    value = authorization(plain()) if auth is None else auth
    headers = (("Content-Type", content_type),) if content_type else ()
    headers = (*headers, ("Authorization", value)) if value else headers
    return Request(
        "POST",
        "/ocr/general",
        "/ocr/general",
        headers,
        body=body,
        id="0" * 32,
        at=at,
        seed=7,
        size=len(body),
        options={**VENDOR.default_options("tencent"), **(options or {})},
    )


def posted(fields: Any, **how: Any) -> Request:
    """A request with a JSON body."""
    return request(dump_json(fields), **how)


def good(**how: Any) -> Request:
    return posted({"appid": APPID, "image": base64.b64encode(PICTURE).decode()}, **how)


class Reservation:
    """A reservation that compares commit and release with the audit."""

    def __init__(self, audit: Callable[[], Audit]) -> None:
        self._audit = audit

    async def commit(self) -> None:
        assert self._audit().billed

    async def release(self) -> None:
        assert not self._audit().billed


@dataclass
class Harness:
    """Everything that the pipeline needs: fixed results, and a record of what it asked for."""

    recognition: Recognition = HELLO
    refusal: ApiError | None = None
    accounts: tuple[Account, ...] = (DEV, OTHER)
    operation: str = "general"
    sources: list[Source] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    options: list[ReadOptions] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    remembered: list[tuple[datetime, datetime]] = field(default_factory=list)
    audit: Audit = field(default_factory=Audit)

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        assert vendor == "tencent"
        held = ((account, account.credential(vendor)) for account in self.accounts)
        return next((Principal(a, c) for a, c in held if c.values[field] == value), None)

    async def load(self, source: Source, limits: Limits) -> Image:
        self.sources.append(source)
        self.limits.append(limits)
        if self.refusal is not None:
            raise self.refusal
        return IMAGE

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.options.append(options)
        return self.recognition

    async def claim(self, nonce: str, until: datetime, now: datetime) -> bool:
        self.remembered.append((until, now))
        fresh = nonce not in self.used
        self.used.add(nonce)
        return fresh

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        assert operation_id == f"tencent.{self.operation}"
        return Reservation(lambda: self.audit)

    def context(self, exchange: Exchange, credentials: CredentialLookup) -> RequestContext:
        return RequestContext(
            exchange,
            credentials,
            load=self.load,
            recognize=self.recognize,
            nonces=self,
            tokens=cast(Tokens, None),  # the service issues none
            jobs=cast(Jobs, None),
            uses=cast(Uses, None),
            render_pdf=cast(RenderPdf, None),
        )

    def ask(self, request: Request) -> Response:
        self.audit = Audit()
        operation = SERVICE.operation(self.operation)
        exchange = Exchange(VENDOR, SERVICE, operation, request, self.audit)
        handle = answer_requests(Dependencies(self.context, self, self))

        async def answer() -> Response:
            return await handle(exchange)

        return asyncio.run(answer())


def ask(request: Request) -> Response:
    """The response of a fresh harness."""
    return Harness().ask(request)


def code(response: Response) -> tuple[int, int, str]:
    """HTTP status, code and message."""
    value = json.loads(response.body)
    assert response.code == str(value["code"])
    return response.status, value["code"], value["message"]


def inline(source: Source) -> Inline:
    assert isinstance(source, Inline)
    return source
