"""A server with one scripted reading and one account of Huawei's, and requests for it."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account, Credential, State
from mockocr.core.http import Request
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.vendors.huawei import VENDOR
from tests.asgi import Answer, ask
from tests.exchange import picture
from tests.recognitions import HELLO, Reader

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KEY = Credential("huawei", VENDOR.credentials)
PROJECT = VENDOR.credentials["project_id"]
PATH = f"/v2/{PROJECT}/ocr/web-image"
TOKENS = "/v3/auth/tokens?nocatalog=1"
HELLO_PNG = base64.b64encode(picture("hello.png")).decode()
HOST = ("Host", "ocr.cn-north-4.myhuaweicloud.com")


def mock(
    reads: Recognition = HELLO,
    *,
    state: State = "active",
    auth: str = "strict",
    load: Callable[[Source, Limits], Any] | None = None,
    accounts: tuple[Account, ...] = (),
    **choices: str,
) -> Mock:
    clock = Clock()
    clock.freeze(AT)
    numbers = itertools.count(1)
    held = replace(KEY, state=state)
    return build(
        engine=Reader(reads),
        vendors=(VENDOR,),
        accounts=(Account("dev", (held,)), *accounts),
        choices={"huawei": choices},
        auth=auth,
        load=load,
        clock=clock,
        ids=lambda: f"{next(numbers):032x}",
        seeds=lambda: 7,
    )


def call(body: Any, *headers: tuple[str, str], target: str = PATH, method: str = "POST") -> Request:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    typed = (HOST, ("Content-Type", "application/json"), *headers)
    path, _, query = target.partition("?")
    return Request(method, path, target, typed, query, raw, at=AT, id="c" * 32, size=len(raw))


def send(to: Mock, request: Request, target: str = "") -> Answer:
    return ask(to.asgi, request.method, target or request.target, request.headers, request.body)


def signed(to: Mock, body: Any, key: Credential = KEY) -> Answer:
    return send(to, VENDOR.sign(call(body), key))


def bearing(to: Mock, token: str, body: Any = None, target: str = PATH) -> Answer:
    body = {"image": HELLO_PNG} if body is None else body
    return send(to, call(body, ("X-Auth-Token", token), target=target))


def login(scope: Any = None, **user: Any) -> dict[str, Any]:
    who = {"name": "dev", "password": "mockocr-dev", "domain": {"name": "mockocr"}, **user}
    auth: dict[str, Any] = {"identity": {"methods": ["password"], "password": {"user": who}}}
    if scope is not None:
        auth["scope"] = scope
    return {"auth": auth}


IN_PROJECT: Mapping[str, Any] = {"project": {"name": "cn-north-4"}}


def issue(to: Mock, scope: Any = IN_PROJECT, **user: Any) -> Answer:
    return send(to, call(login(scope, **user), target=TOKENS))


def token_of(to: Mock, scope: Any = IN_PROJECT) -> str:
    answer = issue(to, scope)
    assert answer.status == 201, answer.body
    return answer.header("x-subject-token")


def why(to: Mock) -> str:
    """What the journal says of the newest request."""
    text = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"]
    assert isinstance(text, str)
    return text


def error(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.json["error_code"], answer.json["error_msg"]


def failing(refusal: Exception) -> Callable[[Source, Limits], Any]:
    async def load(source: Source, limits: Limits) -> Image:
        raise refusal

    return load
