"""AK/SK signatures: Huawei's documented one, three of its SDK's, and what breaks one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest

from mockocr.core.http import Headers, Request
from mockocr.vendors.huawei import VENDOR, signature
from tests.asgi import ask
from tests.vendors.huawei.desk import (
    HELLO_PNG,
    HOST,
    KEY,
    PATH,
    PROJECT,
    call,
    error,
    mock,
    send,
    signed,
    why,
)

SK = "exampleSK0000000000000000000000000000001"
DATE = ("X-Sdk-Date", "20260102T030405Z")
LOCAL = ("Host", "127.0.0.1:8080")
SDK_JSON = ("Content-Type", "application/json;charset=utf-8")


@dataclass(frozen=True)
class Vector:
    """A request and the signature that somebody else computed for it."""

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
        "sdk: huaweicloudsdkcore 3.1.219, Signer; header bytes as the SDK hands them on",
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


@pytest.mark.parametrize("name", VECTORS)
def test_a_signature_that_others_computed_comes_out_the_same(name: str) -> None:
    vector = VECTORS[name]
    request = request_of(vector)
    names = sorted(header.lower() for header, _ in vector.headers)
    text = signature.string_to_sign(request, signature.canonical_request(request, names))
    assert signature.signature(vector.secret, text) == vector.signature


def test_the_canonical_request_is_the_documented_text() -> None:
    request = request_of(VECTORS["web image"])
    names = ("content-type", "host", "user-agent", "x-project-id", "x-sdk-date")
    canonical = signature.canonical_request(request, names)
    assert canonical == CANONICAL
    digest = "01aa72740f1372b482b75e6cd4adaab708441ac36c50dc64306551c60624e9ee"
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest
    documented = request_of(VECTORS["documented"])
    canonical = signature.canonical_request(documented, ("content-type", "host", "x-sdk-date"))
    digest = "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest


def test_a_signed_request_is_answered_at_the_root_and_under_the_prefix() -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    assert send(to, request).status == 200
    assert send(to, request, "/huawei" + request.target).status == 200
    prefixed = call({"image": HELLO_PNG}, target="/huawei" + PATH)
    assert send(to, VENDOR.sign(prefixed, KEY)).status == 200


@pytest.mark.parametrize("sent", ["127.0.0.1:8080", "ocr.cn-north-4.myhuaweicloud.com:8080"])
def test_a_host_swapped_after_signing_or_with_a_port_is_accepted(sent: str) -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    swapped = tuple((n, sent if n == "Host" else v) for n, v in request.headers)
    assert send(to, request.replaced(headers=swapped)).status == 200


def test_another_host_than_these_is_refused() -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}).replaced(headers=(("Host", "a:1"),)), KEY)
    swapped = tuple((n, "b:2" if n == "Host" else v) for n, v in request.headers)
    assert send(to, request.replaced(headers=swapped)).status == 401


def test_an_empty_body_may_be_hashed_as_such_beside_the_hash_header() -> None:
    to = mock()
    request = call(b"", ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"), DATE)
    names = ("host", "x-sdk-content-sha256", "x-sdk-date")
    for payload in ("", signature.EMPTY_HASH):
        canonical = signature.canonical_request(request, names, payload=payload)
        made = signature.signature(SK, signature.string_to_sign(request, canonical))
        header = signature.Authorization(KEY.values["ak"], names, made).text
        answer = send(to, request.replaced(headers=(*request.headers, ("Authorization", header))))
        assert error(answer)[1] == "ModelArts.4104"


WRONG = "Incorrect IAM authentication information: verify aksk signature fail"


@pytest.mark.parametrize("part", ["body", "query", "method-free header", "signature"])
def test_a_change_after_signing_is_refused_and_explained(part: str) -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    if part == "body":
        request = request.replaced(body=request.body + b" ")
    elif part == "query":
        request = request.replaced(target=request.target + "?a=1")
    elif part == "method-free header":
        kept = tuple((n, "text/plain" if n == "Content-Type" else v) for n, v in request.headers)
        request = request.replaced(headers=kept)
    else:
        kept = tuple((n, v[:-1] + "g" if n == "Authorization" else v) for n, v in request.headers)
        request = request.replaced(headers=kept)
    answer = send(to, request)
    assert error(answer) == (401, "APIG.0301", WRONG)
    assert "does not match" in why(to)


def test_the_journal_shows_the_canonical_request_and_not_the_secret() -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    answer = send(to, request.replaced(body=b"{}"))
    shown = ask(to.asgi, "GET", f"/_mockocr/requests/{answer.header('x-mockocr-request')}").body
    assert f"/{PROJECT}/ocr/web-image/" in shown.decode()
    assert SK not in shown.decode()


def test_a_signed_header_that_did_not_arrive_is_named() -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    kept = tuple((n, v) for n, v in request.headers if n != "X-Project-Id")
    assert send(to, request.replaced(headers=kept)).status == 401
    assert "x-project-id did not arrive" in why(to)


@pytest.mark.parametrize(("seconds", "status"), [(900, 200), (901, 401), (-900, 200), (-901, 401)])
def test_the_clock_may_be_fifteen_minutes_off_either_way(seconds: int, status: int) -> None:
    to = mock()
    to.clock.advance(seconds)
    answer = signed(to, {"image": HELLO_PNG})
    assert answer.status == status
    if status == 401:
        text = "Incorrect IAM authentication information: calc ak sk signature fail"
        assert error(answer)[2] == text + ":signature expired"
        assert f"{abs(seconds)} s" in why(to)


@pytest.mark.parametrize(
    "header",
    [
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=EXAMPLEAK00000000001",
        "SDK-HMAC-SHA256 SignedHeaders=x-sdk-date, Signature=0",
        "SDK-HMAC-SHA256 Access=EXAMPLEAK00000000001, SignedHeaders=host, Signature=0",
        "SDK-HMAC-SHA256 \xe4\xb8\xad",
    ],
)
def test_an_authorization_that_cannot_be_read_is_refused_even_leniently(header: str) -> None:
    for auth in ("strict", "lenient"):
        to = mock(auth=auth)
        answer = send(to, call({"image": HELLO_PNG}, DATE, ("Authorization", header)))
        assert error(answer) == (401, "APIG.0301", WRONG)


def test_a_date_that_cannot_be_read_is_refused() -> None:
    to = mock()
    answer = send(to, VENDOR.sign(call({"image": HELLO_PNG}, ("X-Sdk-Date", "2026-01-02")), KEY))
    assert error(answer) == (401, "APIG.0301", WRONG)
    assert "X-Sdk-Date" in why(to)


def test_other_schemes_do_not_count_as_a_signature() -> None:
    to = mock()
    answer = send(to, call({"image": HELLO_PNG}, ("Authorization", "Basic YTpi")))
    assert error(answer)[2].endswith("x-auth-token not found")


def test_a_signature_is_judged_before_a_token() -> None:
    to = mock()
    request = VENDOR.sign(call({"image": HELLO_PNG}), KEY)
    both = (*request.headers, ("X-Auth-Token", "garbage"))
    assert send(to, request.replaced(headers=both)).status == 200
    token = ("X-Auth-Token", KEY.values["token"])
    broken = request.replaced(headers=(*request.headers, token), body=b"{}")
    assert send(to, broken).status == 401
