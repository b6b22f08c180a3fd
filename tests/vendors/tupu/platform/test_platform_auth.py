"""The platform accepts a signature by the account's own key, and explains every other one."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from msgspec.structs import replace

from mockocr.core.account import Credential, State
from mockocr.signing.rsa import sign
from mockocr.vendors.tupu import VENDOR
from mockocr.vendors.tupu.credentials import PRIVATE_KEY
from mockocr.vendors.tupu.platform.signing_mistakes import SignedFields
from tests.vendors.tupu.harness import CREDENTIAL, PLATFORM
from tests.vendors.tupu.platform.client import (
    SECRET_ID,
    code,
    content,
    key_pair,
    post,
    public_pem,
    server,
    signed,
    upload,
    with_values,
)

TASK = "5caeac72582e35c560667d21"
FOREIGN_ID, FOREIGN_KEY = (
    "5d3a6cad92eea7b32fe6a014",
    """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDJFGYm3hNqX/kaJ2Q+r2KajsLQ
h8Hy04Ob1O4qDdkdRWwzoBTZqMaPoNyfHR4YXQKB/CC/BLXIMzO5t5rRVpcNS8je
wHYJejSZpUOb5UN4J0yFnMIqwWmtJ2gTs7JFshtEXYVBiXW3PVkXB0bLwcG+GwLr
KQekDFsi+JIIk86FFQIDAQAB
-----END PUBLIC KEY-----
""",
)
"""A secretId and the public half of a throw-away key; its private half is deleted."""
FOREIGN_SIGNATURE = (
    "O4couoRx5EqkKKkH9fStkSu5CFyyH4o0WGo4pmVs8ScluyCzpGDfVhnLOqsfHBGwaR21hAsrgYMtFGL4QPQiFDQt0mNg"
    "8YF5dmt+D7xe4lRJwtxE25Auv/0rTNyoPuh3fSP+asCH+sek5FbY9loMGrJixnsQ7tBe6VJftFCnRvo="
)
"""Made by openssl and by Python's rsa, over that secretId, 1700000000 and 0.1527317095951506."""
FOREIGN_FIELDS = {
    "timestamp": "1700000000",
    "nonce": "0.1527317095951506",
    "signature": FOREIGN_SIGNATURE,
}


def signature_of(text: str) -> str:
    return sign(PRIVATE_KEY, text)


def text_to_sign(timestamp: str, nonce: str) -> str:
    return f"{SECRET_ID},{timestamp},{nonce}"


def test_a_signature_that_others_made_is_accepted() -> None:
    harness = server(with_values(secret_id=FOREIGN_ID, public_key=FOREIGN_KEY))
    response = harness.serve(upload(*FOREIGN_FIELDS.items(), secret_id=FOREIGN_ID))
    (file,) = content(response)[TASK]["fileList"]
    assert [line["text"] for line in file["objects"]] == ["Tupu 2026"]


@pytest.mark.parametrize(
    "change",
    [
        {"timestamp": "1700000001"},
        {"nonce": "0.1527317095951507"},
        {"signature": FOREIGN_SIGNATURE[:-4] + "AAA="},
        {"signature": FOREIGN_SIGNATURE[:-4]},
        {"signature": "not base64!"},
        {"signature": base64.b64encode(b"x").decode()},
    ],
)
def test_any_change_to_the_signed_fields_is_refused(change: dict[str, str]) -> None:
    harness = server(with_values(secret_id=FOREIGN_ID, public_key=FOREIGN_KEY))
    fields = {**FOREIGN_FIELDS, **change}
    response = harness.serve(upload(*fields.items(), secret_id=FOREIGN_ID))
    assert code(response) == 1
    assert content(response)["message"] == "authorization failed"
    assert harness.audit.why.startswith("the signature does not match: ")


def test_the_evidence_has_the_string_to_sign_and_the_signature() -> None:
    harness = server(with_values(secret_id=FOREIGN_ID, public_key=FOREIGN_KEY))
    fields = {**FOREIGN_FIELDS, "nonce": "7"}
    harness.serve(upload(*fields.items(), secret_id=FOREIGN_ID))
    assert harness.audit.evidence is not None
    assert harness.audit.evidence.expected == f"{FOREIGN_ID},1700000000,7"
    assert harness.audit.evidence.signature == FOREIGN_SIGNATURE


def test_the_string_to_sign_joins_three_values_with_commas() -> None:
    assert SignedFields("id", "1700000000", "0.5").text == "id,1700000000,0.5"


def test_the_credential_is_looked_up_once() -> None:
    harness = server()
    assert code(harness.serve(signed())) == 0
    assert harness.lookups == [("secret_id", SECRET_ID)]


def test_the_hosted_apis_key_does_not_authenticate_on_the_platform() -> None:
    query = f"key={CREDENTIAL.values['key']}"
    request = upload().replaced(query=query, target=f"/v3/recognition/{SECRET_ID}?{query}")
    assert code(server().serve(request)) == 1


@pytest.mark.parametrize(
    ("timestamp", "expected"),
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
def test_a_timestamp_is_seconds_milliseconds_or_a_date(timestamp: str, expected: int) -> None:
    signature = signature_of(text_to_sign(timestamp, "n"))
    fields = [("timestamp", timestamp), ("nonce", "n"), ("signature", signature)]
    assert code(server().serve(upload(*fields))) == expected


def test_json_keeps_the_digits_that_were_signed() -> None:
    signature = signature_of(text_to_sign("1795150553.10", "7"))
    numbers = '{"timestamp": 1795150553.10, "nonce": 7, "image": [], "signature": '
    body = (numbers + json.dumps(signature) + "}").encode()
    assert code(server().serve(post(body, "application/json"))) == 3


@pytest.mark.parametrize(
    ("missing", "expected", "reason"),
    [
        ("signature", 1, "the body has no field signature, or an empty one"),
        ("nonce", 1, "the body has no field nonce, or an empty one"),
        (
            "timestamp",
            12,
            "the timestamp is '' and not seconds or milliseconds since 1970",
        ),
    ],
)
def test_the_journal_names_a_missing_field(missing: str, expected: int, reason: str) -> None:
    fields = {"signature": "eA==", "nonce": "1", "timestamp": "1700000000"}
    del fields[missing]
    harness = server()
    assert code(harness.serve(upload(*fields.items()))) == expected
    assert harness.audit.why == reason


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("{s}{t}{n}", "the signed values must be joined by commas, not by ''"),
        ("{s}&{t}&{n}", "the signed values must be joined by commas, not by '&'"),
        ("{s}\n{t}\n{n}", "the signed values must be joined by commas, not by '\\n'"),
        ("{s}, {t}, {n}", "the signed values must be joined by commas, not by ', '"),
        ("{s};{t};{n}", "the signed values must be joined by commas, not by ';'"),
        ("{s}|{t}|{n}", "the signed values must be joined by commas, not by '|'"),
        ("{t},{n},{s}", "the order of the signed values must be secretId, timestamp, nonce"),
        ("{s},{n},{t}", "the order of the signed values must be secretId, timestamp, nonce"),
        ("{s},{t},{n}\n", "a line end was signed after the text"),
        ("{t},{n}", "the secretId was not signed"),
        ("{s},{t}", "the nonce was not signed"),
        ("{s},{t}000,{n}", "the timestamp was signed in milliseconds and sent in seconds"),
        ("something else", "it is by another private key, or over other text"),
    ],
)
def test_the_journal_names_the_signing_mistake(text: str, cause: str) -> None:
    made = text.format(s=SECRET_ID, t="1700000000", n="0.5")
    fields = {"timestamp": "1700000000", "nonce": "0.5", "signature": signature_of(made)}
    harness = server()
    assert code(harness.serve(upload(*fields.items()))) == 1
    checked = text_to_sign("1700000000", "0.5")
    assert harness.audit.why == (f"the signature does not match: {cause}; checked over {checked!r}")


def test_the_journal_knows_a_timestamp_signed_in_seconds_and_sent_in_milliseconds() -> None:
    signature = signature_of(text_to_sign("1700000000", "0.5"))
    fields = {"timestamp": "1700000000000", "nonce": "0.5", "signature": signature}
    harness = server()
    assert code(harness.serve(upload(*fields.items()))) == 1
    assert "the timestamp was signed in seconds and sent in milliseconds" in harness.audit.why


def test_the_journal_knows_a_lost_plus_another_digest_and_the_wrong_key() -> None:
    text = text_to_sign("1700000000", "0.5")
    fields = {"timestamp": "1700000000", "nonce": "0.5"}

    def reason(signature: str, credential: Credential = CREDENTIAL) -> str:
        harness = server(credential)
        request = upload(*fields.items(), ("signature", signature))
        assert code(harness.serve(request)) == 1
        return harness.audit.why

    right = signature_of(text)
    assert "+" in right
    assert "%2B" in reason(right.replace("+", " "))
    private = serialization.load_pem_private_key(PRIVATE_KEY.encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    for name, digest in (
        ("SHA1", hashes.SHA1()),
        ("MD5", hashes.MD5()),
        ("SHA512", hashes.SHA512()),
    ):
        other = base64.b64encode(private.sign(text.encode(), padding.PKCS1v15(), digest)).decode()
        assert f"the signature uses {name} instead of SHA256" in reason(other)
    _, public = key_pair()
    assert "the private key belongs to the account dev" in reason(
        right, with_values(public_key=public)
    )


def test_a_signature_for_another_account_is_refused() -> None:
    mine, yours = (Credential("tupu", VENDOR.generate_credentials(text * 40)) for text in "ab")
    harness = server(mine, yours)
    assert code(harness.serve(signed(credential=mine))) == 0
    path = f"/v3/recognition/{yours.values['secret_id']}"
    request = signed(credential=mine).replaced(path=path, target=path)
    assert code(harness.serve(request)) == 1
    other = server(mine)
    assert code(other.serve(signed(credential=yours))) == 6
    assert other.audit.why == "unknown secretId 'bbbbbbbbbbbbbbbbbbbbbbbb'"


def test_an_account_may_have_its_own_key() -> None:
    private, public = key_pair()
    own = with_values(public_key=public, private_key=private)
    assert code(server(own).serve(signed(credential=own))) == 0
    assert code(server(own).serve(signed())) == 1
    bare = "".join(line for line in public.splitlines() if "-----" not in line)
    assert code(server(with_values(public_key=bare)).serve(signed(credential=own))) == 0


@pytest.mark.parametrize(
    "public",
    ["", "  \n", "nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "é"],
)
def test_an_account_without_a_usable_public_key_gets_code_9(public: str) -> None:
    harness = server(with_values(public_key=public))
    assert code(harness.serve(signed())) == 9
    assert "key" in harness.audit.why


def test_a_public_key_that_is_not_rsa_gets_code_9() -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    harness = server(with_values(public_key=public_pem(curve)))
    assert code(harness.serve(signed())) == 9
    assert "the public key is not an RSA key" in harness.audit.why


def test_a_private_key_that_cannot_be_read_makes_no_signature() -> None:
    request = signed(credential=with_values(private_key="broken"))
    assert b'name="nonce"' in request.body
    assert b'name="signature"' not in request.body
    assert code(server().serve(request)) == 1


@pytest.mark.parametrize(
    ("state", "expected"), [("disabled", 8), ("unsubscribed", 7), ("arrears", 1), ("expired", 1)]
)
def test_each_state_of_a_credential_gets_its_code_with_status_200(
    state: State, expected: int
) -> None:
    assert code(server(replace(CREDENTIAL, state=state)).serve(signed())) == expected


def test_signing_replaces_the_secret_id_in_path_and_target() -> None:
    request = upload(secret_id="other").replaced(target="/v3/recognition/other?a=1")
    request = PLATFORM.sign(request, CREDENTIAL)
    assert request.path == f"/v3/recognition/{SECRET_ID}"
    assert request.target == f"/v3/recognition/{SECRET_ID}?a=1"


def test_without_the_extra_tls_the_platform_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert b'name="signature"' not in signed().body
    harness = server()
    response = harness.serve(upload(("signature", "eA==")))
    assert response.status == 503
    assert json.loads(response.body)["error"] == "service unavailable"
    assert "pip install 'mockocr[tls]'" in harness.audit.why
