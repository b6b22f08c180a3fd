"""The mistake behind a wrong signature: another secret, another text, another encoding."""

from __future__ import annotations

import base64

import pytest

from mockocr.core.account import Account, Credential, Principal
from mockocr.signing.diagnosis import (
    LARGEST_BODY,
    SigningMistake,
    diagnose,
    similar_bodies,
    similar_secrets,
)
from mockocr.signing.hmac_chain import hmac_sha256


def made(secret: str, text: str) -> bytes:
    return hmac_sha256(secret.encode(), text)


OWN = Credential("v", {"id": "me", "secret": "hid/Den"})
SAME = Credential("v", {"id": "y", "secret": "hid/Den"})
BARE = Credential("v", {"id": "z"})
ELSEWHERE = Credential("w", {"id": "me", "secret": "elsewhere"})
PRINCIPAL = Principal(
    Account("a", (OWN, SAME, BARE, ELSEWHERE, Credential("v", {"id": "x", "secret": "other"}))), OWN
)
ANOTHER_KEY = "the secret belongs to another key of the same account"
DEV = "the secret belongs to the account dev, the id does not"
BLANK = "the secret has a blank or a line end around it"
QUOTES = "the secret has quotes around it"
CHANGED = "the secret was changed in case or percent-encoded"
SECRETS = [
    ("other", ANOTHER_KEY),
    ("demo", DEV),
    ("hid/Den\n", BLANK),
    ("hid/Den\r\n", BLANK),
    ("hid/Den ", BLANK),
    (" hid/Den", BLANK),
    ("\ufeffhid/Den", BLANK),
    ('"hid/Den"', QUOTES),
    ("'hid/Den'", QUOTES),
    ("me", "the id was used in place of the secret"),
    ("", "the secret is empty"),
    ("hid/den", CHANGED),
    ("HID/DEN", CHANGED),
    ("hid%2FDen", CHANGED),
]


def test_the_secrets_that_are_confused_with_the_right_one() -> None:
    assert list(similar_secrets(PRINCIPAL, "secret", "id", "demo")) == SECRETS


def test_the_account_dev_is_no_mistake_without_an_example_or_with_the_right_one() -> None:
    for example in ("", "hid/Den"):
        assert DEV not in dict(similar_secrets(PRINCIPAL, "secret", "id", example)).values()
    assert DEV not in [cause for _, cause in similar_secrets(PRINCIPAL, "secret", "id")]


def test_a_secret_that_case_does_not_change_is_not_tried_again() -> None:
    digits = Credential("v", {"id": "me", "secret": "123"})
    tried = similar_secrets(Principal(Account("a", (digits,)), digits), "secret", "id")
    assert CHANGED not in dict(tried).values()


def test_a_credential_without_the_fields_is_compared_with_empty_ones() -> None:
    tried = list(similar_secrets(Principal(Account("a", (BARE,)), BARE), "secret", "name"))
    assert tried[0] == ("\n", BLANK)
    assert ("", "the name was used in place of the secret") in tried


@pytest.mark.parametrize(("secret", "cause"), SECRETS)
def test_a_wrong_secret_is_named(secret: str, cause: str) -> None:
    secrets = similar_secrets(PRINCIPAL, "secret", "id", "demo")
    found = diagnose(made(secret, "text").hex(), made, "text", "hid/Den", secrets)
    assert found == SigningMistake("text", cause)


RAW = bytes.fromhex("fbef3e00fbff")
assert base64.b64encode(RAW) == b"++8+APv/"
ENCODINGS = [
    ("fbef3e00fbff", "the signature is encoded in hex digits, which this vendor does not use"),
    ("FBEF3E00FBFF", "the signature is encoded in upper-case hex digits"),
    ("++8+APv/", "the signature is encoded in base64, which this vendor does not use"),
    ("%2B%2B8%2BAPv%2F", "the signature was percent-encoded once too often"),
    ("  8 APv/", "the + of the signature was not percent-encoded"),
    ("--8-APv_", "the signature is encoded in base64 for URLs, with - and _"),
    (
        "ZmJlZjNlMDBmYmZm",
        "the signature is the base64 of the hex digits instead of the digest",
    ),
]


@pytest.mark.parametrize(("received", "cause"), ENCODINGS)
def test_a_signature_in_another_encoding_is_named(received: str, cause: str) -> None:
    found = diagnose(received, lambda secret, text: RAW, "text", "hidden")
    assert found == SigningMistake("text", cause)


def test_a_signature_without_its_padding_is_named() -> None:
    received = base64.b64encode(b"four").decode().rstrip("=")
    found = diagnose(received, lambda secret, text: b"four", "text", "hidden")
    assert found == SigningMistake("text", "the signature has lost its padding")


def test_another_text_is_named_and_an_unknown_one_is_not() -> None:
    other = SigningMistake("texts", "the text was signed with an s")
    signature = made("hidden", "texts").hex()
    wrong = SigningMistake("", "the text was left out")
    assert diagnose(signature, made, "text", "hidden", texts=[wrong, other]) == other
    assert diagnose("00" * 32, made, "text", "hidden", texts=[other]) is None


@pytest.mark.parametrize("received", ["", "\ud800", "发"])
def test_a_signature_in_no_encoding_has_no_explanation(received: str) -> None:
    assert diagnose(received, lambda secret, text: b"", "text", "hidden") is None


LEFT_OUT = "the body was left out of the signature"
LINE_END = "the body gained or lost a line end after it was signed"
LINE_ENDS = "the body's line ends were changed after it was signed"
GB18030 = "the body was signed in GB18030 and sent in UTF-8"
UTF_16 = "the body was signed in UTF-16-LE and sent in UTF-8"
MARK = "the body was signed with a byte order mark and sent without"
SERIALISED = "the body's JSON was serialised again after it was signed"


def test_the_bodies_that_a_client_may_have_signed_instead_of_text() -> None:
    body = "发\r\nX\r\n".encode()
    assert list(similar_bodies(body)) == [
        (b"", LEFT_OUT),
        (body + b"\n", LINE_END),
        (body + b"\r\n", LINE_END),
        ("发\r\nX".encode(), LINE_END),
        ("发\nX\n".encode(), LINE_ENDS),
        ("发\r\nX\r\n".encode("gb18030"), GB18030),
        ("发\r\nX\r\n".encode("utf-16-le"), UTF_16),
        (b"\xef\xbb\xbf" + body, MARK),
    ]


@pytest.mark.parametrize("body", [b'"text"', b"7", b"null", b"[" * 100_000])
def test_only_objects_and_lists_are_serialised_again(body: bytes) -> None:
    assert SERIALISED not in dict(similar_bodies(body)).values()


def test_an_object_is_serialised_as_json_libraries_do() -> None:
    body = '{"b" : "发", "a":[1]}'.encode()
    signed = [text.decode() for text, cause in similar_bodies(body) if cause == SERIALISED]
    assert signed == [
        '{"b":"发","a":[1]}',
        '{"a":[1],"b":"发"}',
        '{"b":"\\u53d1","a":[1]}',
        '{"a":[1],"b":"\\u53d1"}',
        '{"b": "发", "a": [1]}',
        '{"a": [1], "b": "发"}',
        '{"b": "\\u53d1", "a": [1]}',
        '{"a": [1], "b": "\\u53d1"}',
        '{\n  "b": "发",\n  "a": [\n    1\n  ]\n}',
        '{\n    "b": "发",\n    "a": [\n        1\n    ]\n}',
    ]


def test_a_list_is_serialised_again_too() -> None:
    assert (b"[1, 2]", SERIALISED) in list(similar_bodies(b"[1,2]"))


def test_a_lone_surrogate_in_json_does_no_harm() -> None:
    assert (b'["?"]', SERIALISED) in list(similar_bodies(b'["\\ud800"]'))
    assert (b'[\n  "?"\n]', SERIALISED) in list(similar_bodies(b'["\\ud800"]'))


def test_an_empty_body_can_only_have_been_left_out() -> None:
    assert list(similar_bodies(b"")) == [(b"", LEFT_OUT)]


def test_a_body_that_is_not_utf_8_is_tried_with_other_line_ends_alone() -> None:
    assert {cause for _, cause in similar_bodies(b"\xff")} == {LEFT_OUT, LINE_END, LINE_ENDS}


def test_a_very_large_body_is_not_rewritten() -> None:
    assert LARGEST_BODY == 2097152
    assert len(list(similar_bodies(b" " * LARGEST_BODY))) > 1
    assert list(similar_bodies(b" " * (LARGEST_BODY + 1))) == [(b"", LEFT_OUT)]
