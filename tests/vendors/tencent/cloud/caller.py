"""Requests to API 3.0, signed here and not by the code under test, sent to both services of the
brand through routing and pipeline. Pictures are decoded; the engine is scripted.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.exchange import Audit, CredentialLookup, Exchange
from mockocr.core.http import Response
from mockocr.images.loader import Loader
from mockocr.serving.asgi import Endpoint, Options
from mockocr.serving.context import Jobs, Nonces, RenderPdf, RequestContext, Tokens, Uses
from mockocr.serving.pipeline import Dependencies, answer_requests
from mockocr.serving.routing import Router
from mockocr.vendors.tencent import VENDOR
from tests.asgi import Answer, ask
from tests.exchange import picture
from tests.recognitions import HELLO as READ
from tests.recognitions import Reader

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
T = 1767323045
SECRET_ID = "AKIDMOCKOCR0000000000000000000000000"
SECRET = "mockocrSecretKey0000000000000000"
HELLO = {"ImageBase64": base64.b64encode(picture("hello.png")).decode()}


class OneAccount:
    """The account `dev` alone, and a quota without end."""

    _account = Account("dev", (Credential("tencent", VENDOR.credentials),))

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        assert vendor == "tencent"
        credential = self._account.credential(vendor)
        found = credential.values[field] == value
        return Principal(self._account, credential) if found else None

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> OneAccount:
        return self

    async def commit(self) -> None: ...

    async def release(self) -> None: ...


@dataclass(frozen=True)
class Server:
    """The brand's services as an ASGI app, the engine that it asks, and the audit of each
    request.
    """

    asgi: Endpoint
    engine: Reader
    audits: list[Audit]


def server(options: Mapping[str, Mapping[str, str]] | None = None) -> Server:
    """A server whose engine reads `hello.png`, at the time `NOW`."""
    engine, load, accounts = Reader(READ), Loader(), OneAccount()

    def context(exchange: Exchange, credentials: CredentialLookup) -> RequestContext:
        return RequestContext(
            exchange,
            credentials,
            load=load,
            recognize=engine.recognize,
            nonces=cast(Nonces, None),  # the service claims none
            tokens=cast(Tokens, None),
            jobs=cast(Jobs, None),
            uses=cast(Uses, None),
            render_pdf=cast(RenderPdf, None),
        )

    answer_one, audits = answer_requests(Dependencies(context, accounts, accounts)), list[Audit]()

    async def answer(exchange: Exchange) -> Response:
        audits.append(exchange.audit)
        return await answer_one(exchange)

    in_force = Options((VENDOR,))
    in_force.apply(options or {})
    endpoint = Endpoint(
        Router((VENDOR,)),
        answer,
        in_force,
        ids=(f"{number:032x}" for number in itertools.count(1)).__next__,
        seeds=itertools.count(1).__next__,
        now=lambda: NOW,
    )
    return Server(endpoint, engine, audits)


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def authorization(
    body: bytes,
    signed: Mapping[str, str],
    *,
    method: str = "POST",
    path: str = "/",
    query: str = "",
    timestamp: int = T,
    service: str = "ocr",
    date: str = "2026-01-02",
    secret: str = SECRET,
) -> str:
    """TC3 step by step as on its page; `signed` are the headers as the client saw them."""
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    hashed = hashlib.sha256(body).hexdigest()
    request = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{hashed}"
    scope = f"{date}/{service}/tc3_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = f"TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{digest}"
    key = _hmac(_hmac(_hmac(f"TC3{secret}".encode(), date), service), "tc3_request")
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={SECRET_ID}/{scope}"
    return f"TC3-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"


def posted(
    value: Any,
    action: str = "GeneralBasicOCR",
    *,
    to: Server | None = None,
    host: str = "127.0.0.1:8080",
    signed_host: str = "",
    content_type: str = "application/json",
    extra: Mapping[str, str] | None = None,
    target: str = "/",
    **how: Any,
) -> Answer:
    """The response to a signed POST of JSON; `signed_host` is the host that the client signed."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    signed = {"content-type": content_type, "host": signed_host or host}
    timestamp = str(how.get("timestamp", T))
    headers = {
        "Host": host,
        "Content-Type": content_type,
        "X-TC-Action": action,
        "X-TC-Version": "2018-11-19",
        "X-TC-Timestamp": timestamp,
        "Authorization": authorization(body, signed, **how),
        **(extra or {}),
    }
    return ask((to or server()).asgi, "POST", target, tuple(headers.items()), body)


def fields(**changes: str) -> dict[str, str]:
    """The common parameters of the older signatures, and `changes`."""
    return {
        "Action": "GeneralBasicOCR",
        "Version": "2018-11-19",
        "Timestamp": str(T),
        "Nonce": "11886",
        "SecretId": SECRET_ID,
        **changes,
    }


def form(given: Mapping[str, str], host: str = "127.0.0.1:8080", signed_host: str = "") -> Answer:
    """The response to a POST of a form with HmacSHA1."""
    joined = "&".join(f"{name}={given[name]}" for name in sorted(given))
    text = f"POST{signed_host or host}/?{joined}"
    made = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest())
    body = urlencode({**given, "Signature": made.decode()}).encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return ask(server().asgi, "POST", "/", (("Host", host), kind), body)


def code(answer: Answer) -> str:
    """The code of the error, or "" for a success; the envelope is checked on the way."""
    assert answer.status == 200
    assert answer.header("content-type") == "application/json"
    response = answer.json["Response"]
    assert response["RequestId"]
    assert list(answer.json) == ["Response"]
    return str(response.get("Error", {}).get("Code", ""))


def message(answer: Answer) -> str:
    text: str = answer.json["Response"]["Error"]["Message"]
    return text
