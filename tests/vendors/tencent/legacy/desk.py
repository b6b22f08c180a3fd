"""One call to Tencent's general OCR through the real pipeline; engine and loader are scripted."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.serving.pipeline import Audit, Dependencies, Exchange, Recognize, Settle, answering
from mockocr.vendors.tencent import VENDOR
from tests.recognitions import HELLO

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
T = 1767323045
APPID, SECRET_ID = "1251000000", "AKIDMOCKOCR0000000000000000000000000"
SECRET = "mockocrSecretKey0000000000000000"
DEV = Account("dev", (Credential("tencent", VENDOR.credentials),))
OTHER = Account("other", (Credential("tencent", VENDOR.mint("ab" * 20)),))
PICTURE = b"bytes of a picture"
IMAGE = Image(b"", 640, 240, 3, "PNG", "d", "s", len(PICTURE))


def authorization(plain: str, secret: str = SECRET) -> str:
    """Made here and not by the code under test."""
    mac = hmac.new(secret.encode(), plain.encode(), hashlib.sha1).digest()
    return base64.b64encode(mac + plain.encode()).decode()


def plain(**changes: str) -> str:
    """The text of a good signature, fields replaced by `changes`, where "-" leaves one out."""
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
    choices: Mapping[str, str] | None = None,
    at: datetime = NOW,
) -> Request:
    """A POST; `auth` None signs it well, an empty text leaves the header out."""
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
        choices=choices or {},
    )


def posted(fields: Any, **how: Any) -> Request:
    """A call with a JSON body."""
    return request(dump_json(fields), **how)


def good(**how: Any) -> Request:
    return posted({"appid": APPID, "image": base64.b64encode(PICTURE).decode()}, **how)


@dataclass
class Desk:
    """Everything the pipeline asks for: fixed answers, and a record of what was asked."""

    recognition: Recognition = HELLO
    refusal: ApiError | None = None
    accounts: tuple[Account, ...] = (DEV, OTHER)
    sources: list[Source] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    options: list[ReadOptions] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    remembered: list[tuple[datetime, datetime]] = field(default_factory=list)
    audit: Audit = field(default_factory=Audit)

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        assert vendor == "tencent"
        held = ((account, account.key(vendor)) for account in self.accounts)
        return next((Principal(a, k) for a, k in held if k.values[field] == value), None)

    async def load(self, source: Source, limits: Limits) -> Image:
        self.sources.append(source)
        self.limits.append(limits)
        if self.refusal is not None:
            raise self.refusal
        return IMAGE

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.options.append(options)
        return self.recognition

    async def once(self, token: str, until: datetime, at: datetime) -> bool:
        self.remembered.append((until, at))
        fresh = token not in self.used
        self.used.add(token)
        return fresh

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        async def settle(billed: bool) -> None:
            assert billed == self.audit.billed

        return settle

    def reader(self, exchange: Exchange) -> Recognize:
        return self.recognize

    def ask(self, request: Request) -> Response:
        parts = Dependencies(self, self.load, self.reader, self.once, self)
        self.audit = Audit()
        exchange = Exchange(VENDOR, VENDOR.operations[0], request, self.audit)
        return asyncio.run(answering(parts)(exchange))


def ask(request: Request) -> Response:
    """The answer of a fresh desk."""
    return Desk().ask(request)


def code(response: Response) -> tuple[int, int, str]:
    """HTTP status, code and message."""
    value = json.loads(response.body)
    assert response.code == str(value["code"])
    return response.status, value["code"], value["message"]


def inline(source: Source) -> Inline:
    assert isinstance(source, Inline)
    return source
