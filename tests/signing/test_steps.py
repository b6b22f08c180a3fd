"""The steps that signing schemes share, against values that others published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.canonical_request import canonical_request
from mockocr.signing.clock_window import clock_error
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_bodies, similar_secrets
from mockocr.signing.hmac_chain import derive_key, hmac_sha256, sha256_hex
from mockocr.signing.verification import Candidate, require_signature

# docs: AWS, "Create a signed AWS API request", the worked example for iam, us-east-1, 20150830
AWS_SECRET = b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
AWS_CANONICAL = canonical_request(
    "GET",
    "/",
    "Action=ListUsers&Version=2010-05-08",
    [
        ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("host", "iam.amazonaws.com"),
        ("x-amz-date", "20150830T123600Z"),
    ],
    sha256_hex(b""),
)


def test_a_canonical_request_hashes_as_in_the_aws_example() -> None:
    assert (
        sha256_hex(AWS_CANONICAL.encode())
        == "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
    )


def test_a_derived_key_signs_as_in_the_aws_example() -> None:
    key = derive_key(AWS_SECRET, "20150830", "us-east-1", "iam", "aws4_request")
    assert key.hex() == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
    text = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n" + sha256_hex(
        AWS_CANONICAL.encode()
    )
    assert (
        hmac_sha256(key, text).hex()
        == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )


def test_hosts_are_tried_as_sent_without_port_and_real() -> None:
    request = Request("GET", "/", headers=(("Host", "localhost:8080"),))
    assert candidate_hosts(request, "ocr.example.com", "localhost") == (
        "localhost:8080",
        "localhost",
        "ocr.example.com",
    )


def test_targets_are_tried_without_and_with_the_prefix() -> None:
    request = Request("GET", "/a", target="/a?b=1", prefix="/vendor")
    assert candidate_targets(request) == ("/a?b=1", "/vendor/a?b=1")
    assert candidate_targets(Request("GET", "/a")) == ("/a",)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (1000, ""),
        (700, ""),
        (1300, ""),
        (699, "X-Date is 301 s behind the clock; 300 s are allowed"),
        (1301, "X-Date is 301 s ahead of the clock; 300 s are allowed"),
        (
            1000 + 8 * 3600,
            "X-Date is 28800 s ahead of the clock; 300 s are allowed; "
            "that is 8 h, as when local time is sent instead of UTC",
        ),
    ],
)
def test_a_clock_error_says_which_way_and_how_far(sent: float, sentence: str) -> None:
    assert clock_error("X-Date", sent, 1000, timedelta(seconds=300)) == sentence


def made(secret: str, text: str) -> bytes:
    return hmac_sha256(secret.encode(), text)


OWN = Credential("v", {"id": "me", "secret": "hidden"})
PRINCIPAL = Principal(Account("a", (OWN, Credential("v", {"id": "x", "secret": "other"}))), OWN)


@pytest.mark.parametrize(
    ("secret", "cause"),
    [
        ("other", "the secret belongs to another key of the same account"),
        ("demo", "the secret belongs to the account dev, the id does not"),
        ("hidden\n", "the secret has a blank or a line end around it"),
        ('"hidden"', "the secret has quotes around it"),
        ("me", "the id was used in place of the secret"),
        ("", "the secret is empty"),
        ("HIDDEN", "the secret was changed in case or percent-encoded"),
    ],
)
def test_a_wrong_secret_is_named(secret: str, cause: str) -> None:
    secrets = similar_secrets(PRINCIPAL, "secret", "id", "demo")
    found = diagnose(made(secret, "text").hex(), made, "text", "hidden", secrets)
    assert found == SigningMistake("text", cause)


def test_a_signature_in_another_encoding_is_named() -> None:
    found = diagnose(made("hidden", "text").hex().upper(), made, "text", "hidden")
    assert found is not None
    assert found.cause == "the signature is encoded in upper-case hex digits"


def test_another_text_is_named_and_an_unknown_one_is_not() -> None:
    other = SigningMistake("texts", "the text was signed with an s")
    signature = made("hidden", "texts").hex()
    assert diagnose(signature, made, "text", "hidden", texts=[other]) == other
    assert diagnose("00" * 32, made, "text", "hidden", texts=[other]) is None


@pytest.mark.parametrize(
    ("signed", "cause"),
    [
        (b"", "the body was left out of the signature"),
        (b'{"a": "\xe5\x8f\x91"}\n', "the body gained or lost a line end after it was signed"),
        (b'{"a":"\xe5\x8f\x91"}', "the body's JSON was serialised again after it was signed"),
        (
            '{"a": "发"}'.encode("gb18030"),
            "the body was signed in GB18030 and sent in UTF-8",
        ),
    ],
)
def test_a_body_that_changed_on_the_way_is_named(signed: bytes, cause: str) -> None:
    causes = dict(similar_bodies('{"a": "发"}'.encode()))
    assert causes[signed] == cause


def test_any_candidate_will_do_and_the_first_one_explains_a_refusal() -> None:
    candidates = [Candidate("first", "aa"), Candidate("second", "bb", shown="second, shown")]
    require_signature("bb", candidates, lambda text: None, "wrong key")
    with pytest.raises(ApiError) as caught:
        require_signature("cc", candidates, lambda text: None, "wrong key", fact="x")
    error = caught.value
    assert error.reason is ErrorKind.BAD_SIGNATURE
    assert error.detail == "the signature does not match: wrong key; computed over 'first'"
    assert error.evidence is not None
    assert (error.evidence.signature, error.evidence.expected_signature) == ("cc", "aa")
    assert error.facts == {"fact": "x"}
