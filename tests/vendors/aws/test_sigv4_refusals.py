"""What AWS says of a wrong signature, to the letter: the message on the wire, and the journal's
sentence. The messages are those that other services of AWS were seen to send.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

import pytest

from mockocr.core.http import Request
from mockocr.vendors.aws import sigv4
from mockocr.vendors.aws.auth import claimed
from tests.asgi import ask
from tests.vendors.aws.caller import DEV, document, named_cause, server, signed, why

KEY, SECRET = DEV.values["access_key_id"], DEV.values["secret_access_key"]
SCOPE = f"{KEY}/20260102/us-east-1/textract/aws4_request"
NAMES = "content-type;host;x-amz-date;x-amz-target"
REQUIRES = "Authorization header requires"
DATES = f"{REQUIRES} existence of either a 'X-Amz-Date' or a 'Date' header."
HASHED = "(Hashed with SHA-256 and encoded with Base64) Authorization="
INCOMPLETE, INVALID = "IncompleteSignatureException", "InvalidSignatureException"
LONG = "x" * 100

Change = Callable[[Request], Request]


def header(name: str, value: str) -> Change:
    return lambda request: request.without_headers(name).with_headers((name, value))


def without(name: str) -> Change:
    return lambda request: request.without_headers(name)


def scope(value: str) -> Change:
    """Replace what follows the access key id in the credential, and leave the signature."""

    def change(request: Request) -> Request:
        written = request.header("authorization")
        return header("Authorization", written.replace(SCOPE, f"{KEY}{value}"))(request)

    return change


def names(value: str) -> Change:
    """Replace SignedHeaders, and leave the signature."""

    def change(request: Request) -> Request:
        written = request.header("authorization").replace(NAMES, value)
        return header("Authorization", written)(request)

    return change


@pytest.mark.parametrize(
    ("change", "code", "message", "sentence"),
    [
        (
            without("Authorization"),
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            "the Authorization header is missing or empty",
        ),
        (
            header("Authorization", "AWS4-HMAC-SHA256"),
            INCOMPLETE,
            f"{REQUIRES} 'Credential' parameter. {REQUIRES} 'Signature' parameter. "
            f"{REQUIRES} 'SignedHeaders' parameter. {HASHED}"
            "YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=",
            "the Authorization header is incomplete: "
            f"{REQUIRES} 'Credential' parameter. {REQUIRES} 'Signature' parameter. "
            f"{REQUIRES} 'SignedHeaders' parameter.",
        ),
        (
            lambda request: header("Authorization", "AWS4 Credential=a, SignedHeaders=b")(
                without("X-Amz-Date")(request)
            ),
            INCOMPLETE,
            f"{REQUIRES} 'Signature' parameter. {DATES} {HASHED}"
            "Msoc8dtZRYXED91t0/jEZzDwiF+hSkvDatVSYu/pzig=",
            f"the Authorization header is incomplete: {REQUIRES} 'Signature' parameter. {DATES}",
        ),
        (
            header("Authorization", "AWS3 Credential=a, SignedHeaders=b, Signature=c"),
            INCOMPLETE,
            f"Unsupported AWS 'algorithm'. {HASHED}HHHaXATjSYUFp72GrEJV27LLlpd6HJMvC6tc0vxOHQ8=",
            "the Authorization header is incomplete: Unsupported AWS 'algorithm'.",
        ),
        (
            scope("/20260102/us-east-1"),
            INCOMPLETE,
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            f"keyid/date/region/service/term, got '{KEY}/20260102/us-east-1'",
            f"the credential '{KEY}/20260102/us-east-1' has not five parts",
        ),
        (
            header("X-Amz-Date", f"20261302T030405Z{LONG}"),
            INCOMPLETE,
            f"Date must be in ISO-8601 'basic format'. Got '20261302T030405Z{LONG[:64]}'. See "
            "http://en.wikipedia.org/wiki/ISO_8601",
            f"the time of the signature is '20261302T030405Z{LONG[:24]}'",
        ),
        (
            header("X-Amz-Date", "20261302T030405Z"),  # a 13th month
            INCOMPLETE,
            "Date must be in ISO-8601 'basic format'. Got '20261302T030405Z'. See "
            "http://en.wikipedia.org/wiki/ISO_8601",
            "the time of the signature is '20261302T030405Z'",
        ),
        (
            lambda request: header("Date", "yesterday")(without("X-Amz-Date")(request)),
            INCOMPLETE,
            "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See "
            "http://en.wikipedia.org/wiki/ISO_8601",
            "the time of the signature is 'yesterday'",
        ),
        (
            scope("/20260102/Virginia/textract/aws4_request"),
            INVALID,
            "Credential should be scoped to a valid region. ",
            "the scope has the region 'Virginia', the host is in us-east-1",
        ),
        (
            lambda request: scope("/20260102/Virginia/textract/aws4_request")(
                header("Host", "localhost")(request)
            ),
            INVALID,
            "Credential should be scoped to a valid region. ",
            "the scope has the region 'Virginia', which is not a region",
        ),
        (
            scope("/20260102/us-east-1/s3/aws4_request"),
            INVALID,
            "Credential should be scoped to correct service: 'textract'. ",
            "the scope has the service 's3', not 'textract'",
        ),
        (
            scope(f"/20260102/us-east-1/textract/{LONG}"),
            INVALID,
            "Credential should be scoped with a valid terminator: 'aws4_request', not "
            f"'{LONG[:80]}'.",
            f"the scope ends in '{LONG[:40]}', not in 'aws4_request'",
        ),
        (
            scope("/20260101/us-east-1/textract/aws4_request"),
            INVALID,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            "HTTP: '20260101' != '20260102', from '20260102T030405Z'.",
            "the scope has the date '20260101', the signature was made at 20260102T030405Z",
        ),
        (
            names("content-type;x-amz-date"),
            INVALID,
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            "SignedHeaders does not name host",
        ),
        (
            lambda request: header(
                "Authorization", request.header("authorization").replace(KEY, "AKIA" + LONG)
            )(request),
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            f"unknown access key id 'AKIA{LONG[:76]}'",
        ),
    ],
)
def test_a_wrong_header_is_refused_to_the_letter(
    change: Change, code: str, message: str, sentence: str
) -> None:
    to = server()
    request = change(signed("DetectDocumentText", {"Document": document()}))
    answer = ask(to.asgi, "POST", "/", request.headers, request.body)
    assert answer.status == 400
    assert answer.json == {"__type": code, "message": message}
    assert why(to) == sentence


@pytest.mark.parametrize(
    ("seconds", "message"),
    [
        (
            301,
            "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z "
            "(20260102T030906Z - 5 min.)",
        ),
        (
            -301,
            "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z "
            "(20260102T025904Z + 5 min.)",
        ),
    ],
)
def test_a_time_outside_of_the_window_is_told_with_both_limits(seconds: int, message: str) -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    to.clock.advance(seconds)
    answer = ask(to.asgi, "POST", "/", request.headers, request.body)
    assert answer.json == {"__type": INVALID, "message": message}


def test_the_request_names_its_access_key_before_it_is_verified() -> None:
    request = signed("DetectDocumentText", {})
    assert claimed(request) == ("access_key_id", KEY)
    assert claimed(request.without_headers("authorization")) is None


def digest(key: str | bytes, text: str) -> bytes:
    raw = key.encode() if isinstance(key, str) else key
    return hmac.new(raw, text.encode(), hashlib.sha256).digest()


def derived(secret: str) -> bytes:
    """The signing key, step by step as the page says."""
    key: str | bytes = secret
    for part in ("20260102", "us-east-1", "textract", "aws4_request"):
        key = digest(key, part)
    assert isinstance(key, bytes)
    return key


def to_sign(canonical: str) -> str:
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    return "AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/us-east-1/textract/aws4_request\n" + hashed


def plainly(canonical: str) -> str:
    """The right signature of a canonical request."""
    return digest(derived(f"AWS4{SECRET}"), to_sign(canonical)).hex()


Sign = Callable[[str], str]


@pytest.mark.parametrize(
    ("sign", "cause"),
    [
        (
            lambda text: digest(derived(SECRET), to_sign(text)).hex(),
            "the key was derived from the secret without AWS4 before it",
        ),
        (
            lambda text: digest(SECRET, to_sign(text)).hex(),
            "the secret itself was the key of the HMAC, not the one derived from it",
        ),
        (
            lambda text: digest(derived(f"AWS4{SECRET}"), text).hex(),
            "the canonical request was signed instead of the string to sign",
        ),
        (
            lambda text: plainly(text[:-64] + text[-64:].upper()),
            "the body's hash was signed in upper case",
        ),
        (
            lambda text: plainly("\n".join(text.rsplit("\n\n", 1))),
            "the canonical request lacks the empty line after the signed headers",
        ),
        (lambda text: plainly(text.replace("POST", "GET", 1)), "the request was signed as a GET"),
        (lambda text: plainly(text.replace("POST", "PUT", 1)), "the request was signed as a PUT"),
    ],
)
def test_the_journal_names_what_was_done_wrong(sign: Sign, cause: str) -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    canonical = sigv4.build_canonical(request, NAMES.split(";"))
    right = request.cached(sigv4.parse_authorization).signature
    assert plainly(canonical) == right
    written = request.header("authorization").replace(right, sign(canonical))
    request = header("Authorization", written)(request)
    answer = ask(to.asgi, "POST", "/", request.headers, request.body)
    assert answer.json["__type"] == INVALID
    assert named_cause(to) == cause


def test_the_journal_names_headers_that_are_listed_in_another_order() -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    request = names("host;content-type;x-amz-date;x-amz-target")(request)
    assert ask(to.asgi, "POST", "/", request.headers, request.body).status == 400
    assert named_cause(to) == (
        "SignedHeaders lists the headers in another order than they were signed in"
    )


def test_the_journal_names_a_stated_hash_that_is_not_that_of_the_body() -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    stated = hashlib.sha256(b"another body").hexdigest()
    canonical = sigv4.build_canonical(request, NAMES.split(";"))
    right = request.cached(sigv4.parse_authorization).signature
    made = plainly(canonical[:-64] + stated)
    written = request.header("authorization").replace(right, made)
    request = header("Authorization", written)(request)
    request = request.with_headers(("X-Amz-Content-Sha256", stated))
    assert ask(to.asgi, "POST", "/", request.headers, request.body).status == 400
    assert named_cause(to) == "X-Amz-Content-Sha256 is not the SHA-256 of the body"
