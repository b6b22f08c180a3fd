"""Why a signature is wrong: the slip that a client made is named, and where its text differs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from mockocr.app import Mock
from mockocr.core.account import Account, Credential
from mockocr.core.http import Headers, Request
from mockocr.vendors import discover
from tests.asgi import ask
from tests.conformance import mock

T = 1767323045
VENDORS = {vendor.name: vendor for vendor in discover()}
BODY = json.dumps({"image": "aGVsbG8=", "ImageBase64": "aGVsbG8=", "note": "发票"}).encode()
HOST = "127.0.0.1:8080"
Asked = tuple[str, str, Headers, bytes]


def explained(asked: Asked, to: Mock | None = None) -> tuple[str, Any]:
    """What the journal says of one refused request, and the difference of the two texts."""
    to = to or mock()
    method, target, headers, body = asked
    answer = ask(to.asgi, method, target, (("Host", HOST), *headers), body)
    shown = ask(to.asgi, "GET", f"/_mockocr/requests/{answer.header('x-mockocr-request')}").json
    assert shown["problem"], shown
    difference = shown["evidence"].get("difference")
    if difference:
        expected, received = shown["evidence"]["expected"], shown["evidence"]["received"]
        at = difference["byte"]
        assert expected.encode()[:at] == received.encode()[:at]
        assert expected.encode()[at : at + 1] != received.encode()[at : at + 1]
    secrets = [v for vendor in VENDORS.values() for k, v in vendor.credentials.items()]
    hidden = [v for v in secrets if ("ecret" in v and "Key" in v) or v.startswith("exampleSK")]
    assert not [v for v in hidden if v in json.dumps(shown)]
    return shown["why"], difference


def hmac256(key: str | bytes, text: str) -> bytes:
    raw = key.encode() if isinstance(key, str) else key
    return hmac.new(raw, text.encode(), hashlib.sha256).digest()


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


# Huawei, AK and SK

SK = VENDORS["huawei"].credentials["sk"]
PROJECT = VENDORS["huawei"].credentials["project_id"]


def huawei(
    *,
    sent: bytes = BODY,
    hashed: str = sha256(BODY),
    path: str = f"/v2/{PROJECT}/ocr/web-image/",
    names: str = "content-type;host;x-sdk-date",
    listed: str = "content-type;host;x-sdk-date",
    gap: str = "\n",
    key: str = SK,
    method: str = "POST",
    form: Callable[[bytes], str] = bytes.hex,
) -> Asked:
    values = {"content-type": "application/json", "host": HOST, "x-sdk-date": "20260102T030405Z"}
    lines = "".join(f"{name}:{values[name.lower()]}\n" for name in names.split(";"))
    canonical = f"{method}\n{path}\n\n{lines}{gap}{names}\n{hashed}"
    text = f"SDK-HMAC-SHA256\n20260102T030405Z\n{sha256(canonical)}"
    made = form(hmac256(key, text))
    access = f"Access=EXAMPLEAK00000000001, SignedHeaders={listed}, Signature={made}"
    headers = (
        ("Content-Type", "application/json"),
        ("X-Sdk-Date", "20260102T030405Z"),
        ("Authorization", f"SDK-HMAC-SHA256 {access}"),
    )
    return "POST", f"/v2/{PROJECT}/ocr/web-image", headers, sent


def test_the_signer_of_these_tests_signs_right() -> None:
    method, target, headers, body = huawei()
    answer = ask(mock().asgi, method, target, (("Host", HOST), *headers), body)
    assert answer.json["error_code"].startswith("AIS."), answer.body  # no picture, well signed


@pytest.mark.parametrize(
    ("asked", "cause", "differs"),
    [
        (huawei(key=SK + "\n"), "the sk has a blank or a line end around it", False),
        (huawei(key="EXAMPLEAK00000000001"), "the ak was used in place of the sk", False),
        (huawei(key="SDK" + SK), "the SK was used with SDK before it", False),
        (huawei(form=lambda raw: base64.b64encode(raw).decode()), "written in base64", False),
        (huawei(form=lambda raw: raw.hex().upper()), "upper-case hex digits", False),
        (huawei(sent=BODY + b"\n"), "the body got or lost a line end", True),
        (
            huawei(sent=json.dumps(json.loads(BODY), ensure_ascii=False).encode()),
            "the body's JSON was written anew after it was signed",
            True,
        ),
        (
            huawei(
                sent='{"note":"发票"}'.encode(), hashed=sha256('{"note":"发票"}'.encode("gb18030"))
            ),
            "the body was signed in GB18030 and sent in UTF-8",
            True,
        ),
        (huawei(hashed=sha256(b"")), "the body was left out when it was signed", True),
        (huawei(hashed="UNSIGNED-PAYLOAD"), "the body was signed as UNSIGNED-PAYLOAD", True),
        (huawei(path=f"/v2/{PROJECT}/ocr/web-image"), "without the / at its end", True),
        (
            huawei(listed="x-sdk-date;host;content-type"),
            "the signed headers are not in the same order",
            True,
        ),
        (huawei(listed="Content-Type;host;x-sdk-date"), "header names were signed in lower", True),
        (huawei(gap=""), "the text lacks the empty line", True),
        (huawei(method="GET"), "the request was signed as a GET", True),
        (huawei(key="another"), "wrong SK or changed request", False),
    ],
)
def test_what_huaweis_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
    why, difference = explained(asked)
    assert cause in why
    assert (difference is not None) is differs


# Tencent, API 3.0

SECRET = VENDORS["tencent_cloud"].credentials["secret_key"]
SECRET_ID = VENDORS["tencent_cloud"].credentials["secret_id"]


def tc3(
    *,
    sent: bytes = BODY,
    hashed: str = sha256(BODY),
    names: str = "content-type;host",
    gap: str = "\n",
    prefix: str = "TC3",
    secret: str = SECRET,
    method: str = "POST",
    derived: bool = True,
) -> Asked:
    values = {"content-type": "application/json", "host": HOST}
    lines = "".join(f"{name}:{values[name]}\n" for name in names.split(";"))
    canonical = f"{method}\n/\n\n{lines}{gap}{names}\n{hashed}"
    scope = "2026-01-02/ocr/tc3_request"
    text = f"TC3-HMAC-SHA256\n{T}\n{scope}\n{sha256(canonical)}"
    key = hmac256(hmac256(hmac256(prefix + secret, "2026-01-02"), "ocr"), "tc3_request")
    made = hmac256(key if derived else secret, text).hex()
    given = f"Credential={SECRET_ID}/{scope}, SignedHeaders={names}, Signature={made}"
    headers = (
        ("Content-Type", "application/json"),
        ("X-TC-Action", "GeneralBasicOCR"),
        ("X-TC-Version", "2018-11-19"),
        ("X-TC-Timestamp", str(T)),
        ("Authorization", f"TC3-HMAC-SHA256 {given}"),
    )
    return "POST", "/tencent_cloud/", headers, sent


@pytest.mark.parametrize(
    ("asked", "cause", "differs"),
    [
        (tc3(secret=f" {SECRET}"), "the secret_key has a blank or a line end around it", False),
        (tc3(prefix=""), "without TC3 before it", False),
        (tc3(derived=False), "the SecretKey itself was the key of the HMAC", False),
        (tc3(names="host;content-type"), "not in the order of their names", True),
        (tc3(gap=""), "lack the line end behind the last", True),
        (tc3(method="GET"), "the request was signed as a GET", True),
        (tc3(hashed=sha256(BODY).upper()), "the body's hash was signed in upper case", True),
        (tc3(hashed=sha256(b"")), "the body was left out when it was signed", True),
        (tc3(sent=BODY.replace(b", ", b",").replace(b": ", b":")), "JSON was written anew", True),
        (tc3(secret="another"), "wrong SecretKey, or body, host", False),
    ],
)
def test_what_a_tc3_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
    why, difference = explained(asked)
    assert cause in why
    assert (difference is not None) is differs


FIELDS = {
    "Action": "GeneralBasicOCR",
    "ImageUrl": "http://127.0.0.1/a b.png",
    "Nonce": "11886",
    "SecretId": SECRET_ID,
    "Timestamp": str(T),
    "Version": "2018-11-19",
}


def v1(text: str, digest: Any = hashlib.sha1, spelt: Callable[[str], str] = str) -> Asked:
    made = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), digest).digest()).decode()
    pairs = {**FIELDS, "Signature": spelt(made)}
    body = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items()).encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return "POST", "/tencent_cloud/", (kind,), body


ENCODED = "&".join(f"{name}={quote(FIELDS[name], safe='')}" for name in FIELDS)
PLAIN = "&".join(f"{name}={FIELDS[name]}" for name in FIELDS)


@pytest.mark.parametrize(
    ("asked", "cause", "differs"),
    [
        (v1(f"POST{HOST}/?{ENCODED}"), "the values were percent-encoded before", True),
        (v1(f"GET{HOST}/?{PLAIN}"), "the request was signed as a GET", True),
        (v1(PLAIN), "lacks method, host or path", True),
        (v1(f"POST{HOST}?{PLAIN}"), "lacks the / behind the host", True),
        (v1(f"POST{HOST}/?{PLAIN}", hashlib.sha256), "HmacSHA256, and SignatureMethod", False),
        (
            v1(f"POST{HOST}/?{PLAIN}", spelt=lambda s: base64.b64decode(s).hex()),
            "written in hex digits",
            False,
        ),
        (v1("nonsense"), "wrong SecretKey", False),
    ],
)
def test_what_a_v1_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
    why, difference = explained(asked)
    assert cause in why
    assert (difference is not None) is differs


# Tencent, the older signature


def older(text: str, *, signed: str = "", secret: str = SECRET) -> Asked:
    made = hmac.new(secret.encode(), (signed or text).encode(), hashlib.sha1).digest()
    value = base64.b64encode(made + text.encode()).decode()
    kind = ("Content-Type", "application/json")
    return "POST", "/ocr/general", (kind, ("Authorization", value)), b'{"appid":"1251000000"}'


TEXT = f"a=1251000000&b=test&k={SECRET_ID}&e={T + 99}&t={T}&r=7&u=0&f="
SORTED = "&".join(sorted(TEXT.split("&")))


@pytest.mark.parametrize(
    ("asked", "cause", "differs"),
    [
        (older(TEXT, signed=SORTED), "in another order of its fields", True),
        (older(TEXT, signed=TEXT + "\n"), "with a line end behind it", True),
        (older(TEXT, signed=quote(TEXT, safe="")), "signed percent-encoded and sent plain", True),
        (older(TEXT, signed=TEXT.removesuffix("&f=")), "without its empty fields", True),
        (older(TEXT, secret=SECRET_ID), "the secret_id was used in place of", False),
        (older(TEXT, secret=""), "the secret_key is empty", False),
        (older(TEXT, secret="another"), "wrong SecretKey, or the text was changed", False),
    ],
)
def test_what_an_older_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
    why, difference = explained(asked)
    assert cause in why
    assert (difference is not None) is differs


# Aliyun's market

APPSECRET = VENDORS["aliyun_market"].credentials["appsecret"]
GATEWAY = (
    ("Accept", "application/json"),
    ("X-Ca-Key", "203753385"),
    ("X-Ca-Nonce", "n-1"),
    ("X-Ca-Signature-Headers", "X-Ca-Key,X-Ca-Nonce"),
)


def market(
    block: str = "X-Ca-Key:203753385\nX-Ca-Nonce:n-1\n",
    url: str = "/thumb/ocr?show=json&url=http://a b",
    *,
    accept: str = "application/json",
    method: str = "GET",
    secret: str = APPSECRET,
    digest: Any = hashlib.sha256,
    spelt: Callable[[str], str] = str,
) -> Asked:
    text = f"{method}\n{accept}\n\n\n\n{block}{url}"
    made = base64.b64encode(hmac.new(secret.encode(), text.encode(), digest).digest()).decode()
    target = "/thumb/ocr?url=http%3A%2F%2Fa+b&show=json"
    return "GET", target, (*GATEWAY, ("X-Ca-Signature", spelt(made))), b""


@pytest.mark.parametrize(
    ("asked", "cause", "differs"),
    [
        (market(accept=""), "signed no Accept, and its HTTP library sent one", True),
        (market(accept="*/*"), "signed Accept: */*, and sent another", True),
        (market(block=""), "left the signed headers out", True),
        (
            market("X-Ca-Nonce:n-1\nX-Ca-Key:203753385\n"),
            "in another order than X-Ca-Signature-Headers",
            True,
        ),
        (market("x-ca-key:203753385\nx-ca-nonce:n-1\n"), "spelt otherwise", True),
        (market(url="/thumb/ocr"), "signed the path without its query", True),
        (
            market(url="/thumb/ocr?url=http%3A%2F%2Fa+b&show=json"),
            "signed the query encoded; it must be sorted and decoded",
            True,
        ),
        (market(method="POST"), "the request was signed as a POST", True),
        (market(digest=hashlib.sha1), "the signature is HmacSHA1", False),
        (market(secret="203753385"), "the appkey was used in place of the appsecret", False),
        (market(spelt=lambda s: base64.b64decode(s).hex()), "written in hex digits", False),
        (market(secret="another"), "wrong AppSecret, or another text was signed", False),
    ],
)
def test_what_a_market_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
    why, difference = explained(asked)
    assert cause in why
    assert (difference is not None) is differs


PLATFORM = VENDORS["aliyun_market"].credentials["platform_secret"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (f"{PLATFORM}mockocr-dev{T}", "the client signed secret, appid, sendtime"),
        (f"mockocr-dev&{T}&{PLATFORM}", "the client signed appid&sendtime&secret"),
        (
            f"appid=mockocr-dev&sendtime={T}&secret={PLATFORM}",
            "the client signed appid=…&sendtime=…&secret=…",
        ),
        (f"mockocr-dev{T}", "the client signed appid, sendtime"),
        ("nonsense", "wrong secret or another order"),
    ],
)
def test_what_a_platform_client_did_wrong_is_named(text: str, cause: str) -> None:
    sign = hashlib.md5(text.encode()).hexdigest()
    body = json.dumps({"appid": "mockocr-dev", "sendtime": str(T), "sign": sign}).encode()
    kind = ("Content-Type", "application/json")
    why, _ = explained(("POST", "/thumb/platform/ocr", (kind,), body))
    assert f"does not match: {cause}; it is" in why


# What every scheme shares

SIGNED = [
    ("huawei", "sk", Request("POST", f"/v2/{PROJECT}/ocr/web-image")),
    ("tencent", "secret_key", Request("POST", "/ocr/general")),
    (
        "tencent_cloud",
        "secret_key",
        Request(
            "POST", "/", headers=(("X-TC-Action", "TextDetect"), ("X-TC-Version", "2018-11-19"))
        ),
    ),
    ("aliyun_market", "appsecret", Request("GET", "/thumb/ocr", headers=(("X-Ca-Key", ""),))),
]


@pytest.mark.parametrize(("name", "field", "call"), SIGNED, ids=[row[0] for row in SIGNED])
def test_the_secret_of_another_key_or_of_dev_is_named_as_such(
    name: str, field: str, request: Request
) -> None:
    vendor = VENDORS[name]
    one, two = (Credential(name, vendor.mint(digit * 40)) for digit in "12")
    to = mock(accounts=[Account("pair", (one, two))])
    for secret, cause in (
        (two.values[field], "is that of another key of the same account"),
        (vendor.credentials[field], "is that of the account dev"),
        (f'"{one.values[field]}"', "has quotes around it"),
    ):
        wrong = Credential(name, {**one.values, field: secret})
        asked = request.replaced(
            target=request.path,
            headers=(("Host", HOST), *request.headers),
            at=to.clock.now(),
            id="b" * 32,
        )
        signed = vendor.sign(asked, wrong)
        headers = tuple(pair for pair in signed.headers if pair[0] != "Host")
        target = f"/{name}{signed.target}"
        assert cause in explained((request.method, target, headers, signed.body), to)[0]


HASTY = [row for row in SIGNED if (VENDORS[row[0]].lifetime or timedelta(0)).days == 0]
"""Those whose signatures live for days do not notice a zone."""


@pytest.mark.parametrize(("name", "field", "call"), HASTY, ids=[row[0] for row in HASTY])
def test_a_clock_in_another_zone_is_named(name: str, field: str, request: Request) -> None:
    vendor, to = VENDORS[name], mock()
    later = to.clock.now()
    to.clock.advance(-8 * 3600)
    asked = request.replaced(
        target=request.path, headers=(("Host", HOST), *request.headers), at=later, id="b" * 32
    )
    signed = vendor.sign(asked, Credential(name, vendor.credentials))
    answer = ask(to.asgi, request.method, f"/{name}{signed.target}", signed.headers, signed.body)
    row = ask(to.asgi, "GET", "/_mockocr/requests").json["requests"][0]
    assert answer.header("x-mockocr-request") == row["id"]
    assert "28800 s" in row["why"]
    assert row["why"].endswith("that is 8 h, as when a local time is sent for UTC")
