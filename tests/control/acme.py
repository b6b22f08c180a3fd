"""Acme, an invented vendor: the smallest complete contract, for tests of what surrounds vendors."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, ErrorTable, Evidence
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price, single_result
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.core.service import Service, Vendor
from tests.asgi import Answer, ask_async

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PICTURE = b"a picture of 640x240"


def entry(
    status: int, code: int | str, message: str, *kinds: ErrorKind, id: str = "", **sample: str
) -> ErrorEntry:
    return ErrorEntry(status, code, message, "guess", kinds, sample, id)


NAMED = (
    entry(403, 9, "no calls left, buy more", ErrorKind.QUOTA_EXCEEDED),
    entry(429, 10, "too fast", ErrorKind.RATE_LIMITED),
    entry(401, 20, "bad signature for {key}", ErrorKind.BAD_SIGNATURE, key="some-key"),
    entry(401, 21, "who are you", ErrorKind.NO_CREDENTIALS, ErrorKind.UNKNOWN_ACCOUNT),
    entry(401, 22, "shown twice", ErrorKind.REPLAYED),
    entry(403, 23, "key disabled", ErrorKind.FORBIDDEN),
    entry(402, 24, "pay first", ErrorKind.ARREARS),
    entry(402, 25, "package over", ErrorKind.PACKAGE_EXPIRED),
    entry(404, 40, "nothing here", ErrorKind.NO_SUCH_OPERATION),
    entry(666, -9003, "odd, reset by peer", ErrorKind.ENGINE_FAILED),
    entry(500, 50, "same code, one"),
    entry(503, 50, "same code, two", id="50 second"),
)
NEUTRAL = tuple(kind for kind in ErrorKind if not any(kind in e.kinds for e in NAMED))
ERRORS = ErrorTable((*NAMED, entry(400, 99, "something else", *NEUTRAL)))


def text_to_sign(request: Request) -> str:
    return f"{request.method}\n{request.path}\n{hashlib.md5(request.body).hexdigest()}"


def signature(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def claimed(request: Request) -> tuple[str, str] | None:
    key = request.header("x-key")
    return ("key", key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    found = claimed(request)
    if found is None:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "no X-Key header")
    principal = await context.find_credential(*found)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"no account has the key {found[1]}")
    text, received = text_to_sign(request), request.header("x-signature")
    expected = signature(principal.values["secret"], text)
    if not hmac.compare_digest(expected, received):
        raise ApiError(
            ErrorKind.BAD_SIGNATURE,
            "the signature does not match: wrong secret or changed body",
            Evidence(text, request.header("x-text"), received, expected),
            key=found[1],
        )
    nonce = request.header("x-nonce")
    if nonce and not await context.claim_nonce(nonce, request.at + timedelta(minutes=5)):
        raise ApiError(ErrorKind.REPLAYED, f"the nonce {nonce} was shown before")
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    made = signature(credential.values["secret"], text_to_sign(request))
    return request.with_headers(("X-Key", credential.values["key"]), ("X-Signature", made))


def render_error(request: Request, entry: ErrorEntry) -> Response:
    document = {"code": entry.code, "message": entry.message}
    return Response.of_json(document, entry.status, code=entry.code)


def parse(request: Request) -> OcrRequest[None]:
    if not request.body:
        raise ApiError(ErrorKind.NO_IMAGE, "the body is empty")
    return OcrRequest((source(request),), Limits(), None)


def source(request: Request) -> Inline:
    """The picture: a part, field or parameter `image` or `img`, or the whole body."""
    with contextlib.suppress(ApiError):
        if request.content_type.startswith("multipart/"):
            (part,) = (part for part in request.parts() if part.name == "image")
            if part.data.isascii():
                return Inline(base64=part.text, location="image")
            return Inline(part.data, location="image")
        if request.content_type == "application/json":
            value = request.json()
            if "items" in value:
                return Inline(base64=value["items"][0]["image"], location="items[0].image")
            fields = list(value.items())
        else:
            form = request.content_type == "application/x-www-form-urlencoded"
            fields = [*request.query_fields(), *(request.form_fields() if form else ())]
        for name, text in fields:
            if name in ("image", "img"):
                return Inline(base64=text, location=name)
    return Inline(request.body, location="body")


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    _, read = single_result(results)
    lines = [
        {"text": line.text, "box": list(line.quad.bounds), "confidence": line.confidence}
        for line in read.lines
    ]
    return Response.of_json({"code": 0, "lines": lines, "engine": read.engine}, code=0)


SERVICE = Service(
    name="acme",
    namespace="acme",
    title="Acme OCR",
    hosts=("ocr.acme.test",),
    operations=tuple(
        Operation(name, ("POST",), f"/{name}", "guess", parse, render, price=price)
        for name, price in (("read", Price("guess", 0.02)), ("scan", Price("guess", 0.02, 1)))
    ),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=lambda response: 200 <= response.status < 300,
    body_limit=4 * 1024 * 1024,
)
ACME = Vendor(
    name="acme",
    title="Acme",
    credentials={"key": "acme-dev-key", "secret": "acme-dev-secret"},
    generate_credentials=lambda text: {"key": text[:12], "secret": text[12:]},
    services=(SERVICE,),
)

HELLO = Recognition(
    tuple(
        line_of_text(text, Quad.upright(10, top, 110, top + 20), 0.8)
        for top, text in ((10, "O0lO"), (40, "two"), (70, "three"), (100, "four"))
    ),
    engine="acme-eyes",
)


class Eyes:
    """An engine that reads the same text in every picture, or raises an error."""

    name = "acme-eyes"
    languages = ("eng",)

    def __init__(self, error: ApiError | None = None) -> None:
        self.error = error
        self.count = 0

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.count += 1
        if self.error is not None:
            raise self.error
        return HELLO


async def load(source: Source, limits: Limits) -> Image:
    assert isinstance(source, Inline)
    data = source.data if source.base64 is None else base64.b64decode(source.base64)
    if data.startswith(b"broken"):
        raise ApiError(ErrorKind.BAD_IMAGE, "no picture at all")
    sha256 = hashlib.sha256(data).hexdigest()
    digest = hashlib.sha256(b"decoded " + data).hexdigest()
    return Image(b"", 640, 240, 1, "PNG", digest, sha256, len(data))


def mock(**options: Any) -> Mock:
    """A real server for the invented vendor, with its clock frozen at `NOW`."""
    clock = Clock()
    clock.freeze(NOW)
    return build(**{"engine": Eyes(), "vendors": (ACME,), "load": load, "clock": clock, **options})


class Client:
    """Sends requests to one mock in this process; control routes use JSON."""

    def __init__(self, to: Mock, key: Mapping[str, str] = ACME.credentials) -> None:
        self.mock = to
        self.key = Credential("acme", key)

    async def read(
        self,
        operation: str = "read",
        body: bytes = PICTURE,
        headers: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        """Send one signed request."""
        request = sign(
            Request("POST", f"/{operation}", headers=tuple(headers), body=body), self.key
        )
        return await ask_async(self.mock.asgi, "POST", f"/{operation}", request.headers, body)

    async def control(
        self, method: str, path: str, value: Any = None, status: int | None = None
    ) -> Any:
        """The JSON of a control route; `status`, if given, must be that of the answer."""
        body = value if isinstance(value, bytes) else b"" if value is None else dumped(value)
        answer = await ask_async(self.mock.asgi, method, f"/_mockocr{path}", (), body)
        if status is not None:
            assert answer.status == status, (answer.status, answer.body)
        else:
            assert answer.status < 300, (answer.status, answer.body)
        return answer.json if answer.body else None

    async def refusal(self, method: str, path: str, value: Any = None) -> tuple[int, str]:
        """The status and sentence with which a control route refuses."""
        body = value if isinstance(value, bytes) else b"" if value is None else dumped(value)
        answer = await ask_async(self.mock.asgi, method, f"/_mockocr{path}", (), body)
        assert 400 <= answer.status < 500, (answer.status, answer.body)
        assert list(answer.json) == ["error"]
        sentence = answer.json["error"]
        assert sentence
        assert "\n" not in sentence
        return answer.status, sentence


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()
