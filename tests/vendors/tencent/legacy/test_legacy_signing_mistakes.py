"""The journal names the mistake behind a wrong signature, and where the signed text differs."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from mockocr.core.account import Account, Credential
from mockocr.vendors.tencent import VENDOR
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.vendors.tencent.legacy.harness import (
    SECRET,
    SECRET_ID,
    Harness,
    authorization,
    good,
    plain,
)

TEXT = plain()
SORTED = "&".join(sorted(TEXT.split("&")))


def with_text(value: str, sent: str) -> str:
    """An Authorization value with another text after its HMAC."""
    return base64.b64encode(base64.b64decode(value)[:20] + sent.encode()).decode()


@pytest.mark.parametrize(
    ("signed", "cause"),
    [
        (SORTED, "the signed text had its fields in another order than the sent one"),
        (TEXT + "\n", "the text was signed with a line end after it"),
        (quote(TEXT, safe=""), "the text was signed percent-encoded, but sent unencoded"),
        (TEXT.removesuffix("&f="), "the text was signed without its empty fields"),
    ],
)
def test_a_wrong_text_is_named_and_shown(signed: str, cause: str) -> None:
    harness = Harness()
    harness.ask(good(auth=with_text(authorization(signed), TEXT)))
    assert cause in harness.audit.why
    assert harness.audit.evidence is not None
    assert harness.audit.evidence.received != harness.audit.evidence.expected == TEXT


@pytest.mark.parametrize(
    ("secret", "cause"),
    [
        (SECRET_ID, "the secret_id was used in place of the secret_key"),
        ("", "the secret_key is empty"),
        (SECRET + "\n", "the secret_key has a blank or a line end around it"),
        (f'"{SECRET}"', "the secret_key has quotes around it"),
        ("another", "wrong SecretKey, or the text was changed after it was signed"),
    ],
)
def test_a_wrong_secret_is_named(secret: str, cause: str) -> None:
    harness = Harness()
    harness.ask(good(auth=authorization(TEXT, secret)))
    assert f"the signature does not match: {cause}; computed over {TEXT!r}" == harness.audit.why
    assert harness.audit.evidence is not None
    assert harness.audit.evidence.received == harness.audit.evidence.expected == TEXT


def test_the_secret_of_another_key_and_that_of_dev_are_named() -> None:
    one, two = (
        Credential("tencent", VENDOR.generate_credentials(digit * 40)) for digit in ("1", "2")
    )
    harness = Harness(accounts=(Account("pair", (one, two)),))
    for secret, cause in (
        (two.values["secret_key"], "belongs to another key of the same account"),
        (SECRET, "belongs to the account dev"),
    ):
        wrong = Credential("tencent", {**one.values, "secret_key": secret})
        harness.ask(SERVICE.sign(good(auth=""), wrong))
        assert f"the secret_key {cause}" in harness.audit.why
