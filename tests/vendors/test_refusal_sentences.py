"""What the journal says of a refused credential, to the letter, and the code that is sent."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from mockocr.core.http import Request
from mockocr.core.request_example import with_fields
from tests.asgi import ask
from tests.conformance import CASES, EXCHANGES, mock, sample, send, signed, signed_request

Change = Callable[[Request], Request]


def header(name: str, value: str) -> Change:
    """Replace a header, or add it."""
    return lambda request: request.without_headers(name).with_headers((name, value))


def without(name: str) -> Change:
    return lambda request: request.without_headers(name)


def field(name: str, value: str) -> Change:
    """Put a field before the others of the body: the first one counts."""
    return lambda request: with_fields(request, {name: value})


def in_query(**changes: str) -> Change:
    """Replace parameters of the query; an empty value removes one."""

    def change(request: Request) -> Request:
        kept = [pair for pair in request.query.split("&") if pair.partition("=")[0] not in changes]
        query = "&".join([*kept, *(f"{name}={value}" for name, value in changes.items() if value)])
        return request.with_query(query)

    return change


def in_path(target: str) -> Change:
    return lambda request: request.replaced(target=target, path=target.partition("?")[0])


def replaced(name: str, old: str, new: str) -> Change:
    """Change a part of a header."""
    return lambda request: header(name, request.header(name).replace(old, new))(request)


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@dataclass(frozen=True)
class Refusal:
    """One wrong thing about a signed request, and what is said of it. `exchange` is the file of the
    request; without it, it is the operation's sample.
    """

    operation: str
    change: Change
    code: str
    why: str
    exchange: str = ""


CLOUD, LEGACY = "tencent_cloud.general_basic", "tencent.general"
MARKET, PLATFORM = "aliyun_market.ocr", "aliyun_market.platform"
HUAWEI, TUPU, TUPU_PLATFORM = "huawei.web_image", "tupu.general_ocr", "tupu.recognition"
LONG = "x" * 60

REFUSALS = (
    # Tencent, API 3.0
    Refusal(
        CLOUD,
        without("Authorization"),
        "AuthFailure.InvalidAuthorization",
        "the Authorization header is missing or empty",
    ),
    Refusal(
        CLOUD,
        header("Authorization", "Bearer " + LONG),
        "AuthFailure.InvalidAuthorization",
        f"Authorization begins with {('Bearer ' + LONG)[:20]!r} and not with TC3-HMAC-SHA256",
    ),
    Refusal(
        CLOUD,
        header("Authorization", "TC3-HMAC-SHA256 Credential=x"),
        "AuthFailure.InvalidAuthorization",
        "Authorization is not of the form Credential=<id>/<date>/<service>/tc3_request,"
        " SignedHeaders=…, Signature=<64 hex>",
    ),
    Refusal(
        CLOUD,
        replaced("Authorization", "SignedHeaders=content-type;host", "SignedHeaders=x-other"),
        "AuthFailure.InvalidAuthorization",
        "SignedHeaders lacks content-type, host",
    ),
    Refusal(
        CLOUD,
        header("X-TC-Token", "temporary"),
        "AuthFailure.TokenFailure",
        "the request has a token of temporary credentials, but no account has any",
    ),
    Refusal(CLOUD, without("X-TC-Timestamp"), "MissingParameter", "the request has no timestamp"),
    Refusal(
        CLOUD,
        header("X-TC-Timestamp", "9" * 50),
        "InvalidParameter",
        f"the timestamp {'9' * 40!r} is not a time in seconds",
    ),
    Refusal(
        CLOUD,
        replaced("Authorization", "2026-01-02", "2026-01-03"),
        "AuthFailure.SignatureFailure",
        "the scope has the date 2026-01-03, X-TC-Timestamp is 2026-01-02 in UTC",
    ),
    Refusal(
        CLOUD,
        replaced("Authorization", "AKIDMOCKOCR0", "AKIDNOTHERE0"),
        "AuthFailure.SecretIdNotFound",
        "unknown SecretId 'AKIDNOTHERE0000000000000000000000000'",
    ),
    # Tencent, legacy
    Refusal(LEGACY, without("Authorization"), "4", "the Authorization header is missing or empty"),
    Refusal(
        LEGACY,
        header("Authorization", "Basic !"),
        "5",
        "Authorization is not base64 (standard alphabet, no scheme word)",
    ),
    Refusal(
        LEGACY,
        header("Authorization", encoded(b"0123456789")),
        "5",
        "Authorization holds 10 bytes instead of a 20-byte HMAC and a text",
    ),
    Refusal(
        LEGACY,
        header("Authorization", encoded(b"0" * 20 + b"a=1251000000&b=test")),
        "5",
        "the signed text has no k, e, t",
    ),
    # Aliyun's market, the gateway
    Refusal(
        MARKET,
        header("X-Ca-Stage", LONG),
        "Invalid Url",
        f"X-Ca-Stage is {LONG[:40]!r}, not RELEASE, PRE or TEST",
    ),
    Refusal(
        MARKET,
        header("X-Ca-Key", LONG),
        "Invalid AppKey",
        f"unknown AppKey {LONG[:40]!r}",
    ),
    Refusal(
        MARKET,
        header("X-Ca-Key", "203753385"),
        "Empty Signature",
        "X-Ca-Key came without X-Ca-Signature",
    ),
    # Aliyun's market, the platform
    Refusal(PLATFORM, field("appid", ""), "未传入开发者账号appid", "the parameters lack appid"),
    Refusal(
        PLATFORM,
        field("appid", "a" * 33),
        "传入开发者账号appid字符串长度超限",
        "appid has 33 characters, 32 are allowed",
    ),
    Refusal(
        PLATFORM, field("sendtime", ""), "未传入查询时间sendtime", "the parameters lack sendtime"
    ),
    Refusal(
        PLATFORM,
        field("sendtime", "1" * 14),
        "传入查询时间sendtime字符串长度超限",
        "sendtime has 14 characters, 13 are allowed",
    ),
    Refusal(PLATFORM, field("sendtime", "soon"), "时间戳超时", "sendtime 'soon' is not a number"),
    Refusal(PLATFORM, field("sign", ""), "未传入签名sign", "the parameters lack sign"),
    Refusal(
        PLATFORM,
        field("sign", "a" * 33),
        "传入签名sign字符串长度超限",
        "sign has 33 characters, 32 are allowed",
    ),
    Refusal(PLATFORM, field("appid", "absent"), "签名校验失败", "unknown appid 'absent'"),
    Refusal(
        PLATFORM,
        field("debug", "*" + LONG),
        "存在*字符",
        "the value of 'debug' holds a *",
    ),
    # Tencent, API 3.0 with the older signature
    Refusal(
        CLOUD,
        field("Nonce", ""),
        "MissingParameter",
        "the parameters have no Nonce",
        "general_basic-v1_form",
    ),
    Refusal(
        CLOUD,
        field("Nonce", LONG),
        "InvalidParameter",
        f"Nonce is {LONG[:40]!r}",
        "general_basic-v1_form",
    ),
    Refusal(
        CLOUD,
        field("SignatureMethod", LONG),
        "InvalidParameterValue.InvalidParameterValueLimit",
        f"SignatureMethod is {LONG[:40]!r}, not HmacSHA1 or HmacSHA256",
        "general_basic-v1_form",
    ),
    Refusal(
        CLOUD,
        field("Timestamp", "soon"),
        "InvalidParameter",
        "the timestamp 'soon' is not a time in seconds",
        "general_basic-v1_form",
    ),
    Refusal(
        CLOUD,
        field("SecretId", LONG + LONG),
        "AuthFailure.SecretIdNotFound",
        f"unknown SecretId {(LONG + LONG)[:80]!r}",
        "general_basic-v1_form",
    ),
    Refusal(
        CLOUD,
        field("ImageUrl", "x" * (1024 * 1024)),
        "AuthFailure.SignatureFailure",
        "the form has 1068181 bytes, v1 allows 1048576",
        "general_basic-v1_form",
    ),
    # Huawei
    Refusal(
        HUAWEI,
        header("X-Auth-Token", "MII" + LONG),
        "APIG.0301",
        "the token of 63 characters is cut off, altered or unknown",
        "web_image-token",
    ),
    Refusal(
        HUAWEI,
        lambda request: request.without_headers("Authorization", "X-Auth-Token"),
        "APIG.0301",
        "the request has neither X-Auth-Token nor a signed Authorization",
    ),
    # Tupu
    Refusal(
        TUPU_PLATFORM,
        in_path("/v3/recognition/" + "5" * 60),
        "6",
        f"unknown secretId {'5' * 40!r}",
    ),
    Refusal(
        TUPU_PLATFORM,
        field("timestamp", "soon" + LONG),
        "12",
        f"the timestamp is {('soon' + LONG)[:40]!r} and not seconds or milliseconds since 1970",
    ),
    Refusal(TUPU, in_query(key=""), "1", "the query has no key, or an empty one"),
    Refusal(TUPU, in_query(key="k" * 129), "1", "the key has 129 characters; 128 are allowed"),
    Refusal(
        TUPU,
        in_query(key="a%20b"),
        "1",
        "the key holds a blank, a line end or a non-ASCII character",
    ),
    Refusal(TUPU, in_query(key="k" * 128), "1", "unknown key kkkk… of 128 characters"),
)


def refused(refusal: Refusal) -> tuple[str, str]:
    """The code and the sentence that the journal has for the changed request."""
    case = CASES[refusal.operation]
    to = mock(sample(case.id).reads)
    send(to, refusal.change(signed_request(case) if not refusal.exchange else _signed(refusal)))
    (row,) = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"]
    return str(row["code"]), str(row["why"])


def _signed(refusal: Refusal) -> Request:
    name = f"{refusal.operation.partition('.')[0]}/{refusal.exchange}"
    (exchange,) = (exchange for exchange in EXCHANGES if exchange.name == name)
    return signed(exchange)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: f"{r.operation} {r.why[:40]}")
def test_a_refused_credential_gets_its_code_and_its_sentence(refusal: Refusal) -> None:
    assert refused(refusal) == (refusal.code, refusal.why)
