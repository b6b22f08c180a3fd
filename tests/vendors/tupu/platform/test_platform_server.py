"""The platform on a whole server: its quota, its published key, and the missing extra."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account
from mockocr.core.http import Request
from mockocr.signing.rsa import verify
from mockocr.vendors.tupu import VENDOR
from tests.asgi import Answer, ask
from tests.exchange import DEFAULT_TIME, picture
from tests.recognitions import HELLO, Reader
from tests.vendors.tupu.harness import CREDENTIAL, PICTURE, PLATFORM
from tests.vendors.tupu.platform.client import upload


def mock() -> Mock:
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    return build(
        engine=Reader(HELLO),
        vendors=(VENDOR,),
        accounts=(Account("dev", (CREDENTIAL,)),),
        clock=clock,
        ids=(f"{n:032x}" for n in itertools.count(1)).__next__,
        seeds=itertools.count(1).__next__,
    )


def send(to: Mock, request: Request) -> Answer:
    request = request.with_body(request.body.replace(PICTURE, picture("hello.png")))
    return ask(to.asgi, request.method, request.target, request.headers, request.body)


def signed(to: Mock) -> Any:
    answer = send(to, PLATFORM.sign(upload(), CREDENTIAL))
    assert answer.status == 200
    return json.loads(answer.json["json"])


def test_the_published_key_verifies_the_responses() -> None:
    to = mock()
    answer = send(to, PLATFORM.sign(upload(), CREDENTIAL))
    published = ask(to.asgi, "GET", "/_mockocr/tupu.pem")
    assert published.header("content-type").startswith("application/x-pem-file")
    assert verify(published.body.decode(), answer.json["json"], answer.json["signature"])


def test_a_quota_and_a_rate_are_refused_with_status_200() -> None:
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/tupu.recognition", (), b'{"left": 1}')
    assert [signed(to)["code"] for _ in range(2)] == [0, 1]
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/tupu.recognition", (), b'{"per_second": 1}')
    assert [signed(to)["code"] for _ in range(2)] == [0, 17]


def test_without_the_extra_the_platform_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    to = mock()
    answer = send(to, upload(("signature", "eA==")))
    assert (answer.status, answer.json["error"]) == (503, "service unavailable")
    journal = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json
    assert "pip install 'mockocr[tls]'" in journal["requests"][0]["why"]
    missing = ask(to.asgi, "GET", "/_mockocr/tupu.pem")
    assert missing.status == 404
    assert "mockocr[tls]" in missing.json["error"]
    assert b'name="signature"' not in PLATFORM.sign(upload(), CREDENTIAL).body
