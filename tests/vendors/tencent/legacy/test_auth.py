"""The signature: foreign vectors, every order of fields, each error in its order."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mockocr.core.account import Account, Credential
from mockocr.vendors.tencent import VENDOR
from mockocr.vendors.tencent.legacy import signature
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.vendors.tencent.legacy.harness import (
    APPID,
    DEV,
    NOW,
    OTHER,
    SECRET,
    SECRET_ID,
    Harness,
    T,
    ask,
    authorization,
    code,
    good,
    plain,
    request,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
OTHER_APPID = OTHER.credential("tencent").values["appid"]
REUSABLE = [vector for vector in VECTORS if vector["name"] != "single use"]


def ids(vectors: list[dict[str, str]]) -> list[str]:
    return [vector["name"] for vector in vectors]


def moment(vector: dict[str, str], name: str) -> datetime:
    fields = dict(pair.split("=") for pair in vector["plain"].split("&"))
    return datetime.fromtimestamp(int(fields[name]), UTC)


@pytest.mark.parametrize("vector", VECTORS, ids=ids(VECTORS))
def test_the_hmac_and_the_header_are_those_of_the_vector(vector: dict[str, str]) -> None:
    assert signature.signature(SECRET, vector["plain"].encode()).hex() == vector["hmac"]
    assert signature.authorization_value(SECRET, vector["plain"]) == vector["authorization"]


@pytest.mark.parametrize("vector", REUSABLE, ids=ids(REUSABLE))
def test_a_vector_is_accepted_until_its_expiry_and_refused_after_it(vector: dict[str, str]) -> None:
    end = moment(vector, "e")
    assert code(ask(good(auth=vector["authorization"], at=end)))[1] == 0
    late = end + timedelta(seconds=1)
    assert code(ask(good(auth=vector["authorization"], at=late))) == (401, 9, "sign expired")


@pytest.mark.parametrize("vector", REUSABLE, ids=ids(REUSABLE))
@pytest.mark.parametrize("place", [0, 19, -1])
def test_a_vector_with_one_bit_changed_is_refused(vector: dict[str, str], place: int) -> None:
    raw = bytearray(base64.b64decode(vector["authorization"]))
    raw[place] ^= 1
    forged = base64.b64encode(raw).decode()
    status, number, _ = code(ask(good(auth=forged, at=moment(vector, "t"))))
    assert (status, number) == (401, 14)


@pytest.mark.parametrize(
    "text",
    [
        plain(b="-"),
        plain(b=""),
        plain(r="-", u="-", f="-"),
        plain(u="", f=""),
        plain(f="/200001/files/one.jpg"),
        plain(r="12345678901"),
        plain(e=f"{T + 60}.123456", t=f"{T}.5"),
        plain(e=f"{T}", t=f"{T}"),
        "&".join(sorted(plain().split("&"), reverse=True)),
        plain() + "&x=unknown&novalue",
    ],
)
def test_any_order_and_absent_or_empty_fields_are_accepted(text: str) -> None:
    assert code(ask(good(auth=authorization(text)))) == (200, 0, "OK")


def test_missing_padding_and_surrounding_blanks_are_accepted() -> None:
    whole = authorization(plain(r="12345"))
    assert whole.endswith("=")
    assert code(ask(good(auth=whole.rstrip("="))))[1] == 0
    assert code(ask(good(auth=f"  {whole} ")))[1] == 0


@pytest.mark.parametrize("value", ["", "   "])
def test_no_signature_is_code_4(value: str) -> None:
    assert code(ask(good(auth=value)))[:2] == (401, 4)


@pytest.mark.parametrize(
    "value",
    [
        "Bearer abc",
        "\xff\xfe",
        "A",
        "abc-_def",
        authorization(plain())[:12] + "****" + authorization(plain())[12:],
        base64.b64encode(b"x" * 20).decode(),
        base64.b64encode(b"x" * 300).decode(),
        "A" * 100_000,
        *(authorization(plain(**{name: gone})) for name in "aket" for gone in ("", "-")),
        *(authorization(plain(e=end)) for end in ("nan", "inf", "1e9", "soon", "٣", "9" * 400)),
        authorization(plain(t="now")),
    ],
)
def test_a_malformed_signature_is_code_5(value: str) -> None:
    assert code(ask(good(auth=value)))[:2] == (401, 5)
    assert SERVICE.claimed(good(auth=value)) is None


def test_the_journal_names_a_wrong_digest_before_the_text() -> None:
    text = plain().encode()
    cases = {
        "; the HMAC is 40 hex digits instead of 20 raw bytes": b"a" * 40 + text,
        "; the HMAC is 32 bytes long (SHA-256?) instead of the 20 of SHA-1": b"\xf0" * 32 + text,
        "; the text stands before the HMAC instead of after it": text[:100],
    }
    for hint, raw in cases.items():
        harness = Harness()
        assert code(harness.ask(good(auth=base64.b64encode(raw).decode())))[1] == 5
        assert harness.audit.why.endswith(hint)


def test_the_checks_come_in_the_vendors_order() -> None:
    """Each signature also has every fault of those after it."""
    other, unknown_appid = OTHER_APPID, "1259999999"
    forged, past = "another secret", str(T - 1)
    unknown = plain(k="AKIDUNKNOWN", a=unknown_appid, e=past)
    seen = [
        code(ask(request(b"not json", auth=value)))[1]
        for value in (
            "",
            "%%%",
            authorization(unknown, forged),
            authorization(plain(a=unknown_appid, e=past), forged),
            authorization(plain(a=other, e=past), forged),
            authorization(plain(e=past), forged),
            authorization(plain(e=past)),
            authorization(plain()),
        )
    ]
    assert seen == [4, 5, 11, 10, 12, 14, 9, 3]


@pytest.mark.parametrize(
    ("text", "secret", "expected"),
    [
        (plain(k="AKIDUNKNOWN"), SECRET, (401, 11, "secretid not exist")),
        (
            plain(a=OTHER_APPID),
            SECRET,
            (401, 12, "appid not match"),
        ),
        (plain(), "another secret", (401, 14, "sign no pass")),
        (plain(e=str(T - 1)), SECRET, (401, 9, "sign expired")),
    ],
)
def test_the_observed_messages_are_exact(
    text: str, secret: str, expected: tuple[int, int, str]
) -> None:
    assert code(ask(good(auth=authorization(text, secret)))) == expected


def test_the_journal_gets_the_text_and_both_signatures_but_not_the_secret() -> None:
    harness = Harness()
    harness.ask(good(auth=authorization(plain(), "another secret")))
    evidence = harness.audit.evidence
    assert evidence is not None
    assert evidence.expected == evidence.received == plain()
    raw = base64.b64decode(authorization(plain()))[:20]
    assert evidence.expected_signature == raw.hex() != evidence.signature
    assert "does not match" in harness.audit.why
    assert SECRET not in harness.audit.why


def test_the_journal_says_how_long_ago_a_signature_expired() -> None:
    harness = Harness()
    harness.ask(good(auth=authorization(plain(e=str(T - 412)))))
    assert "the signature expired 412 s ago" in harness.audit.why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (plain(k="AKIDUNKNOWN"), "unknown SecretId k='AKIDUNKNOWN'"),
        (
            plain(a="1259999999"),
            "the signed appid a='1259999999' is unknown; the SecretId belongs to appid 1251000000",
        ),
        (
            plain(a=OTHER_APPID),
            f"the signed appid a={OTHER_APPID!r} belongs to another account; "
            "the SecretId belongs to appid 1251000000",
        ),
        (plain(e="0"), "e=0 marks a single-use signature, which OCR does not accept"),
        (plain(e=""), "the signed text has no e"),
        (plain(t="now"), "t='now' in the signed text is not a time in seconds"),
        (
            plain(e=str(T - 90)),
            f"the signature expired 90 s ago (e={T - 90}, now {T})",
        ),
    ],
)
def test_the_journal_says_in_one_sentence_why_a_signature_is_refused(text: str, why: str) -> None:
    harness = Harness()
    harness.ask(good(auth=authorization(text)))
    assert harness.audit.why == why


def test_a_single_use_signature_is_expired_unless_the_option_allows_one_use() -> None:
    single = authorization(plain(e="0", f="some/file.jpg"))
    assert code(ask(good(auth=single)))[1] == 9
    harness = Harness()
    once = {"single_use": "once"}
    assert code(harness.ask(good(auth=single, options=once)))[1] == 0
    assert code(harness.ask(good(auth=single, options=once)))[:2] == (401, 13)
    later = authorization(plain(e="0", f="some/file.jpg", r="2"))
    assert code(harness.ask(good(auth=later, options=once)))[1] == 0


def test_a_used_single_use_signature_is_remembered_for_the_longest_lifetime() -> None:
    harness = Harness()
    single = authorization(plain(e="0", f="some/file.jpg"))
    harness.ask(good(auth=single, options={"single_use": "once"}))
    assert [until - at for until, at in harness.remembered] == [timedelta(days=90)]


def test_a_forged_single_use_signature_does_not_consume_the_genuine_one() -> None:
    harness = Harness()
    once = {"single_use": "once"}
    forged = authorization(plain(e="0"), "another secret")
    assert code(harness.ask(good(auth=forged, options=once)))[1] == 14
    assert not harness.used


def test_a_multiple_use_signature_is_accepted_again() -> None:
    harness = Harness()
    assert [code(harness.ask(good()))[1] for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("disabled", (403, 24)),
        ("unsubscribed", (403, 24)),
        ("expired", (403, 25)),
        ("arrears", (400, 3)),
    ],
)
def test_each_credential_state_has_its_own_error(state: str, expected: tuple[int, int]) -> None:
    held = Account("held", (Credential("tencent", VENDOR.credentials, state),))  # type: ignore[arg-type]  # parametrized as text
    response = Harness(accounts=(held,)).ask(good())
    assert code(response)[:2] == expected
    if state == "arrears":
        assert code(response)[2] == "account abnormal,errorno is:2"


def test_sign_signs_like_the_node_sdk() -> None:
    signed = SERVICE.sign(good(auth=""), DEV.credential("tencent"))
    raw = base64.b64decode(signed.header("authorization"))
    assert raw[20:].decode().startswith(f"a={APPID}&k={SECRET_ID}&e={T + 2592000}&t={T}&r=")
    assert raw[20:].endswith(b"&u=0&f=")
    assert [k for k, _ in signed.headers].count("Authorization") == 1
    assert code(ask(signed))[1] == 0
    again = SERVICE.sign(signed, DEV.credential("tencent"))
    assert again == signed


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"appid" : "1251000000", "image": "MTI1MTAwMDAwMA=="}'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="appid"; filename="appid"\r\n'
            b"Content-Length: 10\r\n\r\n1251000000\r\n--x\r\n"
            b'Content-Disposition: form-data; name="image"\r\n\r\n1251000000\r\n--x--\r\n',
        ),
    ],
)
def test_sign_for_another_account_puts_its_appid_into_the_body(
    content_type: str, body: bytes
) -> None:
    key = OTHER.credential("tencent")
    signed = SERVICE.sign(request(body, content_type, auth=""), key)
    harness = Harness()
    assert code(harness.ask(signed))[1] == 0
    assert harness.audit.account == "other"
    assert b"1251000000" in signed.body or b"MTI1MTAwMDAwMA==" in signed.body


def test_generated_credentials_have_the_vendors_form() -> None:
    one, two = VENDOR.generate_credentials("0" * 40), VENDOR.generate_credentials("0" * 39 + "1")
    for generated in (one, two):
        assert list(generated) == list(VENDOR.credentials)
        assert [len(v) for v in generated.values()] == [len(v) for v in VENDOR.credentials.values()]
        assert generated["appid"].isdecimal()
    assert one["secret_key"] != two["secret_key"]
    assert one["secret_key"] not in one["secret_id"]


def test_the_claimed_credential_is_the_unverified_secret_id() -> None:
    forged = good(auth=authorization(plain(e="1"), "another secret"))
    assert SERVICE.claimed(forged) == ("secret_id", SECRET_ID)
    assert SERVICE.claimed(good(auth="")) is None


def test_only_the_time_of_the_request_decides() -> None:
    early = good(at=NOW - timedelta(days=365))
    assert code(ask(early))[1] == 0
