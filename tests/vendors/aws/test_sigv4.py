"""Signature Version 4 against botocore's own signer, and what the journal says of wrong ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mockocr.core.account import Account, Credential
from mockocr.core.http import Request
from mockocr.vendors.aws import VENDOR, sigv4
from tests.asgi import ask
from tests.conformance import mock
from tests.exchange import DEFAULT_TIME
from tests.vendors.aws.caller import DEV, HOST, document, named_cause, send, server, signed, why

TIME = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
BYTES = b'{"Document": {"Bytes": "iVBORw0KGgo="}}'
OBJECT = b'{"Document": {"S3Object": {"Bucket": "mock-bucket", "Name": "a.png"}}}'


@pytest.mark.parametrize(
    ("host", "token", "scope", "body", "expected"),
    [
        (
            "127.0.0.1:8080",
            "",
            "us-east-1",
            BYTES,
            "108892971b3667d4457fdaf649a7904569a38f2874ce99d30bf3342c3deb6076",
        ),
        (
            "textract.us-east-1.amazonaws.com",
            "",
            "us-east-1",
            OBJECT,
            "a4b1344879afde72725d770d33b5b767c7b2040c969d695c8986009736c6240c",
        ),
        (
            "127.0.0.1:8080",
            "TOKEN123",
            "eu-west-1",
            BYTES,
            "e0348cf0a031fbb53dfb2d8477b484f932e67dcdfb600082009336c4dba5d65a",
        ),
    ],
)
def test_signatures_are_those_of_botocore(
    host: str, token: str, scope: str, body: bytes, expected: str
) -> None:
    headers = [
        ("Host", host),
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Date", "20231114T221320Z"),
        ("X-Amz-Target", "Textract.DetectDocumentText"),
    ]
    if token:
        headers.append(("X-Amz-Security-Token", token))
    request = Request("POST", "/", "/", tuple(headers), body=body, at=TIME)
    names = sorted(name.lower() for name, _ in headers)
    parts = ("20231114", scope, "textract", "aws4_request")
    canonical = sigv4.build_canonical(request, names)
    text = sigv4.string_to_sign("20231114T221320Z", "/".join(parts), canonical)
    assert sigv4.signature(DEV.values["secret_access_key"], parts, text) == expected


def test_the_canonical_request_has_the_hash_that_botocore_computes() -> None:
    request = signed("DetectDocumentText", {}, at=TIME).with_body(BYTES)
    names = ("content-type", "host", "x-amz-date", "x-amz-target")
    request = request.without_headers("host").with_headers(("Host", "127.0.0.1:8080"))
    hashed = "0e38ef163a6c7dc250ce5fcfee91adaeceef1768075758aa8d8867f35e82da44"
    canonical = sigv4.build_canonical(request, names)
    assert sigv4.string_to_sign("d", "s", canonical) == f"AWS4-HMAC-SHA256\nd\ns\n{hashed}"


def test_repeated_headers_are_joined_and_their_blanks_folded() -> None:
    request = Request(
        "POST", "/", "/", (("Host", "h"), ("X-A", "  one   two "), ("x-a", "three")), at=TIME
    )
    canonical = sigv4.build_canonical(request, ("host", "x-a"))
    assert canonical.split("\n")[3:6] == ["host:h", "x-a:one two,three", ""]


def test_the_query_is_sorted_and_encoded_and_the_path_encoded_again() -> None:
    request = Request("GET", "/a b", "/a%20b?b=2&a=%2F~&c", (("Host", "h"),), at=TIME)
    lines = sigv4.build_canonical(request, ("host",)).split("\n")
    assert lines[:3] == ["GET", "/a%2520b", "a=%2F~&b=2&c="]


def test_a_client_that_leaves_the_port_out_of_its_signature_is_accepted() -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()}, host="localhost")
    other = request.without_headers("host").with_headers(("Host", "localhost:8080"))
    assert ask(to.asgi, "POST", "/", other.headers, other.body).status == 200


def test_a_client_that_signs_the_real_host_is_accepted_behind_any_other() -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()}, host=HOST)
    other = request.without_headers("host").with_headers(("Host", "ocr.test"))
    assert ask(to.asgi, "POST", "/", other.headers, other.body).status == 200


def test_a_session_token_is_compared_if_the_option_names_one() -> None:
    to = server(session_token="TOKEN123")
    refused = send(to, "DetectDocumentText", {"Document": document()})
    assert refused.json["__type"] == "UnrecognizedClientException"
    assert why(to) == "the request has no session token; the option demands a certain one"


def test_the_region_of_a_real_host_must_be_that_of_the_scope() -> None:
    to = server()
    request = signed("DetectDocumentText", {}, host="textract.eu-west-1.amazonaws.com")
    other = request.without_headers("host").with_headers(("Host", HOST))
    answer = ask(to.asgi, "POST", "/", other.headers, other.body)
    assert answer.json["message"] == "Credential should be scoped to a valid region. "
    assert why(to) == "the scope has the region 'eu-west-1', the host is in us-east-1"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("disabled", "UnrecognizedClientException"),
        ("unsubscribed", "SubscriptionRequiredException"),
        ("arrears", "SubscriptionRequiredException"),
        ("expired", "ExpiredTokenException"),
    ],
)
def test_every_state_of_a_credential_has_its_error(state: str, code: str) -> None:
    values = VENDOR.generate_credentials("a" * 40)
    credential = Credential("aws", values, state)  # type: ignore[arg-type] # parametrized
    to = mock(accounts=[Account("poor", (credential,))])
    answer = send(to, "DetectDocumentText", {"Document": document()}, credential=credential)
    assert (answer.status, answer.json["__type"]) == (400, code)
    assert answer.json["message"]


def test_a_date_header_takes_the_place_of_x_amz_date() -> None:
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    request = request.without_headers("x-amz-date", "authorization").with_headers(
        ("Date", "Fri, 02 Jan 2026 03:04:05 GMT")
    )
    names = ("content-type", "date", "host", "x-amz-target")
    scope = ("20260102", "us-east-1", "textract", "aws4_request")
    text = sigv4.string_to_sign(
        "20260102T030405Z", "/".join(scope), sigv4.build_canonical(request, names)
    )
    made = sigv4.signature(DEV.values["secret_access_key"], scope, text)
    value = (
        f"AWS4-HMAC-SHA256 Credential={DEV.values['access_key_id']}/{'/'.join(scope)}, "
        f"SignedHeaders={';'.join(names)}, Signature={made}"
    )
    request = request.with_headers(("Authorization", value))
    assert ask(to.asgi, "POST", "/", request.headers, request.body).status == 200


def mistaken(**how: object) -> str:
    """What the journal says of a request that is signed with a mistake."""
    to = server()
    request = signed("DetectDocumentText", {"Document": document()})
    header = request.cached(sigv4.parse_authorization)
    canonical = sigv4.build_canonical(request, header.headers, **how)  # type: ignore[arg-type]
    date = request.header("x-amz-date")
    text = sigv4.string_to_sign(date, "/".join(header.scope), canonical)
    made = sigv4.signature(DEV.values["secret_access_key"], header.scope, text)
    value = request.header("authorization").replace(header.signature, made)
    request = request.without_headers("authorization").with_headers(("Authorization", value))
    answer = ask(to.asgi, "POST", "/", request.headers, request.body)
    assert answer.json["__type"] == "InvalidSignatureException"
    return named_cause(to)


def test_the_journal_names_an_unsigned_payload() -> None:
    found = mistaken(payload="UNSIGNED-PAYLOAD")
    assert found == "the body was signed as UNSIGNED-PAYLOAD, which only S3 accepts"


def test_the_journal_names_an_empty_body_that_was_signed() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert mistaken(payload=empty) == "the body was left out of the signature"


def test_the_journal_names_another_path() -> None:
    found = mistaken(target="//")
    assert found == "another path was signed than the one that was sent"


def test_the_journal_names_a_secret_with_a_line_end() -> None:
    to = server()
    secret = DEV.values["secret_access_key"] + "\n"
    wrong = Credential("aws", {**DEV.values, "secret_access_key": secret})
    assert send(to, "DetectDocumentText", {}, credential=wrong).status == 400
    assert named_cause(to) == "the secret_access_key has a blank or a line end around it"


def test_a_presigned_query_is_that_of_botocore() -> None:
    """botocore.auth.S3SigV4QueryAuth 1.44.8 at that time, for 300 s."""
    query = sigv4.presigned_query(
        "GET", "127.0.0.1:9000", "/bucket/a.png", ("us-east-1", "s3"), DEV, TIME
    )
    assert query == PRESIGNED


PRESIGNED = (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAMOCKOCR000000000%2F20231114%2Fus-east-1"
    "%2Fs3%2Faws4_request&X-Amz-Date=20231114T221320Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=623c64312df743e815432c060682a3a0f74726824aca5a49797253494cc608b8"
)


def test_the_window_is_five_minutes_either_way() -> None:
    for seconds, status in ((300, 200), (301, 400), (-300, 200), (-301, 400)):
        to = server()
        request = signed("DetectDocumentText", {"Document": document()}, at=DEFAULT_TIME)
        to.clock.freeze(DEFAULT_TIME + timedelta(seconds=seconds))
        answer = ask(to.asgi, "POST", "/", request.headers, request.body)
        assert answer.status == status, seconds
