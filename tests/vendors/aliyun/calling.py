"""Calls Alibaba Cloud's OCR over the whole server, signed or literal."""

from __future__ import annotations

import json
from typing import Any

from mockocr.app import Mock
from mockocr.core.http import Headers, Request
from tests.asgi import Answer, ask
from tests.conformance import CASES, send
from tests.exchange import picture

CASE = CASES["aliyun.recognize_general"]
HOST = "127.0.0.1:8080"
KEY, SECRET = "LTAIMOCKOCR000000000000", "mockocrSecretKey00000000000000"
NONCE = "0123456789abcdef0123456789abcdef"
TIME = "2026-01-02T03:04:05Z"


def request(
    action: str, query: str = "", body: bytes | None = None, headers: Headers = ()
) -> Request:
    """A POST of hello.png unless another body is given, not signed yet."""
    data = picture("hello.png") if body is None else body
    common = (("Host", HOST), ("x-acs-action", action), ("x-acs-version", "2021-07-07"))
    target = f"/?{query}" if query else "/"
    return Request(
        "POST", "/", target, (*common, *headers), query=query, body=data, id=NONCE, size=len(data)
    )


def call(
    to: Mock, action: str, query: str = "", body: bytes | None = None, nonce: str = NONCE
) -> Answer:
    """The answer to a signed request."""
    made = request(action, query, body).replaced(at=to.clock.now(), id=nonce)
    return send(to, CASE.service.sign(made, CASE.credential))


def data_of(answer: Answer) -> Any:
    """What the text `Data` of a success holds."""
    assert answer.status == 200, answer.body
    return json.loads(answer.json["Data"])


def newest(to: Mock) -> Any:
    """The journal's detail of the newest request."""
    (entry,) = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"]
    return ask(to.asgi, "GET", f"/_mockocr/requests/{entry['id']}").json
