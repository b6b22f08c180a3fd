"""A request is decoded once: body, form, parts, JSON, credential and token, counted for every
operation while its sample request is answered.
"""

from __future__ import annotations

import json
import urllib.parse
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from mockocr.control.state.accounts import AccountStore
from mockocr.core import http, multipart
from mockocr.core.account import Principal
from mockocr.core.http import Request
from tests.asgi import ask
from tests.conformance import (
    CASES,
    Case,
    mock_for,
    send,
    signed_request,
    unknown_credential,
    unsigned_request,
)

every_operation = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


class Counts:
    """Counts the calls that get a whole body, and the look-ups of credentials."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
        self.decoded: Counter[str] = Counter()
        self.found: Counter[tuple[str, str, str]] = Counter()
        self._body = body
        self._text = body.decode("utf-8", "replace")
        for owner, name in (
            (msgspec.json, "decode"),
            (json, "loads"),
            (urllib.parse, "parse_qsl"),
            (http, "parse_urlencoded"),
            (http, "split"),
            (multipart, "split"),
        ):
            monkeypatch.setattr(owner, name, self._counting(name, getattr(owner, name)))
        find = AccountStore.find
        counts = self.found

        async def counting(
            store: AccountStore, vendor: str, field: str, value: str
        ) -> Principal | None:
            counts[vendor, field, value] += 1
            return await find(store, vendor, field, value)

        monkeypatch.setattr(AccountStore, "find", counting)

    def _counting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(value: Any, *more: Any, **named: Any) -> Any:
            if len(value) and value in (self._body, self._text):
                self.decoded[name] += 1
            return function(value, *more, **named)

        return counted


@every_operation
def test_a_body_is_decoded_at_most_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    request, to = signed_request(case), mock_for(case)
    counts = Counts(monkeypatch, request.body)
    answer = send(to, request)
    assert answer.status < 300
    assert sum(counts.decoded.values()) <= 1, counts.decoded
    if request.body and request.content_type != "application/octet-stream":
        assert counts.decoded, "the count sees no decoding at all"


@every_operation
def test_a_credential_is_looked_up_at_most_once(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, to = signed_request(case), mock_for(case)
    counts = Counts(monkeypatch, request.body)
    send(to, request)
    assert counts.found, "the count sees no look-up at all"
    assert set(counts.found.values()) == {1}, counts.found
    assert len(counts.found) == 1, counts.found


def test_a_token_is_opened_and_its_owner_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bearer token that the server itself issued, on the way of one request."""
    token = pytest.importorskip("mockocr.vendors.huawei.token", reason="this tree has no Huawei")
    case, issuer = CASES["huawei.web_image"], CASES["huawei.token"]
    to = mock_for(case)
    issued = send(to, signed_request(issuer))
    bearer = unsigned_request(case).with_headers(("X-Auth-Token", issued.header("x-subject-token")))
    counts = Counts(monkeypatch, bearer.body)
    opened: list[str] = []
    decode = token.decode

    def counting(text: str) -> Any:
        opened.append(text)
        return decode(text)

    monkeypatch.setattr(token, "decode", counting)
    answer = send(to, bearer)
    assert answer.status == 200, answer.body
    assert len(opened) == 1
    assert set(counts.found.values()) == {1}, counts.found


CREDENTIAL_IN_BODY = {
    "aliyun_market.platform": "the form has appid and sign",
    "huawei.token": "the JSON has user and password",
    "tupu.recognition": "the signed fields are parts of the form",
    "wechat.stable_token": "the JSON has appid and secret",
}
"""Operations whose scheme puts the credential into the body, and how."""

DECODED_TYPES = {
    "application/json",
    "application/x-amz-json-1.1",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
}
REFUSED = {"unknown_account", "bad_credentials", "bad_signature", "other", "body_too_large"}


def with_large_body(request: Request) -> Request:
    """The same request with more than a megabyte of filling, which no parser minds."""
    if request.content_type == "application/x-www-form-urlencoded":
        return request.with_body(request.body + b"&filling=" + b"x" * 1_100_000)
    return request.with_body(request.body + b" " * 1_100_000)


@every_operation
def test_a_large_body_of_an_unknown_caller_is_not_decoded(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = unsigned_request(case)
    if plain.content_type not in DECODED_TYPES:
        assert not plain.body or plain.content_type == "application/octet-stream"
        return
    large = with_large_body(plain)
    unknown = case.service.sign(large, unknown_credential(case.vendor))
    to = mock_for(case)
    counts = Counts(monkeypatch, unknown.body)
    send(to, unknown)
    decoded = sum(counts.decoded.values())
    if case.id in CREDENTIAL_IN_BODY:
        assert decoded == 1, counts.decoded
        return
    entry = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
    assert entry["problem"] in REFUSED, entry
    assert decoded == 0, counts.decoded
    if entry["problem"] != "body_too_large":
        known = case.service.sign(large, case.credential)
        counts = Counts(monkeypatch, known.body)
        send(mock_for(case), known)
        assert sum(counts.decoded.values()) == 1, "the count sees no decoding at all"
