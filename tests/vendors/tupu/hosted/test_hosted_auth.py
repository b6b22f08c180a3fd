"""The AccessKey in the query is the only credential, and it is really looked up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from mockocr.core.account import Credential
from mockocr.vendors.tupu import VENDOR
from tests.vendors.tupu.harness import (
    AT,
    HOSTED,
    TOKEN,
    Harness,
    code_of,
    file,
    multipart,
    with_state,
)

GOOD = multipart(file())


def test_the_key_in_the_query_is_accepted() -> None:
    assert code_of(GOOD) == (200, 0, "success")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "key=",
        "Key=" + TOKEN,
        "key=wrong",
        f"key={TOKEN}x",
        f"key={TOKEN}%0A",
        "key=" + "k" * 129,
        f"key=wrong&key={TOKEN}",
    ],
)
def test_any_other_key_is_refused_with_401_and_code_1(query: str) -> None:
    assert code_of(GOOD.replaced(query=query)) == (401, 1, "authorization failed")


def test_a_key_in_the_body_does_not_count() -> None:
    request = multipart(
        file(), b'Content-Disposition: form-data; name="key"\r\n\r\n' + TOKEN.encode()
    )
    assert code_of(request.replaced(query=""))[:2] == (401, 1)


def test_the_journal_states_the_cause_without_the_whole_key() -> None:
    harness = Harness()
    harness.serve(GOOD.replaced(query="key=somebody-elses-key"))
    assert harness.audit.why == "unknown key some… of 18 characters"
    harness.serve(GOOD.replaced(query=f"key={TOKEN}%0A"))
    assert "line end" in harness.audit.why


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("disabled", (403, 8, "secretId state abnormal")),
        ("unsubscribed", (403, 7, "secretId has no permission for the task")),
        ("expired", (403, 1, "package expired")),
        ("arrears", (403, 1, "account in arrears")),
    ],
)
def test_each_state_of_a_key_gets_its_own_error(state: str, expected: tuple[int, int, str]) -> None:
    assert code_of(GOOD, with_state(state)) == expected


def test_a_key_expires_on_the_clock_of_the_request() -> None:
    credential = Credential("tupu", VENDOR.credentials, valid_until=AT)
    assert code_of(GOOD, Harness(credentials=(credential,))) == (403, 1, "package expired")
    assert (
        code_of(GOOD.replaced(at=AT - timedelta(seconds=1)), Harness(credentials=(credential,)))[1]
        == 0
    )
    unsubscribed = replace(credential, state="unsubscribed")
    assert code_of(GOOD, Harness(credentials=(unsubscribed,))) == (403, 1, "package expired")


def test_signing_puts_the_key_first_and_keeps_the_rest_of_the_query() -> None:
    request = GOOD.replaced(query="a=1%202&key=old&b", target="/v3/recognition/general-ocr?a=1")
    signed = HOSTED.sign(request, Credential("tupu", {"key": "x&y z"}))
    assert signed.query == "key=x%26y%20z&a=1%202&b"
    assert signed.target == "/v3/recognition/general-ocr?" + signed.query
    assert HOSTED.claimed(signed) == ("key", "x&y z")


def test_generated_keys_work_and_differ() -> None:
    first, second = (
        Credential("tupu", VENDOR.generate_credentials(text * 20)) for text in ("a1", "b2")
    )
    harness = Harness(credentials=(first,))
    assert code_of(HOSTED.sign(GOOD, first), harness)[1] == 0
    assert code_of(HOSTED.sign(GOOD, second), harness)[0] == 401


def test_the_credential_is_looked_up_once() -> None:
    harness = Harness()
    harness.serve(GOOD)
    assert harness.lookups == [("key", TOKEN)]


def test_the_option_statuses_gives_key_errors_the_status_of_all_others() -> None:
    request = multipart(file(), statuses="ok")
    assert code_of(request.replaced(query="")) == (200, 1, "authorization failed")
