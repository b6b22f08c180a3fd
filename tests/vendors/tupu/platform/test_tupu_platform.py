"""The original platform: whose signature counts, and that the answer's own one holds."""

from __future__ import annotations

import base64
import itertools
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account, Credential, State
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.tupu import VENDOR, platform_auth, sample_key
from mockocr.vendors.tupu import rsa as signing
from tests.asgi import Answer, ask
from tests.exchange import DEFAULT_TIME, picture
from tests.recognitions import HELLO, Reader

SECRET_ID = VENDOR.credentials["secret_id"]
TASK = "5caeac72582e35c560667d21"
KEY = Credential("tupu", VENDOR.credentials)
CLIENTS = (
    "5d3a6cad92eea7b32fe6a014",
    """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDJFGYm3hNqX/kaJ2Q+r2KajsLQ
h8Hy04Ob1O4qDdkdRWwzoBTZqMaPoNyfHR4YXQKB/CC/BLXIMzO5t5rRVpcNS8je
wHYJejSZpUOb5UN4J0yFnMIqwWmtJ2gTs7JFshtEXYVBiXW3PVkXB0bLwcG+GwLr
KQekDFsi+JIIk86FFQIDAQAB
-----END PUBLIC KEY-----
""",
)
"""A secretId and the public half of a throw-away key, whose private half nobody has any more."""
CLIENTS_SIGNATURE = (
    "O4couoRx5EqkKKkH9fStkSu5CFyyH4o0WGo4pmVs8ScluyCzpGDfVhnLOqsfHBGwaR21hAsrgYMtFGL4QPQiFDQt0mNg"
    "8YF5dmt+D7xe4lRJwtxE25Auv/0rTNyoPuh3fSP+asCH+sek5FbY9loMGrJixnsQ7tBe6VJftFCnRvo="
)
"""Made by openssl and by Python's rsa alike, over that secretId, 1700000000, 0.1527317095951506."""


def mock(*keys: Credential, **options: Any) -> Mock:
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    return build(
        engine=Reader(HELLO),
        vendors=(VENDOR,),
        accounts=(Account("dev", keys or (KEY,)),),
        clock=clock,
        ids=(f"{n:032x}" for n in itertools.count(1)).__next__,
        seeds=itertools.count(1).__next__,
        **options,
    )


def upload(*fields: tuple[str, str], secret_id: str = SECRET_ID) -> Request:
    parts = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    head = '--cut\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    body = (parts + head).encode() + picture("hello.png") + b"\r\n--cut--\r\n"
    path = f"/v3/recognition/{secret_id}"
    typed = (("Content-Type", "multipart/form-data; boundary=cut"),)
    return Request("POST", path, path, typed, body=body, at=DEFAULT_TIME, seed=3, size=len(body))


def send(to: Mock, request: Request) -> Answer:
    return ask(to.asgi, request.method, request.target, request.headers, request.body)


def signed(to: Mock, *fields: tuple[str, str], key: Credential = KEY) -> Answer:
    return send(to, VENDOR.sign(upload(*fields), key))


def inner(answer: Answer) -> Any:
    assert answer.status == 200
    assert list(answer.json) == ["signature", "json"]
    return json.loads(answer.json["json"])


def code(answer: Answer) -> int:
    number: int = inner(answer)["code"]
    return number


def why(to: Mock) -> str:
    text: str = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"]
    return text


def with_values(**values: str) -> Credential:
    return replace(KEY, values={**KEY.values, **values})


def pair() -> tuple[str, str]:
    private = rsa.generate_private_key(65537, 1024)
    return (
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        public_of(private.public_key()),
    )


def public_of(key: Any) -> str:
    pem: bytes = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()


def test_a_signature_that_others_made_is_accepted() -> None:
    secret_id, public = CLIENTS
    key = with_values(secret_id=secret_id, public_key=public)
    fields = (
        ("timestamp", "1700000000"),
        ("nonce", "0.1527317095951506"),
        ("signature", CLIENTS_SIGNATURE),
    )
    answer = send(mock(key), upload(*fields, secret_id=secret_id))
    (file,) = inner(answer)[TASK]["fileList"]
    assert [line["text"] for line in file["objects"]] == ["发票 Invoice 2026", "合计:1280.50"]


@pytest.mark.parametrize(
    "change",
    [
        {"timestamp": "1700000001"},
        {"nonce": "0.1527317095951507"},
        {"signature": CLIENTS_SIGNATURE[:-4] + "AAA="},
        {"signature": CLIENTS_SIGNATURE[:-4]},
        {"signature": "not base64!"},
        {"signature": base64.b64encode(b"x").decode()},
    ],
)
def test_any_change_to_what_was_signed_is_noticed(change: dict[str, str]) -> None:
    secret_id, public = CLIENTS
    fields = {
        "timestamp": "1700000000",
        "nonce": "0.1527317095951506",
        "signature": CLIENTS_SIGNATURE,
        **change,
    }
    to = mock(with_values(secret_id=secret_id, public_key=public))
    answer = send(to, upload(*fields.items(), secret_id=secret_id))
    assert code(answer) == 1
    assert inner(answer)["message"] == "authorization failed"
    assert "does not match" in why(to)


def test_the_answers_signature_holds_for_exactly_its_text() -> None:
    to = mock()
    answer = signed(to)
    published = ask(to.asgi, "GET", "/_mockocr/tupu.pem")
    assert published.header("content-type").startswith("application/x-pem-file")
    public = serialization.load_pem_public_key(published.body)
    assert isinstance(public, rsa.RSAPublicKey)
    signature = base64.b64decode(answer.json["signature"])
    text = answer.json["json"]
    public.verify(signature, text.encode(), padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        public.verify(signature, text.encode() + b" ", padding.PKCS1v15(), hashes.SHA256())


def test_refusals_are_sealed_too() -> None:
    to = mock()
    answer = send(to, upload())
    public = ask(to.asgi, "GET", "/_mockocr/tupu.pem").body.decode()
    assert signing.verifies(public, answer.json["json"], answer.json["signature"])
    assert list(inner(answer)) == ["code", "message", "nonce", "timestamp"]


def test_the_task_comes_first_and_then_the_four_that_close() -> None:
    assert list(inner(signed(mock()))) == [TASK, "code", "message", "nonce", "timestamp"]


def test_the_hosted_api_is_not_sealed_and_its_key_opens_no_other_door() -> None:
    request = upload(secret_id="general-ocr")
    hosted = send(mock(), VENDOR.sign(request, KEY))
    assert list(hosted.json) == ["data", "code", "message", "nonce", "timestamp"]
    query = f"?key={KEY.values['key']}"
    assert code(send(mock(), upload().replaced(target=f"/v3/recognition/{SECRET_ID}{query}"))) == 1


@pytest.mark.parametrize(
    ("timestamp", "wanted"),
    [
        ("1700000000", 0),
        ("1700000000000", 0),
        ("1795150553.145595", 0),
        ("2026-01-02 03:04:05.678901", 0),
        ("", 12),
        ("soon", 12),
        ("17", 12),
        ("-1700000000", 12),
        ("20260102", 12),
        ("17000000000000000000000", 12),
    ],
)
def test_a_timestamp_is_seconds_milliseconds_or_a_date(timestamp: str, wanted: int) -> None:
    text = platform_auth.canonical(SECRET_ID, timestamp, "n")
    fields = [("timestamp", timestamp), ("nonce", "n")]
    fields.append(("signature", signing.signature(sample_key.PRIVATE, text)))
    assert code(send(mock(), upload(*fields))) == wanted


def test_json_keeps_the_digits_that_were_signed() -> None:
    text = platform_auth.canonical(SECRET_ID, "1795150553.10", "7")
    signature = signing.signature(sample_key.PRIVATE, text)
    numbers = '{"timestamp": 1795150553.10, "nonce": 7, "image": [], "signature": '
    body = (numbers + json.dumps(signature) + "}").encode()
    path = f"/v3/recognition/{SECRET_ID}"
    typed = (("Content-Type", "application/json"),)
    assert code(send(mock(), Request("POST", path, path, typed, body=body))) == 3


@pytest.mark.parametrize(
    ("missing", "wanted", "reason"),
    [
        ("signature", 1, "no signature"),
        ("nonce", 1, "no nonce"),
        ("timestamp", 12, "timestamp"),
    ],
)
def test_a_missing_field_is_named_in_the_journal(missing: str, wanted: int, reason: str) -> None:
    fields = {"signature": "eA==", "nonce": "1", "timestamp": "1700000000"}
    del fields[missing]
    to = mock()
    assert code(send(to, upload(*fields.items()))) == wanted
    assert reason in why(to)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("{s}{t}{n}", "commas stand between"),
        ("{s}&{t}&{n}", "commas stand between"),
        ("{t},{n},{s}", "the order is secretId, timestamp, nonce"),
        ("{s},{n},{t}", "the order is secretId, timestamp, nonce"),
        ("{s},{t},{n}\n", "a line end was signed"),
        ("{t},{n}", "the secretId was not signed"),
        ("{s},{t}", "the nonce was not signed"),
        ("{s},{t}000,{n}", "signed in milliseconds"),
        ("something else", "another private key, or other text"),
    ],
)
def test_the_journal_names_what_was_signed_by_mistake(text: str, cause: str) -> None:
    made = text.format(s=SECRET_ID, t="1700000000", n="0.5")
    fields = {
        "timestamp": "1700000000",
        "nonce": "0.5",
        "signature": signing.signature(sample_key.PRIVATE, made),
    }
    to = mock()
    assert code(send(to, upload(*fields.items()))) == 1
    assert cause in why(to)


def test_the_journal_knows_a_lost_plus_another_digest_and_the_wrong_key() -> None:
    text = platform_auth.canonical(SECRET_ID, "1700000000", "0.5")
    fields = {"timestamp": "1700000000", "nonce": "0.5"}

    def told(signature: str, key: Credential = KEY) -> str:
        to = mock(key)
        assert code(send(to, upload(*fields.items(), ("signature", signature)))) == 1
        return why(to)

    right = signing.signature(sample_key.PRIVATE, text)
    assert "+" in right
    assert "%2B" in told(right.replace("+", " "))
    private = serialization.load_pem_private_key(sample_key.PRIVATE.encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    older = private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA1())
    assert "SHA1" in told(base64.b64encode(older).decode())
    _, public = pair()
    assert "account dev" in told(right, with_values(public_key=public))


def test_another_accounts_signature_opens_nothing() -> None:
    mine, yours = (Credential("tupu", VENDOR.mint(text * 40)) for text in "ab")
    to = mock(mine, yours)
    assert code(signed(to, key=mine)) == 0
    stolen = replace(mine, values={**mine.values, "secret_id": yours.values["secret_id"]})
    request = VENDOR.sign(upload(), mine)
    path = f"/v3/recognition/{stolen.values['secret_id']}"
    assert code(send(to, request.replaced(path=path, target=path))) == 1
    assert code(signed(mock(mine), key=yours)) == 6


def test_an_account_brings_a_key_of_its_own() -> None:
    private, public = pair()
    own = with_values(public_key=public, private_key=private)
    assert code(signed(mock(own), key=own)) == 0
    assert code(signed(mock(own))) == 1
    bare = "".join(line for line in public.splitlines() if "-----" not in line)
    assert code(signed(mock(with_values(public_key=bare)), key=own)) == 0


@pytest.mark.parametrize(
    "public",
    ["", "  \n", "nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "é"],
)
def test_without_a_usable_public_key_nobody_gets_in(public: str) -> None:
    to = mock(with_values(public_key=public))
    assert code(signed(to)) == 9
    assert "key" in why(to)


def test_a_key_of_another_kind_is_no_certificate() -> None:
    to = mock(
        with_values(public_key=public_of(ec.generate_private_key(ec.SECP256R1()).public_key()))
    )
    assert code(signed(to)) == 9
    assert "no RSA key" in why(to)


def test_a_private_key_that_cannot_be_read_signs_nothing() -> None:
    assert code(signed(mock(), key=with_values(private_key="broken"))) == 1


@pytest.mark.parametrize(
    ("state", "wanted"), [("disabled", 8), ("unsubscribed", 7), ("arrears", 1)]
)
def test_a_key_out_of_order_is_told_at_200(state: State, wanted: int) -> None:
    assert code(signed(mock(replace(KEY, state=state)))) == wanted


def test_a_quota_and_a_rate_are_told_at_200() -> None:
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/tupu.recognition", (), b'{"left": 1}')
    assert [code(signed(to)) for _ in range(2)] == [0, 1]
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/tupu.recognition", (), b'{"per_second": 1}')
    assert [code(signed(to)) for _ in range(2)] == [0, 17]


@pytest.mark.parametrize("value", ["async", "ASYNC"])
def test_answers_to_a_callback_are_refused_clearly(value: str) -> None:
    to = mock()
    answer = signed(to, ("resType", value), ("callbackUrl", "http://a.example/"))
    assert code(answer) == 15
    assert "resType async" in inner(answer)["message"]
    assert "called back" in why(to)
    assert code(signed(mock(), ("resType", "sync"))) == 0


def test_only_the_task_of_text_recognition_is_known() -> None:
    assert code(signed(mock(), ("task", TASK))) == 0
    assert code(signed(mock(), ("task", TASK), ("task", "54bcfc6c329af61034f7c2fc"))) == 7


def test_the_sdks_further_fields_change_nothing() -> None:
    extras = ("uid", "u"), ("sequenceId", "s"), ("time", "1"), ("CID", "c"), ("secretId", SECRET_ID)
    assert code(signed(mock(), *extras, ("tag", "a"))) == 0


def test_what_is_not_the_platforms_own_keeps_its_status_and_says_error() -> None:
    path = f"/v3/recognition/{SECRET_ID}"
    answer = ask(mock().asgi, "GET", path)
    assert (answer.status, answer.json["error"]) == (405, "method not allowed")
    row = VENDOR.row(ErrorKind.UNAVAILABLE)
    assert VENDOR.refuse(Request("POST", path, at=DEFAULT_TIME), row).status == 503


def test_without_the_extra_the_platform_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    to = mock()
    answer = send(to, upload(("signature", "eA==")))
    assert (answer.status, answer.json["error"]) == (503, "service unavailable")
    assert "pip install 'mockocr[tls]'" in why(to)
    missing = ask(to.asgi, "GET", "/_mockocr/tupu.pem")
    assert missing.status == 404
    assert "mockocr[tls]" in missing.json["error"]
    assert b'name="signature"' not in VENDOR.sign(upload(), KEY).body
