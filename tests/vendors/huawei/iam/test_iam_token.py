"""The token operation: how a token is requested, and which requests are refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mockocr.core.account import Account, Credential
from mockocr.vendors.huawei import VENDOR
from tests.vendors.huawei.harness import (
    CREDENTIAL,
    IAM,
    PROJECT,
    error,
    harness,
    issue,
    login,
    request,
    send,
    send_with_token,
)


def test_two_users_of_one_server_have_their_own_tokens() -> None:
    fresh = Credential("huawei", VENDOR.generate_credentials("fedcba98" * 5))
    to = harness(accounts=(Account("other", (fresh,)),))
    body = login(
        {"project": {"id": fresh.values["project_id"]}},
        name=fresh.values["user"],
        password=fresh.values["password"],
        domain={"name": fresh.values["domain"]},
    )
    answer = send(to, request(body, target="/v3/auth/tokens"))
    text = answer.header("x-subject-token")
    path = f"/v2/{fresh.values['project_id']}/ocr/web-image"
    assert send_with_token(to, text, target=path).status == 200
    assert send_with_token(to, text).status == 403


def test_a_token_can_be_requested_by_ids() -> None:
    to = harness()
    token_body = issue(to, {"project": {"id": PROJECT}}).json["token"]
    home = {"id": token_body["user"]["domain"]["id"]}
    assert issue(to, {"domain": home}, domain=home).json["token"]["domain"]["name"] == "mockocr"


def test_every_id_has_32_hex_digits_and_stays_the_same() -> None:
    body = login({"project": {"name": "cn-north-4"}})
    tokens = [
        send(to, request(body, target="/v3/auth/tokens")).json["token"]
        for to in (harness(), harness())
    ]
    first, second = tokens
    catalog = {entry["id"]: entry["endpoints"][0]["id"] for entry in first["catalog"]}
    ids = [first["user"]["id"], first["user"]["domain"]["id"], *catalog, *catalog.values()]
    assert all(re.fullmatch("[0-9a-f]{32}", id) for id in ids)
    assert len(set(ids)) == 6
    assert first["catalog"] == second["catalog"]
    assert first["user"] == second["user"]


def test_the_catalog_is_empty_only_with_nocatalog() -> None:
    to = harness()
    body = login({"project": {"name": "cn-north-4"}})
    whole = send(to, request(body, target="/v3/auth/tokens")).json["token"]["catalog"]
    assert {entry["name"] for entry in whole} == {"iam", "ocr"}
    empty = send(to, request(body, target="/v3/auth/tokens?nocatalog=")).json["token"]["catalog"]
    assert empty == whole
    assert issue(to).json["token"]["catalog"] == []


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        ({"password": "no"}, "password"),
        ({"password": "\ud800"}, "password"),
        ({"name": "unknown"}, "unknown user 'unknown'"),
        ({"domain": {"name": "x"}}, "mockocr"),
        ({"domain": {"id": "0" * 32}}, "mockocr"),
    ],
)
def test_wrong_names_and_passwords_get_the_same_response(user: dict[str, Any], reason: str) -> None:
    to = harness()
    answer = issue(to, **user)
    message = "The username or password is wrong."
    expected = {"error": {"code": 401, "message": message, "title": "Unauthorized"}}
    assert (answer.status, answer.json) == (401, expected)
    assert reason in to.why


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 50_000,
        {},
        {"auth": 1},
        {"auth": {"identity": []}},
        {"auth": {"identity": {"methods": "password"}}},
        login(name=7),
        login(password=None),
        login(password=""),
        login(domain="mockocr"),
        login(domain={}),
        login(domain={"id": 7}),
        login(scope=[]),
        login({"project": "cn-north-4"}),
        login({"project": {}}),
    ],
)
def test_a_body_of_another_shape_is_invalid(body: Any) -> None:
    to = harness()
    answer = send(to, request(body, target="/v3/auth/tokens"))
    message = "The request body is invalid"
    expected = {"error": {"code": 400, "message": message, "title": "Bad Request"}}
    assert (answer.status, answer.json) == (400, expected)
    assert "defect" not in to.why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "unknown"}, "unknown user 'unknown'"),
        ({"password": "no"}, "wrong password for user 'dev'"),
        ({"domain": {"name": "x"}}, "user 'dev' is of domain 'mockocr', not 'x'"),
        ({"domain": {}}, "the body is invalid: id or name must be a text that is not empty"),
        ({"password": ""}, "the body is invalid: Expected `str` of length >= 1"),
    ],
)
def test_the_journal_says_what_is_wrong_with_a_request(change: dict[str, Any], why: str) -> None:
    to = harness()
    issue(to, **change)
    assert to.why.partition(" - at ")[0] == why


def test_only_the_method_password_is_accepted() -> None:
    to = harness()
    body = login()
    body["auth"]["identity"]["methods"] = ["token"]
    assert send(to, request(body, target="/v3/auth/tokens")).status == 400
    assert to.why.startswith("the body is invalid: methods must contain password - at ")


def test_another_project_or_domain_than_the_users_is_not_found() -> None:
    to = harness()
    answer = issue(to, {"project": {"name": "cn-east-3"}})
    assert answer.status == answer.json["error"]["code"] == 404
    assert "cn-east-3" in answer.json["error"]["message"]
    assert issue(to, {"domain": {"name": "elsewhere"}}).status == 404


def test_a_disabled_user_gets_no_token() -> None:
    to = harness(state="disabled")
    answer = issue(to)
    assert answer.status == answer.json["error"]["code"] == 403
    assert to.why == "the credential of account dev is disabled"


def test_the_gateway_before_iam_has_its_own_codes() -> None:
    answer = send(harness(), request(b"", target="/v3/auth/tokens", method="GET"))
    assert error(answer)[:2] == (404, "APIGW.0101")
    answer = send(harness(), request(b"x" * (12 * 1024 * 1024 + 1), target="/v3/auth/tokens"))
    assert error(answer) == (413, "APIGW.0201", "Request entity too large.")


def test_a_user_is_looked_up_once() -> None:
    to = harness()
    assert issue(to).status == 201
    assert to.accounts.lookups == {("user", "dev"): 1}


def test_a_token_request_is_not_signed_and_its_token_header_is_ignored() -> None:
    body = request(login({"project": {"name": "cn-north-4"}}), target="/v3/auth/tokens")
    assert IAM.sign(body, CREDENTIAL) == body
    to = harness()
    assert send(to, body.with_headers(("X-Auth-Token", "stale"))).status == 201
    assert to.audit.account == "dev"


@pytest.mark.parametrize(
    ("named", "status"),
    [({"id": PROJECT, "name": ""}, 201), ({"id": "", "name": "cn-north-4"}, 400)],
)
def test_the_id_counts_where_id_and_name_are_given(named: dict[str, str], status: int) -> None:
    assert issue(harness(), {"project": named}).status == status
