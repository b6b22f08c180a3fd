"""The AccessKey in the query is the only credential, and it is really looked up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mockocr.core.account import Credential
from mockocr.vendors.tupu import VENDOR
from tests.vendors.tupu.desk import AT, TOKEN, Desk, code_of, file, keyed, multipart, with_state

GOOD = multipart(file())


def test_the_key_in_the_query_opens_the_door() -> None:
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


def test_the_journal_learns_the_cause_and_not_the_whole_key() -> None:
    desk = Desk()
    desk.serve(GOOD.replaced(query="key=somebody-elses-key"))
    assert desk.error is not None
    assert desk.error.detail == "no account has the key some… of 18 characters"
    desk.serve(GOOD.replaced(query=f"key={TOKEN}%0A"))
    assert "line end" in desk.error.detail


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("disabled", (403, 8, "secretId state abnormal")),
        ("unsubscribed", (403, 7, "secretId has no permission for the task")),
        ("expired", (403, 1, "package expired")),
        ("arrears", (403, 1, "account in arrears")),
    ],
)
def test_a_key_in_another_state_gets_its_own_refusal(
    state: str, answer: tuple[int, int, str]
) -> None:
    assert code_of(GOOD, with_state(state)) == answer


def test_a_key_ends_on_the_calls_clock() -> None:
    key = Credential("tupu", VENDOR.credentials, until=AT)
    assert code_of(GOOD, Desk(key=key)) == (403, 1, "package expired")
    assert code_of(GOOD.replaced(at=AT - timedelta(seconds=1)), Desk(key=key))[1] == 0
    unsubscribed = replace(key, state="unsubscribed")
    assert code_of(GOOD, Desk(key=unsubscribed)) == (403, 1, "package expired")


def test_signing_puts_the_key_first_and_keeps_the_rest_of_the_query() -> None:
    request = GOOD.replaced(query="a=1%202&key=old&b", target="/v3/recognition/general-ocr?a=1")
    signed = keyed(request, {"key": "x&y z"})
    assert signed.query == "key=x%26y%20z&a=1%202&b"
    assert signed.target == "/v3/recognition/general-ocr?" + signed.query
    assert VENDOR.claim(signed) == ("key", "x&y z")


def test_minted_keys_work_and_differ() -> None:
    fresh = VENDOR.mint("a1" * 20)
    assert code_of(keyed(GOOD, fresh), Desk(key=Credential("tupu", fresh)))[1] == 0
    assert (
        code_of(keyed(GOOD, VENDOR.mint("b2" * 20)), Desk(key=Credential("tupu", fresh)))[0] == 401
    )


def test_a_setting_gives_key_refusals_the_status_of_all_others() -> None:
    request = GOOD.replaced(query="", choices={"statuses": "ok"})
    assert code_of(request) == (200, 1, "authorization failed")
