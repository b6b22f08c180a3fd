"""Tokens: what they look like, how long they are valid, and what they allow."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr.vendors.huawei import token
from tests.vendors.huawei.harness import (
    AT,
    CREDENTIAL,
    PROJECT,
    error,
    harness,
    issued_token,
    send_with_token,
)

IAM = "Incorrect IAM authentication information: "
TIME = token.format_time(AT)
CLAIMS = token.Claims("mockocr", "dev", PROJECT, TIME, TIME, "n")
READY_MADE = CREDENTIAL.values["token"]


def test_a_token_is_valid_for_24_hours() -> None:
    to = harness()
    text = issued_token(to)
    assert send_with_token(to, text).status == 200
    to.clock.advance(24 * 3600 - 1)
    assert send_with_token(to, text).status == 200
    to.clock.advance(1)
    answer = send_with_token(to, text)
    expired = IAM + "token expires, expires_at: 2026-01-03T03:04:05.000000Z"
    assert error(answer) == (401, "APIG.0301", expired)
    assert answer.json["request_id"] == answer.header("x-request-id")
    assert to.why == "the token expired 0 s ago; tokens are valid for 24 hours"


def test_a_token_looks_like_a_real_one_and_stays_small() -> None:
    to = harness()
    first, second = issued_token(to), issued_token(to)
    assert first != second
    assert first.startswith("MII")
    assert len(first) < 2048
    raw = base64.b64decode(first, b"+-")
    assert int.from_bytes(raw[2:4], "big") == len(raw) - 4
    assert send_with_token(to, first).status == send_with_token(to, second).status == 200


def test_the_ready_made_token_never_expires() -> None:
    to = harness()
    to.clock.advance(3600 * 24 * 400)
    assert send_with_token(to, READY_MADE).status == 200


@pytest.mark.parametrize("cut", [slice(0, -1), slice(0, 40), slice(1, None), slice(0, 3)])
def test_a_token_that_is_cut_off_cannot_be_decrypted(cut: slice) -> None:
    to = harness()
    answer = send_with_token(to, issued_token(to)[cut])
    assert error(answer) == (401, "APIG.0301", IAM + "decrypt token fail")
    assert "is cut off, altered or unknown" in to.why


def test_a_token_that_is_altered_anywhere_is_refused() -> None:
    to = harness()
    text = issued_token(to)
    for index in range(0, len(text), 7):
        other = "A" if text[index] != "A" else "B"
        altered = text[:index] + other + text[index + 1 :]
        assert send_with_token(to, altered).status == 401, index


@pytest.mark.parametrize(
    "text", ["x", "MII", "MIIB" + "A" * 400, "é", "MII中", "=" * 8, "A" * 20000, "null"]
)
def test_garbage_cannot_be_decrypted(text: str) -> None:
    answer = send_with_token(harness(), text.encode().decode("latin-1"))
    assert error(answer)[2] == IAM + "decrypt token fail"


def test_a_token_from_before_a_change_of_password_must_be_updated() -> None:
    to = harness()
    answer = send_with_token(to, token.encode(CLAIMS, "the old password"))
    assert error(answer) == (401, "APIG.0307", "The token must be updated.")
    assert to.why == "the password of user 'dev' has changed since the token was issued"


@pytest.mark.parametrize("change", [{"user": "unknown"}, {"domain": "elsewhere"}])
def test_a_token_of_another_user_or_domain_cannot_be_decrypted(change: dict[str, str]) -> None:
    claims = replace(CLAIMS, expires="2027-01-01T00:00:00.000000Z", **change)
    to = harness()
    answer = send_with_token(to, token.encode(claims, "mockocr-dev"))
    assert error(answer) == (401, "APIG.0301", IAM + "decrypt token fail")
    assert to.audit.problem == "unknown_account"


@pytest.mark.parametrize("change", [{"user": 1}, {"expires": "soon"}])
def test_a_well_formed_token_with_other_claims_is_refused(change: dict[str, Any]) -> None:
    assert token.decode(token.encode(CLAIMS, "mockocr-dev")) is not None
    assert token.decode(token.encode(replace(CLAIMS, **change), "mockocr-dev")) is None


@pytest.mark.parametrize("scope", [None, {"domain": {"name": "mockocr"}}])
def test_a_token_without_a_project_does_not_allow_ocr(scope: Any) -> None:
    to = harness()
    answer = send_with_token(to, issued_token(to, scope))
    message = "Invalid Token header. The Token not contain project item. "
    assert error(answer) == (401, "ModelArts.0212", message)
    assert "request_id" not in answer.json


def test_a_token_for_another_project_than_the_paths_is_denied_except_with_project_any() -> None:
    path = f"/v2/{'f' * 32}/ocr/web-image"
    to = harness()
    assert error(send_with_token(to, issued_token(to), target=path))[:2] == (403, "ModelArts.4203")
    assert to.why == f"the path names project {'f' * 32}, but the caller's project is {PROJECT}"
    to = harness(options={"project": "any"})
    assert send_with_token(to, issued_token(to), target=path).status == 200


def test_the_project_in_the_path_must_not_be_a_placeholder() -> None:
    to = harness()
    path = "/v2/%7Bproject_id%7D/ocr/web-image"
    assert send_with_token(to, READY_MADE, target=path).status == 403
    assert "{project_id}" in to.why


@pytest.mark.parametrize("kind", ["issued", "ready-made"])
def test_a_token_is_looked_up_once(kind: str) -> None:
    to = harness()
    text = READY_MADE if kind == "ready-made" else issued_token(to)
    to.accounts.lookups.clear()
    assert send_with_token(to, text).status == 200
    assert list(to.accounts.lookups.values()) == [1]
