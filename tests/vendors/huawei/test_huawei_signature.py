"""AK/SK signatures: Huawei's documented one, five of its SDK, and what makes one wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest

from mockocr.core.account import Credential
from mockocr.core.http import Headers, Request
from mockocr.vendors.huawei import signature
from tests.vendors.huawei.harness import (
    CREDENTIAL,
    HELLO_PNG,
    HOST,
    OCR,
    PATH,
    PROJECT,
    error,
    harness,
    request,
    send,
    send_signed,
)

SK = "exampleSK0000000000000000000000000000001"
DATE = ("X-Sdk-Date", "20260102T030405Z")
LOCAL = ("Host", "127.0.0.1:8080")
SDK_JSON = ("Content-Type", "application/json;charset=utf-8")


@dataclass(frozen=True)
class Vector:
    """A request and its signature, computed by a document or an SDK."""

    source: str
    method: str
    target: str
    headers: Headers
    body: bytes
    signature: str
    secret: str = SK


VECTORS = {
    "documented": Vector(
        "doc: API request signing guide (devg-apisign), its worked example",
        "GET",
        "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        (
            ("Content-Type", "application/json"),
            ("Host", "service.region.example.com"),
            ("X-Sdk-Date", "20191115T033655Z"),
        ),
        b"",
        "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
        "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
    ),
    "projects": Vector(
        "sdk: huaweicloudsdkcore 3.1.219, Signer",
        "GET",
        "/v3/projects?name=cn-north-4",
        (LOCAL, ("User-Agent", "mock-test"), DATE),
        b"",
        "9a5162070be761abac376ebe5339421815a59e30e52fcef6ae5c3a34edef4c33",
    ),
    "web image": Vector(
        "sdk: huaweicloudsdkcore 3.1.219, Signer",
        "POST",
        PATH,
        (SDK_JSON, LOCAL, ("User-Agent", "mock-test"), ("X-Project-Id", PROJECT), DATE),
        b'{"image": "aGVsbG8=", "detect_direction": false, "extract_type": ["image_size"]}',
        "bcc4270ca9c3ccd127c773c1d73eed8d3b5023fae5754c61b326a21f915d4563",
    ),
    "unsigned payload": Vector(
        "sdk: huaweicloudsdkcore 3.1.219, Signer",
        "POST",
        PATH,
        (
            ("Content-Type", "application/json"),
            LOCAL,
            ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"),
            DATE,
        ),
        b"any body",
        "3f630830aec43d434bb3ab6042a06d284176045f2f8912ac235132a64dbb1b0c",
    ),
    "utf-8 header and real host": Vector(
        "sdk: huaweicloudsdkcore 3.1.219, Signer; header bytes as the SDK sends them",
        "POST",
        PATH,
        (
            SDK_JSON,
            ("Enterprise-Project-Id", "0"),
            HOST,
            ("User-Agent", "huaweicloud-usdk-python/3.0; 客户".encode().decode("latin-1")),
            ("X-Project-Id", PROJECT),
            DATE,
        ),
        b'{"url": "https://example.com/a.png", "extract_type": ["contact_info", "image_size"]}',
        "1e49d5839b266ec4bba8ecb0e21df7c65161cb9ea178204b3ffccadfb6e6159a",
    ),
    "braces and an odd query": Vector(
        "sdk: huaweicloudsdkcore 3.1.219, Signer; the SDK sends the braces percent-encoded",
        "POST",
        "/v2/%7Bproject_id%7D/ocr/web-image?a=&a=x%3Dy%26z&b=2%20~%2F%E4%B8%AD",
        (("Content-Type", "text/plain"), LOCAL, ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"), DATE),
        b"not json",
        "fe719ffe2445a0e3ae7a1c090ff50dc8d1c3585d42fd8bf93e1431e0dbc8db8a",
    ),
}

CANONICAL = """\
POST
/v2/0123456789abcdef0123456789abcdef/ocr/web-image/

content-type:application/json;charset=utf-8
host:127.0.0.1:8080
user-agent:mock-test
x-project-id:0123456789abcdef0123456789abcdef
x-sdk-date:20260102T030405Z

content-type;host;user-agent;x-project-id;x-sdk-date
09302e5a35359286fc39c54613879ab7df3a034e231211c7cb74f7187d8138bf"""


def request_of(vector: Vector) -> Request:
    path, _, query = vector.target.partition("?")
    return Request(vector.method, path, vector.target, vector.headers, query, vector.body)


def signed_request() -> Request:
    return OCR.sign(request({"image": HELLO_PNG}), CREDENTIAL)


def with_header(request: Request, name: str, value: str) -> Request:
    """The request with the value of one of its headers replaced."""
    headers = tuple((n, value if n == name else v) for n, v in request.headers)
    return request.replaced(headers=headers)


@pytest.mark.parametrize("name", VECTORS)
def test_a_signature_equals_the_one_that_others_computed(name: str) -> None:
    vector = VECTORS[name]
    request = request_of(vector)
    names = sorted(header.lower() for header, _ in vector.headers)
    text = signature.string_to_sign(request, signature.build_canonical_request(request, names))
    assert signature.compute_signature(vector.secret, text) == vector.signature


def test_the_canonical_request_is_the_documented_text() -> None:
    request = request_of(VECTORS["web image"])
    names = ("content-type", "host", "user-agent", "x-project-id", "x-sdk-date")
    canonical = signature.build_canonical_request(request, names)
    assert canonical == CANONICAL
    digest = "01aa72740f1372b482b75e6cd4adaab708441ac36c50dc64306551c60624e9ee"
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest
    documented = request_of(VECTORS["documented"])
    canonical = signature.build_canonical_request(documented, (*names[:2], "x-sdk-date"))
    digest = "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest


def test_a_signed_request_is_accepted_at_the_root_and_under_the_prefix() -> None:
    to = harness()
    signed = signed_request()
    assert send(to, signed).status == 200
    assert send(to, signed, "/huawei" + signed.target).status == 200
    prefixed = request({"image": HELLO_PNG}, target="/huawei" + PATH)
    assert send(to, OCR.sign(prefixed, CREDENTIAL)).status == 200


@pytest.mark.parametrize("sent", ["127.0.0.1:8080", "ocr.cn-north-4.myhuaweicloud.com:8080"])
def test_a_host_that_was_replaced_after_signing_or_has_a_port_is_accepted(sent: str) -> None:
    assert send(harness(), with_header(signed_request(), "Host", sent)).status == 200


def test_any_other_host_is_refused() -> None:
    unsigned = request({"image": HELLO_PNG}).replaced(headers=(("Host", "a:1"),))
    signed = OCR.sign(unsigned, CREDENTIAL)
    assert send(harness(), with_header(signed, "Host", "b:2")).status == 401


def test_the_hosts_of_iam_are_not_accepted_by_ocr() -> None:
    iam = "iam.cn-north-4.myhuaweicloud.com"
    signed = OCR.sign(with_header(request({"image": HELLO_PNG}), "Host", iam), CREDENTIAL)
    assert send(harness(), with_header(signed, "Host", "127.0.0.1:8080")).status == 401


def test_an_empty_body_may_be_hashed_although_the_hash_header_says_otherwise() -> None:
    to = harness()
    unsigned = request(b"", ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"), DATE)
    names = ("host", "x-sdk-content-sha256", "x-sdk-date")
    for payload in ("", signature.EMPTY_HASH):
        canonical = signature.build_canonical_request(unsigned, names, payload=payload)
        text = signature.string_to_sign(unsigned, canonical)
        made = signature.compute_signature(SK, text)
        header = signature.Authorization(CREDENTIAL.values["ak"], names, made).text
        answer = send(to, unsigned.with_headers(("Authorization", header)))
        assert error(answer)[1] == "ModelArts.4104"


WRONG = "Incorrect IAM authentication information: verify aksk signature fail"


@pytest.mark.parametrize("part", ["body", "query", "header", "signature"])
def test_a_change_after_signing_is_refused_and_explained(part: str) -> None:
    to = harness()
    signed = signed_request()
    changed = {
        "body": signed.replaced(body=signed.body + b" "),
        "query": signed.replaced(target=signed.target + "?a=1"),
        "header": with_header(signed, "Content-Type", "text/plain"),
        "signature": with_header(
            signed, "Authorization", signed.header("authorization")[:-1] + "g"
        ),
    }[part]
    assert error(send(to, changed)) == (401, "APIG.0301", WRONG)
    assert "the signature does not match" in to.why
    assert to.audit.problem == "bad_signature"


def test_the_evidence_holds_the_canonical_request_and_not_the_secret() -> None:
    to = harness()
    send(to, signed_request().replaced(body=b"{}"))
    evidence = to.audit.evidence
    assert evidence is not None
    assert f"/{PROJECT}/ocr/web-image/\n" in evidence.expected
    assert SK not in f"{evidence} {to.why}"


def test_a_signed_header_that_is_missing_is_named() -> None:
    to = harness()
    assert send(to, signed_request().without_headers("x-project-id")).status == 401
    assert "the signed header x-project-id is missing" in to.why


@pytest.mark.parametrize(
    ("seconds", "side"), [(900, ""), (901, "behind"), (-900, ""), (-901, "ahead of")]
)
def test_the_clock_may_differ_by_fifteen_minutes_either_way(seconds: int, side: str) -> None:
    to = harness()
    to.clock.advance(seconds)
    answer = send_signed(to, {"image": HELLO_PNG})
    assert answer.status == (401 if side else 200)
    if side:
        text = "Incorrect IAM authentication information: calc ak sk signature fail"
        assert error(answer)[2] == text + ":signature expired"
        assert to.why == f"X-Sdk-Date is 901 s {side} the clock; 900 s are allowed"


def test_an_unknown_access_key_is_named() -> None:
    to = harness()
    unknown = Credential("huawei", {**CREDENTIAL.values, "ak": "UNKNOWNAK00000000001"})
    message = "Get secretKey failed,ak:UNKNOWNAK00000000001,err:ak not exist"
    answer = send_signed(to, {"image": HELLO_PNG}, unknown)
    assert error(answer)[2] == "Incorrect IAM authentication information: " + message
    assert to.why == "unknown access key 'UNKNOWNAK00000000001'"


LACKS = "the Authorization header lacks Access or SignedHeaders"


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("SDK-HMAC-SHA256", LACKS),
        ("SDK-HMAC-SHA256 Access=EXAMPLEAK00000000001", LACKS),
        ("SDK-HMAC-SHA256 SignedHeaders=x-sdk-date, Signature=0", LACKS),
        (
            "SDK-HMAC-SHA256 Access=EXAMPLEAK00000000001, SignedHeaders=host, Signature=0",
            "x-sdk-date is not among the signed headers",
        ),
        ("SDK-HMAC-SHA256 \xe4\xb8\xad", LACKS),
    ],
)
@pytest.mark.parametrize("auth", ["strict", "lenient"])
def test_an_unreadable_authorization_is_refused_even_by_lenient_auth(
    header: str, why: str, auth: str
) -> None:
    to = harness(auth=auth)
    unsigned = request({"image": HELLO_PNG}, DATE, ("Authorization", header))
    assert error(send(to, unsigned)) == (401, "APIG.0301", WRONG)
    assert to.why == why
    assert to.audit.evidence is not None
    assert to.audit.evidence.received == header


def test_an_unreadable_date_is_refused() -> None:
    to = harness()
    unsigned = request({"image": HELLO_PNG}, ("X-Sdk-Date", "2026-01-02"))
    assert error(send(to, OCR.sign(unsigned, CREDENTIAL))) == (401, "APIG.0301", WRONG)
    assert to.why == "X-Sdk-Date '2026-01-02' is not in the form 20260102T030405Z"


def test_other_schemes_do_not_count_as_a_signature() -> None:
    answer = send(harness(), request({"image": HELLO_PNG}, ("Authorization", "Basic YTpi")))
    assert error(answer)[2].endswith("x-auth-token not found")


def test_a_signature_is_verified_instead_of_a_token() -> None:
    to = harness()
    signed = signed_request()
    assert send(to, signed.with_headers(("X-Auth-Token", "garbage"))).status == 200
    token = ("X-Auth-Token", CREDENTIAL.values["token"])
    assert send(to, signed.with_headers(token).replaced(body=b"{}")).status == 401


def test_an_access_key_is_looked_up_once() -> None:
    to = harness()
    assert send(to, signed_request()).status == 200
    assert to.accounts.lookups == {("ak", "EXAMPLEAK00000000001"): 1}
