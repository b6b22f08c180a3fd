"""A known secret is shown nowhere, wherever a client puts it and however it is encoded."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from mockocr.app import build
from mockocr.control.journal import redact
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.core.account import Account, Credential
from mockocr.core.service import Service, Vendor
from tests.conformance import SERVICES
from tests.recognitions import Reader
from tests.sockets import ask, served

Address = tuple[str, int]
JSON = (("Content-Type", "application/json"),)

PUBLIC = {
    *("aliyun.access_key_id", "aliyun_market.appkey", "aliyun_market.platform_appid"),
    *("huawei.ak", "huawei.domain"),
    *("huawei.project_id", "huawei.project_name", "huawei.user", "tencent.appid"),
    *("aws.access_key_id", "baidu.app_id", "google.client_email", "google.client_id"),
    *("google.private_key_id", "google.project_id", "google.project_number", "google.public_key"),
    *("wechat.appid", "tencent.bucket", "tencent.secret_id", "tupu.public_key", "tupu.secret_id"),
}
"""Fields that only say whose a credential is. All others, those of new vendors too, are secrets."""


def escaped(text: str) -> str:
    """Every second character as a percent escape, which no library does."""
    return "".join(f"%{ord(c):02x}" if n % 2 else quote(c) for n, c in enumerate(text))


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "percent": lambda text: quote(text, safe=""),
    "every second character": escaped,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 behind a name": lambda text: base64.b64encode(f"me:{text}".encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(f"u{text}".encode()).decode(),
    "percent of base64": lambda text: quote(base64.b64encode(text.encode()).decode() + "=", ""),
    "percent twice": lambda text: quote(escaped(text), safe=""),
}
BODIES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "json": (
        "application/json",
        lambda secret: json.dumps({"a": [secret], "note": f"x{secret}x", secret: 1}).encode(),
    ),
    "form": (
        "application/x-www-form-urlencoded",
        lambda secret: f"url={quote(secret)}&k%65y={quote(secret)}&{quote(secret)}=1".encode(),
    ),
    "multipart": (
        "multipart/form-data; boundary=b",
        lambda secret: (
            f'--b\r\nContent-Disposition: form-data; name="n"; filename="{secret}.jpg"\r\n\r\n'
            f"{secret}\r\n--b--\r\n"
        ).encode(),
    ),
    "text": ("text/plain", lambda secret: f"a {secret} b".encode()),
    "broken json": ("application/json", lambda secret: f'{{"a":"{secret}"'.encode()),
}
AUTHORIZATIONS = ("{0}", "APPCODE{0}", "APPCODE {0}", "X a={0}, Signature={0}")
CASES = [
    pytest.param(vendor, service, field, id=f"{service.name}-{field}")
    for vendor, service in SERVICES
    for field in vendor.credentials
    if f"{vendor.name}.{field}" not in PUBLIC
]


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    with served(build(engine=Reader()).asgi) as address:
        yield address


@pytest.mark.parametrize(("vendor", "service", "field"), CASES)
@pytest.mark.slow
def test_a_known_secret_is_shown_nowhere(
    address: Address,
    vendor: Vendor,
    service: Service,
    field: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    value = vendor.credentials[field]
    secret = value.split("\n")[1] if "\n" in value else value  # of a key, a line as in a header
    needles = {secret, secret[1:], *(encode(secret) for encode in ENCODINGS.values())}
    needles.add(base64.b64encode(secret.encode()).decode().rstrip("=")[:-2])
    with caplog.at_level(logging.DEBUG):
        for number, encode in enumerate((*ENCODINGS.values(), *ENCODINGS.values())):
            sent = encode(secret)
            kind, body = list(BODIES.values())[number % len(BODIES)]
            authorization = AUTHORIZATIONS[number // 2 % len(AUTHORIZATIONS)].format(sent)
            id = send(address, service, sent, authorization, kind, body(sent))
            shown = ask(address, "GET", f"/_mockocr/requests/{id}")[2].decode()
            assert len(shown) > 200
            for needle in needles:
                assert needle not in shown, shown
    rows = ask(address, "GET", "/_mockocr/requests")[2].decode()
    # pytest makes uvicorn write its access log, which mockocr turns off
    records = [vars(record) for record in caplog.records if record.name != "uvicorn.access"]
    logged = json.dumps(records, default=str)
    assert service.operations[0].path.split("{")[0] in logged
    for needle in needles:
        assert needle not in rows
        assert needle not in logged


def send(
    address: Address, service: Service, sent: str, authorization: str, kind: str, body: bytes
) -> str:
    """Send a request with `sent` in every place; return its id."""
    path = service.operations[0].path.replace("{", "").replace("}", "")
    query = f"k%65y={quote(sent)}&x={sent}&{sent}=2&url=http://h/?a={sent}"
    headers = (
        ("Content-Type", kind),
        ("Authorization", authorization),
        ("X-My-Key", sent),
        (f"X-{sent[:4]}", sent),
        ("Referer", f"https://example.com/?key={sent}&a={sent}"),
        ("Cookie", f"a={sent}"),
        ("User-Agent", f"curl {sent}"),
        ("X-Forwarded-For", sent),
        ("X-TC-Token", sent),
    )
    target = f"/{service.namespace}{path}{'' if kind == 'text/plain' else f'/{sent}'}?{query}"
    return ask(address, "POST", target, headers, body)[1]["x-mockocr-request"]


def test_the_secrets_of_accounts_made_at_run_time_are_masked_even_after_they_are_deleted(
    address: Address,
) -> None:
    made = {"name": "temporary", "keys": {"tupu": [{"values": {"key": "own-secret-77"}}]}}
    assert ask(address, "POST", "/_mockocr/accounts", JSON, json.dumps(made).encode())[0] == 201
    target = "/nowhere/own-secret-77"
    ask(address, "GET", target)
    assert "own-secret-77" not in newest_target(address)
    assert newest_target(address) == "/nowhere/own-…(13)"
    ask(address, "DELETE", "/_mockocr/accounts/temporary")
    ask(address, "GET", target)
    assert newest_target(address) == "/nowhere/own-…(13)"


def newest_target(address: Address) -> str:
    rows = json.loads(ask(address, "GET", "/_mockocr/requests?limit=1")[2])["requests"]
    target: str = rows[0]["target"]
    return target


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Authorization", "APPCODE0123456789abcdef", "APPC…(23)"),
        ("Authorization", "APPCODE 0123456789abcdef", "APPCODE 0123…(16)"),
        ("Authorization", "TC3 Credential=AK/1, Signature=ab", "TC3 Credential=AK/1, Signature=ab"),
        ("Authorization", "TC3 Secret=abcdefghi, Signature=ab", "TC3 Secret=abc…(9), Signature=ab"),
        ("X-My-Key", "abcdefghijkl", "abcd…(12)"),
        ("X-Unheard-Of", "abcdefghijkl", "abcd…(12)"),
        ("Referer", "http://h/?key=abcdefgh", "http…(22)"),
        ("X-TC-Token", "abcdefghijkl", "abcd…(12)"),
        ("X-TC-Action", "GeneralBasicOCR", "GeneralBasicOCR"),
        ("Content-Type", "text/plain; charset=utf-8", "text/plain; charset=utf-8"),
        ("Location", "http://h/?access_token=abcdefgh", "http://h/?access_token=ab…(8)"),
    ],
)
def test_of_unknown_headers_and_of_credentials_only_a_few_characters_are_shown(
    name: str, value: str, shown: str
) -> None:
    assert redact.header(name, value) == shown


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/a?k%65y=abcdefghi", "/a?k%65y=abc…(9)"),
        ("/a?x=1;api_key=abcdefghi&y=2", "/a?x=1;api_key=abc…(9)&y=2"),
        ("/a?keyword=abcdefghi", "/a?keyword=abcdefghi"),
    ],
)
def test_secret_parameters_are_found_by_their_decoded_name(target: str, shown: str) -> None:
    assert redact.target(target) == shown


def test_a_search_takes_as_long_for_many_accounts_as_for_one() -> None:
    secrets = KnownSecrets()
    for number in range(5000):
        values = {"key": f"secret-{number:06}-{number * 7919}"}
        secrets.add(Account(f"a{number}", (Credential("v", values),)))
    assert secrets.mask(f"/x?a={'secret-004321-' + str(4321 * 7919)}") == "/x?a=secr…(22)"
    for number in range(5000):
        secrets.retire(f"a{number}")
    assert secrets.mask("secret-004999-39587081") == "secr…(22)"
    assert secrets.mask("secret-000000-0") == "secret-000000-0", "old accounts take memory"
