"""The steps that signing schemes share, against values that others published."""

from __future__ import annotations

import hmac
from datetime import timedelta

import pytest

from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.canonical_request import canonical_request
from mockocr.signing.clock_window import clock_error, zone_hint
from mockocr.signing.diagnosis import SigningMistake
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


@pytest.mark.parametrize(
    ("behind", "hint"),
    [
        (1680, ""),
        (3600 - 121, ""),
        (3600 - 120, "; that is 1 h, as when local time is sent instead of UTC"),
        (3600 + 120, "; that is 1 h, as when local time is sent instead of UTC"),
        (3600 + 121, ""),
        (-19800, "; that is 5.5 h, as when local time is sent instead of UTC"),
        (14 * 3600 + 120, "; that is 14 h, as when local time is sent instead of UTC"),
        (14 * 3600 + 121, ""),
        (14.5 * 3600, ""),
        (0.5 * 3600, ""),
    ],
)
def test_a_time_zone_is_a_half_hour_between_1_and_14_hours(behind: float, hint: str) -> None:
    assert zone_hint(behind) == hint


def test_a_hint_of_the_scheme_replaces_that_of_the_time_zone() -> None:
    sentence = clock_error("X-Date", 0, 3600, timedelta(seconds=300), "; it looks like seconds")
    assert sentence.endswith("300 s are allowed; it looks like seconds")


def test_a_clock_that_is_half_a_second_behind_is_behind() -> None:
    sentence = clock_error("X-Date", 1000, 1000.5, timedelta(0))
    assert sentence == "X-Date is 0 s behind the clock; 0 s are allowed"


def test_bytes_that_are_not_utf_8_are_signed_as_they_were_sent() -> None:
    assert hmac_sha256(b"key", b"\xff".decode("utf-8", "surrogateescape")) == hmac.digest(
        b"key", b"\xff", "sha256"
    )


def test_each_candidate_is_accepted_and_the_first_one_explains_a_refusal() -> None:
    candidates = [Candidate("first", "aa"), Candidate("second", "bb", shown="second, shown")]
    require_signature("bb", candidates, lambda text: None, "wrong key")
    with pytest.raises(ApiError) as caught:
        require_signature("cc", candidates, lambda text: None, "wrong key", fact="x")
    error = caught.value
    assert error.reason is ErrorKind.BAD_SIGNATURE
    assert error.detail == "the signature does not match: wrong key; computed over 'first'"
    assert error.evidence is not None
    assert error.evidence == Evidence("first", "", "cc", "aa")
    assert error.facts == {"fact": "x"}


def test_the_journal_gets_the_shown_text_and_the_text_of_the_mistake() -> None:
    candidate = Candidate("text with secret", "aa", shown="text with ***")
    asked: list[str] = []

    def explain(text: str) -> SigningMistake:
        asked.append(text)
        return SigningMistake("other text", "another text was signed")

    with pytest.raises(ApiError) as caught:
        require_signature("bb", [candidate], explain, "wrong key", ErrorKind.EXPIRED)
    error = caught.value
    assert asked == ["text with secret"]
    assert error.reason is ErrorKind.EXPIRED
    assert error.detail == (
        "the signature does not match: another text was signed; computed over 'text with ***'"
    )
    assert error.evidence == Evidence("text with ***", "other text", "bb", "aa")


@pytest.mark.parametrize("received", ["\ud800", "?", "发"])
def test_a_signature_that_is_not_ascii_is_refused_like_any_other(received: str) -> None:
    with pytest.raises(ApiError, match="wrong key"):
        require_signature(received, [Candidate("text", "aa")], lambda text: None, "wrong key")
    with pytest.raises(ApiError, match="wrong key"):
        require_signature("aa", [Candidate("text", received)], lambda text: None, "wrong key")
