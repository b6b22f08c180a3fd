"""Tokens: how they are asked for, how long they live, what they open."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mockocr.core.account import Account, Credential
from mockocr.vendors.huawei import VENDOR, token
from tests.vendors.huawei.desk import (
    AT,
    HELLO_PNG,
    KEY,
    PROJECT,
    bearing,
    error,
    issue,
    login,
    mock,
    request,
    send,
    token_of,
    why,
)

IAM = "Incorrect IAM authentication information: "
CONTENT = token.Content("mockocr", "dev", PROJECT, token.stamp(AT), token.stamp(AT), "n")


def test_a_token_opens_the_endpoint_for_24_hours_and_no_longer() -> None:
    to = mock()
    text = token_of(to)
    assert bearing(to, text).status == 200
    to.clock.advance(24 * 3600 - 1)
    assert bearing(to, text).status == 200
    to.clock.advance(1)
    answer = bearing(to, text)
    expired = IAM + "token expires, expires_at: 2026-01-03T03:04:05.000000Z"
    assert error(answer) == (401, "APIG.0301", expired)
    assert answer.json["request_id"] == answer.header("x-request-id")
    assert "ended 0 s ago" in why(to)


def test_a_token_looks_like_a_real_one_and_stays_small() -> None:
    to = mock()
    first, second = token_of(to), token_of(to)
    assert first != second
    assert first.startswith("MII")
    assert len(first) < 2048
    raw = base64.b64decode(first, b"+-")
    assert int.from_bytes(raw[2:4], "big") == len(raw) - 4
    assert bearing(to, first).status == bearing(to, second).status == 200


def test_the_ready_made_token_never_ends() -> None:
    to = mock()
    to.clock.advance(3600 * 24 * 400)
    assert bearing(to, KEY.values["token"]).status == 200


@pytest.mark.parametrize("cut", [slice(0, -1), slice(0, 40), slice(1, None), slice(0, 3)])
def test_a_token_cut_off_cannot_be_decrypted(cut: slice) -> None:
    to = mock()
    answer = bearing(to, token_of(to)[cut])
    assert error(answer) == (401, "APIG.0301", IAM + "decrypt token fail")


def test_a_token_altered_at_any_place_is_refused() -> None:
    to = mock()
    text = token_of(to)
    for index in range(0, len(text), 7):
        other = "A" if text[index] != "A" else "B"
        assert bearing(to, text[:index] + other + text[index + 1 :]).status == 401, index


@pytest.mark.parametrize(
    "text", ["x", "MII", "MIIB" + "A" * 400, "é", "MII中", "=" * 8, "A" * 20000, "null"]
)
def test_garbage_for_a_token_cannot_be_decrypted(text: str) -> None:
    assert error(bearing(mock(), text.encode().decode("latin-1")))[2] == IAM + "decrypt token fail"


def test_a_token_from_before_a_new_password_must_be_updated() -> None:
    text = token.sealed(CONTENT, "the old password")
    to = mock()
    assert error(bearing(to, text)) == (401, "APIG.0307", "The token must be updated.")
    assert "password of user dev has changed" in why(to)


@pytest.mark.parametrize("change", [{"user": "stranger"}, {"domain": "elsewhere"}])
def test_a_token_of_another_user_or_domain_cannot_be_decrypted(change: dict[str, str]) -> None:
    fields = {"domain": "mockocr", "user": "dev", **change}
    content = token.Content(
        **fields, project_id=PROJECT, issued="", expires="2027-01-01T00:00:00.000000Z", nonce=""
    )
    answer = bearing(mock(), token.sealed(content, "mockocr-dev"))
    assert error(answer) == (401, "APIG.0301", IAM + "decrypt token fail")


@pytest.mark.parametrize("scope", [None, {"domain": {"name": "mockocr"}}])
def test_a_token_without_project_does_not_open_ocr(scope: Any) -> None:
    to = mock()
    answer = bearing(to, token_of(to, scope))
    message = "Invalid Token header. The Token not contain project item. "
    assert error(answer) == (401, "ModelArts.0212", message)
    assert "request_id" not in answer.json


def test_a_token_for_another_project_than_the_paths_is_denied_unless_any_will_do() -> None:
    path = f"/v2/{'f' * 32}/ocr/web-image"
    to = mock()
    assert error(bearing(to, token_of(to), target=path))[:2] == (403, "ModelArts.4203")
    assert "f" * 32 in why(to)
    to = mock(project="any")
    assert bearing(to, token_of(to), target=path).status == 200


def test_the_paths_project_may_not_stay_a_placeholder() -> None:
    to = mock()
    answer = bearing(to, KEY.values["token"], target="/v2/%7Bproject_id%7D/ocr/web-image")
    assert answer.status == 403
    assert "{project_id}" in why(to)


def test_two_users_of_one_server_have_their_own_tokens() -> None:
    fresh = Credential("huawei", VENDOR.mint("fedcba98" * 5))
    to = mock(accounts=(Account("other", (fresh,)),))
    body = login(
        {"project": {"id": fresh.values["project_id"]}},
        name=fresh.values["user"],
        password=fresh.values["password"],
        domain={"name": fresh.values["domain"]},
    )
    answer = send(to, request(body, target="/v3/auth/tokens"))
    text = answer.header("x-subject-token")
    path = f"/v2/{fresh.values['project_id']}/ocr/web-image"
    assert bearing(to, text, target=path).status == 200
    assert bearing(to, text).status == 403


def test_a_token_is_asked_for_with_ids_as_well() -> None:
    to = mock()
    token_body = issue(to, {"project": {"id": PROJECT}}).json["token"]
    home = {"id": token_body["user"]["domain"]["id"]}
    assert issue(to, {"domain": home}, domain=home).json["token"]["domain"]["name"] == "mockocr"


def test_the_catalog_is_left_out_only_when_asked() -> None:
    to = mock()
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
        ({"name": "nobody"}, "nobody"),
        ({"domain": {"name": "x"}}, "mockocr"),
        ({"domain": {"id": "0" * 32}}, "mockocr"),
    ],
)
def test_wrong_names_and_passwords_get_one_answer(user: dict[str, Any], reason: str) -> None:
    to = mock()
    answer = issue(to, **user)
    message = "The username or password is wrong."
    expected = {"error": {"code": 401, "message": message, "title": "Unauthorized"}}
    assert (answer.status, answer.json) == (401, expected)
    assert reason in why(to)


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
def test_a_body_of_the_wrong_shape_is_invalid(body: Any) -> None:
    to = mock()
    answer = send(to, request(body, target="/v3/auth/tokens"))
    message = "The request body is invalid"
    expected = {"error": {"code": 400, "message": message, "title": "Bad Request"}}
    assert (answer.status, answer.json) == (400, expected)
    assert "defect" not in why(to)


def test_a_project_or_domain_that_the_user_does_not_have_is_not_found() -> None:
    to = mock()
    answer = issue(to, {"project": {"name": "cn-east-3"}})
    assert answer.status == answer.json["error"]["code"] == 404
    assert "cn-east-3" in answer.json["error"]["message"]
    assert issue(to, {"domain": {"name": "elsewhere"}}).status == 404


def test_a_disabled_user_gets_no_token() -> None:
    answer = issue(mock(state="disabled"))
    assert answer.status == answer.json["error"]["code"] == 403


def test_the_gateway_before_the_identity_service_has_codes_of_its_own() -> None:
    answer = send(mock(), request(b"", target="/v3/auth/tokens", method="GET"))
    assert error(answer)[:2] == (404, "APIGW.0101")
    answer = send(mock(), request(b"x" * (12 * 1024 * 1024 + 1), target="/v3/auth/tokens"))
    assert error(answer) == (413, "APIGW.0201", "Request entity too large.")


def test_a_token_that_is_whole_but_holds_other_things_is_refused() -> None:
    for values in ({"user": 1}, {"expires": "soon"}):
        fields: dict[str, Any] = {name: getattr(CONTENT, name) for name in CONTENT.__slots__}
        odd = token.Content(**{**fields, **values})
        assert token.opened(token.sealed(odd, "mockocr-dev")) is None
    assert token.opened(token.sealed(CONTENT, "mockocr-dev")) is not None
    assert bearing(mock(), "MII", {"image": HELLO_PNG}).status == 401
