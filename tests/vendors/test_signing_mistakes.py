"""The journal names the mistake behind a wrong signature, and where the two texts differ."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

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
        (huawei(key="SDK" + SK), "the SK was prefixed with SDK", False),
        (huawei(form=lambda raw: base64.b64encode(raw).decode()), "encoded in base64", False),
        (huawei(form=lambda raw: raw.hex().upper()), "upper-case hex digits", False),
        (huawei(sent=BODY + b"\n"), "the body gained or lost a line end", True),
        (
            huawei(sent=json.dumps(json.loads(BODY), ensure_ascii=False).encode()),
            "the body's JSON was serialised again after it was signed",
            True,
        ),
        (
            huawei(
                sent='{"note":"发票"}'.encode(), hashed=sha256('{"note":"发票"}'.encode("gb18030"))
            ),
            "the body was signed in GB18030 and sent in UTF-8",
            True,
        ),
        (huawei(hashed=sha256(b"")), "the body was left out of the signature", True),
        (huawei(hashed="UNSIGNED-PAYLOAD"), "the body was signed as UNSIGNED-PAYLOAD", True),
        (
            huawei(path=f"/v2/{PROJECT}/ocr/web-image"),
            "the path was signed without its final /",
            True,
        ),
        (
            huawei(listed="x-sdk-date;host;content-type"),
            "the headers were signed in another order than SignedHeaders lists them",
            True,
        ),
        (huawei(listed="Content-Type;host;x-sdk-date"), "header names were signed in lower", True),
        (huawei(gap=""), "the canonical request lacks the empty line", True),
        (huawei(method="GET"), "the request was signed as a GET", True),
        (huawei(key="another"), "the SK is wrong, or the request was changed", False),
    ],
)
def test_what_huaweis_client_did_wrong_is_named(asked: Asked, cause: str, differs: bool) -> None:
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
        (market("x-ca-key:203753385\nx-ca-nonce:n-1\n"), "spelled differently", True),
        (market(url="/thumb/ocr"), "signed the path without its query", True),
        (
            market(url="/thumb/ocr?url=http%3A%2F%2Fa+b&show=json"),
            "signed the query encoded; it must be sorted and decoded",
            True,
        ),
        (market(method="POST"), "the request was signed as a POST", True),
        (market(digest=hashlib.sha1), "the signature is HmacSHA1", False),
        (market(secret="203753385"), "the appkey was used in place of the appsecret", False),
        (market(spelt=lambda s: base64.b64decode(s).hex()), "encoded in hex digits", False),
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
    assert f"does not match: {cause}; computed over" in why


# What every scheme shares

SERVICES = {
    (vendor.name, service.name): (vendor, service)
    for vendor in VENDORS.values()
    for service in vendor.services
}
SIGNED = [
    ("huawei", "ocr", "sk", Request("POST", f"/v2/{PROJECT}/ocr/web-image")),
    ("tencent", "legacy", "secret_key", Request("POST", "/ocr/general")),
    (
        "tencent",
        "cloud",
        "secret_key",
        Request(
            "POST", "/", headers=(("X-TC-Action", "TextDetect"), ("X-TC-Version", "2018-11-19"))
        ),
    ),
    (
        "aliyun_market",
        "thumb",
        "appsecret",
        Request("GET", "/thumb/ocr", headers=(("X-Ca-Key", ""),)),
    ),
]
IDS = [f"{vendor}/{service}" for vendor, service, _, _ in SIGNED]


def signed_by(name: str, service_name: str, bare: Request, credential: Credential) -> Asked:
    """The request signed by the service's own `sign`, under its prefix."""
    _, service = SERVICES[name, service_name]
    request = bare.replaced(target=bare.path, headers=(("Host", HOST), *bare.headers), id="b" * 32)
    signed = service.sign(request, credential)
    headers = tuple(pair for pair in signed.headers if pair[0] != "Host")
    return request.method, f"/{service.namespace}{signed.target}", headers, signed.body


@pytest.mark.parametrize(("name", "service", "field", "bare"), SIGNED, ids=IDS)
def test_the_secret_of_another_key_or_of_dev_is_named(
    name: str, service: str, field: str, bare: Request
) -> None:
    vendor, _ = SERVICES[name, service]
    one, two = (Credential(name, vendor.generate_credentials(digit * 40)) for digit in "12")
    to = mock(accounts=[Account("pair", (one, two))])
    for secret, cause in (
        (two.values[field], "belongs to another key of the same account"),
        (vendor.credentials[field], "belongs to the account dev"),
        (f'"{one.values[field]}"', "has quotes around it"),
    ):
        wrong = Credential(name, {**one.values, field: secret})
        asked = signed_by(name, service, bare.replaced(at=to.clock.now()), wrong)
        assert cause in explained(asked, to)[0]


SHORT = [row for row in SIGNED if (SERVICES[row[0], row[1]][1].lifetime or timedelta(0)).days == 0]
"""Those whose signatures live for days do not notice a time zone."""


@pytest.mark.parametrize(
    ("name", "service", "field", "bare"), SHORT, ids=[f"{row[0]}/{row[1]}" for row in SHORT]
)
def test_a_clock_in_another_zone_is_named(
    name: str, service: str, field: str, bare: Request
) -> None:
    vendor, to = VENDORS[name], mock()
    later = to.clock.now()
    to.clock.advance(-8 * 3600)
    credential = Credential(name, vendor.credentials)
    method, target, headers, body = signed_by(name, service, bare.replaced(at=later), credential)
    ask(to.asgi, method, target, (("Host", HOST), *headers), body)
    why = ask(to.asgi, "GET", "/_mockocr/requests").json["requests"][0]["why"]
    assert "28800 s" in why
    assert why.endswith("that is 8 h, as when local time is sent instead of UTC")
