"""A counter where Tupu's contract is served alone: scripted pictures and text, no server."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.vendors.tupu import VENDOR

AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
PATH = "/v3/recognition/general-ocr"
TOKEN = VENDOR.credentials["key"]
PICTURE = b"\x89PNG" + struct.pack(">II", 200, 100)
URLS = ("http://pictures.example/1.png", "http://pictures.example/2.png")
LINE = line_of_text("Tupu 2026", Quad.upright(20, 10, 120, 60), 0.75)
READING = Recognition((LINE,))
KEY = Credential("tupu", VENDOR.credentials)


@dataclass(frozen=True)
class Owner:
    """The one account that there is, found by its one key."""

    key: Credential

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        known = vendor == self.key.vendor and self.credential.values.get(field) == value
        return Principal(Account("dev", (self.key,)), self.key) if known else None


@dataclass
class Desk:
    """`sources` and `limits` are what was asked of the loader, `options` what of the engine."""

    reads: Recognition = READING
    key: Credential = KEY
    fails: ApiError | None = None
    sources: list[Source] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    options: list[ReadOptions] = field(default_factory=list)
    error: ApiError | None = None

    def serve(self, request: Request) -> Response:
        return asyncio.run(self._serve(request))

    async def _serve(self, request: Request) -> Response:
        context = Context(
            accounts=Owner(self.key), load=self.load, recognize=self.read, once=self._once
        )
        try:
            account = await VENDOR.verify(request, context)
            return await VENDOR.operations[0].run(request, account, context)
        except ApiError as error:
            self.error = error
            why = error.why
            row = VENDOR.row(why) if isinstance(why, ErrorKind) else why
            return VENDOR.refuse(request, row)

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

    async def read(self, image: Image, options: ReadOptions) -> Recognition:
        self.options.append(options)
        if self.fails is not None:
            raise self.fails
        return self.reads

    async def _once(self, token: str, until: datetime) -> bool:
        raise AssertionError("an AccessKey has no nonce")


def picture(width: int, height: int) -> bytes:
    return PICTURE[:4] + struct.pack(">II", width, height)


def post(body: bytes, kind: str, query: str = f"key={TOKEN}", **choices: str) -> Request:
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
        choices=choices,
    )


def multipart(*parts: bytes, **choices: str) -> Request:
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return post(body, "multipart/form-data; boundary=cut", **choices)


def file(data: bytes = PICTURE, name: str = "a.png", field: str = "image") -> bytes:
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return head.encode() + b"Content-Type: image/png\r\n\r\n" + data


def text(field: str, value: str) -> bytes:
    return f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode()


def form(*pairs: tuple[str, str], **choices: str) -> Request:
    return post(urlencode(pairs).encode(), "application/x-www-form-urlencoded", **choices)


def as_json(value: Any, **choices: str) -> Request:
    return post(json.dumps(value).encode(), "application/json", **choices)


def body_of(response: Response) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(response.body)
    return body


def names(response: Response) -> Sequence[str]:
    return [entry["name"] for entry in body_of(response)["data"]["fileList"]]


def code_of(request: Request, desk: Desk | None = None) -> tuple[int, int, str]:
    """HTTP status, code and message of the answer."""
    response = (desk or Desk()).serve(request)
    body = body_of(response)
    assert response.code == str(body["code"])
    return response.status, body["code"], body["message"]


def keyed(request: Request, values: Mapping[str, str]) -> Request:
    return VENDOR.sign(request, Credential("tupu", values))


def with_state(state: Any) -> Desk:
    return Desk(key=replace(KEY, state=state))
