"""A vendor that nobody owns: the smallest whole contract, for tests of what surrounds vendors."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account, Credential
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, Evidence
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price, ocr, only
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.core.service import Vendor
from tests.asgi import Answer, ask_async

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PICTURE = b"a picture of 640x240"


def row(
    status: int, code: int | str, message: str, *problems: ErrorKind, **sample: str
) -> ErrorEntry:
    return ErrorEntry(status, code, message, "guess", problems, sample)


NAMED = (
    row(403, 9, "no calls left, buy more", ErrorKind.QUOTA_EXCEEDED),
    row(429, 10, "too fast", ErrorKind.RATE_LIMITED),
    row(401, 20, "bad signature for {key}", ErrorKind.BAD_SIGNATURE, key="some-key"),
    row(401, 21, "who are you", ErrorKind.NO_CREDENTIALS, ErrorKind.UNKNOWN_ACCOUNT),
    row(401, 22, "shown twice", ErrorKind.REPLAYED),
    row(403, 23, "key disabled", ErrorKind.FORBIDDEN),
    row(402, 24, "pay first", ErrorKind.ARREARS),
    row(402, 25, "package over", ErrorKind.PACKAGE_EXPIRED),
    row(404, 40, "nothing here", ErrorKind.NO_SUCH_OPERATION),
    row(666, -9003, "odd, reset by peer", ErrorKind.ENGINE_FAILED),
    row(500, 50, "same code, one"),
    row(503, 50, "same code, two"),
)
NEUTRAL = tuple(p for p in ErrorKind if not any(p in r.problems for r in NAMED))
CATALOGUE = (*NAMED, row(400, 99, "something else", *NEUTRAL))


def text_to_sign(request: Request) -> str:
    return f"{request.method}\n{request.path}\n{hashlib.md5(request.body).hexdigest()}"


def signature(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def claim(request: Request) -> tuple[str, str] | None:
    key = request.header("x-key")
    return ("key", key) if key else None


async def verify(request: Request, context: Context) -> Account:
    found = claim(request)
    if found is None:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "no X-Key header")
    principal = await context.accounts.find("acme", *found)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"no account has the key {found[1]}")
    text, came = text_to_sign(request), request.header("x-signature")
    right = signature(principal.credential.values["secret"], text)
    if not hmac.compare_digest(right, came):
        raise ApiError(
            ErrorKind.BAD_SIGNATURE,
            "the signature does not match: wrong secret or changed body",
            Evidence(text, request.header("x-text"), came, right),
            key=found[1],
        )
    nonce = request.header("x-nonce")
    if nonce and not await context.once(nonce, request.at + timedelta(minutes=5)):
        raise ApiError(ErrorKind.REPLAYED, f"the nonce {nonce} was shown before")
    return principal.admit(request.at)


def sign(request: Request, key: Credential) -> Request:
    made = signature(key.values["secret"], text_to_sign(request))
    signed = (("X-Key", key.values["key"]), ("X-Signature", made))
    return request.replaced(headers=(*request.headers, *signed))


def refuse(request: Request, row: ErrorEntry) -> Response:
    return Response.of_json({"code": row.code, "message": row.message}, row.status, code=row.code)


def parse(request: Request) -> OcrRequest:
    if not request.body:
        raise ApiError(ErrorKind.NO_IMAGE, "the body is empty")
    return OcrRequest((Inline(request.body),))


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    _, read = only(readings)
    lines = [
        {"text": line.text, "box": list(line.quad.bounds), "confidence": line.confidence}
        for line in read.lines
    ]
    return Response.of_json({"code": 0, "lines": lines, "engine": read.engine}, code=0)


ACME = Vendor(
    name="acme",
    title="Acme",
    hosts=("ocr.acme.test",),
    operations=tuple(
        Operation(name, ("POST",), f"/{name}", ocr(parse, render, Limits()), "guess", price=price)
        for name, price in (("read", Price("guess", 0.02)), ("scan", Price("guess", 0.02, 1)))
    ),
    catalogue=CATALOGUE,
    credentials={"key": "acme-dev-key", "secret": "acme-dev-secret"},
    claim=claim,
    verify=verify,
    sign=sign,
    refuse=refuse,
    mint=lambda text: {"key": text[:12], "secret": text[12:]},
    billable=lambda response: 200 <= response.status < 300,
    body_limit=4 * 1024 * 1024,
)

HELLO = Recognition(
    tuple(
        line_of_text(text, Quad.upright(10, top, 110, top + 20), 0.8)
        for top, text in ((10, "O0lO"), (40, "two"), (70, "three"), (100, "four"))
    ),
    engine="acme-eyes",
)


class Eyes:
    """An engine that reads the same from every picture, or refuses."""

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
    if source.data.startswith(b"broken"):
        raise ApiError(ErrorKind.BAD_IMAGE, "no picture at all")
    sha256 = hashlib.sha256(source.data).hexdigest()
    digest = hashlib.sha256(b"decoded " + source.data).hexdigest()
    return Image(b"", 640, 240, 1, "PNG", digest, sha256, len(source.data))


def mock(**options: Any) -> Mock:
    """The real composition around the made-up vendor, its clock frozen at `NOW`."""
    clock = Clock()
    clock.freeze(NOW)
    return build(**{"engine": Eyes(), "vendors": (ACME,), "load": load, "clock": clock, **options})


class Client:
    """Asks one mock, in process; control routes take and give JSON."""

    def __init__(self, to: Mock, key: Mapping[str, str] = ACME.credentials) -> None:
        self.mock = to
        self.key = Credential("acme", key)

    async def read(
        self,
        operation: str = "read",
        body: bytes = PICTURE,
        headers: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        """One signed call."""
        request = sign(
            Request("POST", f"/{operation}", headers=tuple(headers), body=body), self.key
        )
        return await ask_async(self.mock.asgi, "POST", f"/{operation}", request.headers, body)

    async def control(
        self, method: str, path: str, value: Any = None, status: int | None = None
    ) -> Any:
        """The JSON of a control route; `status`, when given, is what must come."""
        body = value if isinstance(value, bytes) else b"" if value is None else dumped(value)
        answer = await ask_async(self.mock.asgi, method, f"/_mockocr{path}", (), body)
        if status is not None:
            assert answer.status == status, (answer.status, answer.body)
        else:
            assert answer.status < 300, (answer.status, answer.body)
        return answer.json if answer.body else None

    async def refusal(self, method: str, path: str, value: Any = None) -> tuple[int, str]:
        """Status and sentence of a control route that says no."""
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
