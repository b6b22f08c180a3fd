"""Either key, in the header or the query, and tokens that are issued for a key."""

from __future__ import annotations

import json

import pytest

from mockocr.app import Mock
from tests.asgi import Answer, ask
from tests.conformance import mock
from tests.vendors.azure.calls import HOST, KEY, OCTETS, READ, V4, VERSION, blank, call

INFO = f"/documentintelligence/info?{VERSION}"


def with_bearer(to: Mock, token: str, scheme: str = "Bearer") -> Answer:
    headers = (("Host", HOST), ("Authorization", f"{scheme} {token}"), ("Content-Type", OCTETS))
    return ask(to.asgi, "POST", READ, headers, blank())


def test_a_token_is_valid_for_ten_minutes() -> None:
    to = mock()
    token = call(to, "POST", "/sts/v1.0/issueToken").body.decode()
    to.clock.advance(599)
    assert with_bearer(to, token).status == 202
    to.clock.advance(1)
    assert with_bearer(to, token).status == 401


def test_a_token_of_an_account_is_that_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    to = mock()
    made = ask(to.asgi, "POST", "/_mockocr/accounts", body=b"{}").json
    token = call(to, "POST", "/sts/v1.0/issueToken", key=made["credentials"]["azure"]["key2"])
    assert with_bearer(to, token.body.decode()).status == 202
    (newest,) = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"]
    assert newest["account"] == made["name"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer not-issued-here"])
def test_another_authorization_gets_the_tokens_own_401(header: str) -> None:
    scheme, _, token = header.partition(" ")
    answer = with_bearer(mock(), token, scheme)
    assert (answer.status, answer.json["statusCode"]) == (401, 401)


def test_a_token_is_issued_for_a_key_only() -> None:
    to = mock()
    token = call(to, "POST", "/sts/v1.0/issueToken").body.decode()
    headers = (("Host", HOST), ("Authorization", f"Bearer {token}"))
    assert ask(to.asgi, "POST", "/sts/v1.0/issueToken", headers).status == 401


def test_the_key_in_the_header_counts_over_that_in_the_query() -> None:
    assert call(mock(), "GET", f"{INFO}&subscription-key=wrong").status == 200
    assert call(mock(), "GET", f"{INFO}&Subscription-Key={KEY}", key="wrong").status == 401


def test_either_key_of_an_account_is_accepted_in_the_query_too() -> None:
    to = mock()
    made = ask(to.asgi, "POST", "/_mockocr/accounts", body=b"{}").json["credentials"]["azure"]
    for key in (made["key"], made["key2"]):
        headers = (("Host", HOST),)
        answer = ask(to.asgi, "GET", f"{INFO}&subscription-key={key}", headers)
        assert answer.status == 200, key
        assert call(to, "GET", INFO, key=key).status == 200, key


def test_keys_of_either_length_may_be_the_first_or_the_second() -> None:
    to = mock()
    for first, second in (("a" * 32, "b" * 84), ("c" * 84, "d" * 32)):
        made = {"keys": {"azure": [{"values": {"key": first, "key2": second}}]}}
        stored = ask(to.asgi, "POST", "/_mockocr/accounts", body=json.dumps(made).encode())
        assert stored.status < 300, stored.body
        assert [call(to, "GET", INFO, key=key).status for key in (first, second)] == [200, 200]


def test_the_token_of_a_deleted_account_is_refused() -> None:
    to = mock()
    made = ask(to.asgi, "POST", "/_mockocr/accounts", body=b"{}").json
    token = call(to, "POST", "/sts/v1.0/issueToken", key=made["credentials"]["azure"]["key"])
    assert ask(to.asgi, "DELETE", f"/_mockocr/accounts/{made['name']}").status < 300
    assert with_bearer(to, token.body.decode()).status == 401
    (newest,) = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"]
    assert newest["why"] == "the account of the bearer token was deleted"


def test_query_names_are_read_in_any_case() -> None:
    assert call(mock(), "GET", f"{V4}?API-Version=2024-11-30").status == 200
