"""Runs Tupu's services through the real routing and pipeline, with scripted pictures and text and
without a socket.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.exchange import Audit, CredentialLookup, Exchange
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.serving.context import RequestContext
from mockocr.serving.pipeline import Dependencies, answer_requests
from mockocr.serving.routing import Router
from mockocr.vendors.tupu import VENDOR

AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
PATH = "/v3/recognition/general-ocr"
TOKEN = VENDOR.credentials["key"]
PICTURE = b"\x89PNG" + struct.pack(">II", 200, 100)
URLS = ("http://pictures.example/1.png", "http://pictures.example/2.png")
LINE = line_of_text("Tupu 2026", Quad.upright(20, 10, 120, 60), 0.75)
RECOGNITION = Recognition((LINE,))
CREDENTIAL = Credential("tupu", VENDOR.credentials)
HOSTED, PLATFORM = VENDOR.services
ROUTER = Router((VENDOR,))


@dataclass(frozen=True)
class Accounts:
    """The account `dev` with these credentials; `found` lists every look-up."""

    credentials: Sequence[Credential]
    found: list[tuple[str, str]] = field(default_factory=list)

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        self.found.append((field, value))
        for credential in self.credentials:
            if credential.vendor == vendor and credential.values.get(field) == value:
                return Principal(Account("dev", tuple(self.credentials)), credential)
        return None


@dataclass
class Reservation:
    """One request of a quota that never runs out."""

    async def commit(self) -> None: ...

    async def release(self) -> None: ...


class Unlimited:
    """Quotas without a limit."""

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        return Reservation()


@dataclass
class Harness:
    """`sources` and `limits` are what the loader was asked for, `options` what the engine was.

    `audit` is that of the last request. With `key`, responses are signed.
    """

    recognition: Recognition = RECOGNITION
    credentials: Sequence[Credential] = (CREDENTIAL,)
    fails: ApiError | None = None
    key: bytes = b""
    sources: list[Source] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    options: list[ReadOptions] = field(default_factory=list)
    audit: Audit = field(default_factory=Audit)
    lookups: list[tuple[str, str]] = field(default_factory=list)

    def serve(self, request: Request) -> Response:
        route = ROUTER.find(request.host, request.target)
        destination = route.choose(request)
        match, service = destination.match, destination.service
        request = request.replaced(params=match.params if match else {})
        refusal = ApiError(destination.refusal) if destination.refusal else None
        self.audit = Audit()
        exchange = Exchange(
            VENDOR,
            service,
            match.operation if match else None,
            request,
            self.audit,
            refusal=refusal,
        )
        accounts = Accounts(self.credentials, self.lookups)
        dependencies = Dependencies(
            self._context, accounts, Unlimited(), signing_key=lambda signer: self.key
        )
        return asyncio.run(self._answer(dependencies, exchange))

    async def _answer(self, dependencies: Dependencies, exchange: Exchange) -> Response:
        return await answer_requests(dependencies)(exchange)

    def _context(self, exchange: Exchange, credentials: CredentialLookup) -> Context:
        unused: Any = None
        return RequestContext(
            exchange,
            credentials,
            load=self.load,
            recognize=self.recognize,
            nonces=unused,
            tokens=unused,
            jobs=unused,
            uses=unused,
            render_pdf=unused,
        )

    async def load(self, source: Source, limits: Limits) -> Image:
        self.sources.append(source)
        self.limits.append(limits)
        data = source.data if isinstance(source, Inline) else b""
        if not isinstance(source, Inline):
            if source.url not in URLS:
                raise ApiError(ErrorKind.DOWNLOAD_FAILED, f"nothing at {source.url}")
            data = PICTURE
        if not data:
            raise ApiError(ErrorKind.NO_IMAGE, "the picture is empty")
        if len(data) > limits.max_bytes:
            raise ApiError(ErrorKind.IMAGE_TOO_LARGE, f"{len(data)} bytes")
        if not data.startswith(PICTURE[:4]):
            raise ApiError(ErrorKind.BAD_IMAGE, "not a picture")
        width, height = struct.unpack(">II", data[4:12])
        return Image(b"", width, height, 1, "PNG", "", "", len(data))

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.options.append(options)
        if self.fails is not None:
            raise self.fails
        return self.recognition


def picture(width: int, height: int) -> bytes:
    return PICTURE[:4] + struct.pack(">II", width, height)


def post(body: bytes, kind: str, query: str = f"key={TOKEN}", **options: str) -> Request:
    """A request to the hosted API, with its key."""
    headers = (("Host", "tupu.apistd.com"), ("Content-Type", kind)) if kind else ()
    return Request(
        "POST",
        PATH,
        f"{PATH}?{query}" if query else PATH,
        headers,
        query,
        body,
        id="0" * 32,
        at=AT,
        seed=7,
        size=len(body),
        options={**VENDOR.default_options("tupu"), **options},
    )


def multipart(*parts: bytes, **options: str) -> Request:
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return post(body, "multipart/form-data; boundary=cut", **options)


def file(data: bytes = PICTURE, name: str = "a.png", field: str = "image") -> bytes:
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return head.encode() + b"Content-Type: image/png\r\n\r\n" + data


def text(field: str, value: str) -> bytes:
    return f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode()


def form(*pairs: tuple[str, str], **options: str) -> Request:
    return post(urlencode(pairs).encode(), "application/x-www-form-urlencoded", **options)


def as_json(value: Any, **options: str) -> Request:
    return post(json.dumps(value).encode(), "application/json", **options)


def body_of(response: Response) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(response.body)
    return body


def names(response: Response) -> Sequence[str]:
    return [entry["name"] for entry in body_of(response)["data"]["fileList"]]


def code_of(request: Request, harness: Harness | None = None) -> tuple[int, int, str]:
    """HTTP status, code and message of the response."""
    response = (harness or Harness()).serve(request)
    body = body_of(response)
    assert response.code == str(body["code"])
    return response.status, body["code"], body["message"]


def with_state(state: Any) -> Harness:
    return Harness(credentials=(replace(CREDENTIAL, state=state),))
