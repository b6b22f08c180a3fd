"""Who gets in at the gateway: AppCodes and signed calls, and the answers for everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mockocr.core.http import Request
from mockocr.vendors.aliyun_market import VENDOR
from mockocr.vendors.aliyun_market.auth import SPELLINGS, sign_with_appkey
from mockocr.vendors.aliyun_market.signature import signature, string_to_sign
from tests.asgi import Answer
from tests.vendors.aliyun_market.harness import AT, APPCODE, CREDENTIAL, Market, get, in_state, post

ASK = get("/thumb/ocr?url=ftp:", ("Accept", "application/json"))
"""A call that gets past the gateway and no further: 666."""
SECRET = CREDENTIAL.values["appsecret"]
_WRONG = ("X-Ca-Signature", "eA==")


def message(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.header("x-ca-error-message")


def signed(*headers: tuple[str, str], request: Request = ASK) -> Request:
    return sign_with_appkey(request.replaced(headers=(*request.headers, *headers)), CREDENTIAL)


def without(request: Request, name: str) -> Request:
    kept = tuple(pair for pair in request.headers if pair[0].lower() != name.lower())
    return request.replaced(headers=kept)


@pytest.mark.parametrize("scheme", ["APPCODE", "appcode", "AppCode"])
def test_an_appcode_is_accepted_whatever_the_case_of_its_scheme(scheme: str) -> None:
    code = CREDENTIAL.values["appcode"]
    assert Market().send(get(ASK.target, ("Authorization", f"{scheme} {code}"))).status == 666


@pytest.mark.parametrize(
    ("headers", "expected", "why"),
    [
        ([], "Invalid AppKey", "neither Authorization"),
        ([("Authorization", "Basic eA==")], "Invalid AppKey", "does not start with the word"),
        ([("X-Ca-Signature", "eA==")], "Invalid AppKey", "without X-Ca-Key"),
        ([("Authorization", "APPCODE")], "Invalid AppCode", "no code"),
        ([("Authorization", APPCODE[1].replace(" ", ""))], "Invalid AppCode", "no code, or no blank"),
        ([("Authorization", "APPCODE 0000")], "Invalid AppCode", "no account"),
        ([("X-Ca-Key", "1"), ("X-Ca-Signature", "eA==")], "Invalid AppKey", "AppKey '1'"),
    ],
)
def test_other_credentials_are_refused_by_name(
    headers: list[tuple[str, str]], expected: str, why: str
) -> None:
    market = Market()
    answer = market.send(get(ASK.target, *headers))
    assert message(answer) == (400, expected)
    assert answer.body == b""
    assert why in market.why


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_appcode_in_the_query_counts_only_where_that_is_chosen(spelling: str) -> None:
    request = get(f"{ASK.target}&{spelling}={CREDENTIAL.values['appcode']}")
    assert Market(appcode_in_query="yes").send(request).status == 666
    market = Market()
    assert message(market.send(request)) == (400, "Invalid AppKey")
    assert "header only" in market.why


def test_there_are_five_spellings() -> None:
    assert sorted(SPELLINGS) == ["APPCODE", "APPCode", "AppCode", "appCode", "appcode"]


def test_a_signature_goes_before_an_appcode() -> None:
    request = get(ASK.target, APPCODE, ("X-Ca-Key", CREDENTIAL.values["appkey"]), ("X-Ca-Signature", "eA=="))
    assert Market().send(request).status == 403


def test_a_wrong_signature_shows_the_servers_string() -> None:
    market = Market()
    request = signed(("X-Ca-Nonce", "n"), ("A", "图".encode().decode("latin-1")))
    request = without(request, "x-ca-signature").replaced(target="/thumb/ocr?b=2&a=%E5%9B%BE")
    answer = market.send(request.replaced(headers=(*request.headers, ("X-Ca-Signature", "eA=="))))
    shown = answer.header("x-ca-error-message").encode("latin-1").decode("utf-8")
    stamp = str(int(AT.timestamp() * 1000))
    assert answer.status == 403
    assert answer.body == b""
    assert shown == (
        "Invalid Signature, Server StringToSign:`GET#application/json####X-Ca-Key:203753385#"
        f"X-Ca-Nonce:n#X-Ca-Timestamp:{stamp}#/thumb/ocr?a=图&b=2`"
    )
    evidence = market.exchange.audit.evidence
    assert evidence is not None
    assert evidence.expected.replace("\n", "#") == shown.split("`")[1]
    assert evidence.signature == "eA=="
    assert SECRET not in repr(evidence) + market.why


def test_the_echo_of_a_picture_in_a_form_stays_small() -> None:
    request = post("/ocr", {"img": "A" * 1_000_000}, ("X-Ca-Key", "203753385"))
    answer = Market().send(request.replaced(headers=(*request.headers, ("X-Ca-Signature", "eA=="))))
    shown = answer.header("x-ca-error-message")
    assert answer.status == 403
    assert 4096 <= len(shown) < 4200
    assert shown.endswith("A`")


def test_the_echo_is_utf8_even_where_latin1_would_do() -> None:
    answer = Market().send(get("/thumb/ocr?url=%C3%A9", ("X-Ca-Key", "203753385"), _WRONG))
    assert answer.header("x-ca-error-message").encode("latin-1").endswith("?url=é`".encode())


def test_hmac_sha1_counts_where_it_is_named_and_only_there() -> None:
    request = signed(("X-Ca-Signature-Method", "HmacSHA1"))
    assert Market().send(request).status == 666
    assert Market().send(without(request, "X-Ca-Signature-Method")).status == 403
    unknown = without(request, "X-Ca-Signature-Method")
    odd = unknown.replaced(headers=(*unknown.headers, ("X-Ca-Signature-Method", "HmacMD5")))
    market = Market()
    assert market.send(odd).status == 403
    assert "'HmacMD5' is unknown" in market.why


def test_a_prefix_may_be_signed_or_not() -> None:
    request = signed()
    prefixed = request.replaced(target="/aliyun_market" + request.target)
    assert Market().send(prefixed).status == 666
    text = string_to_sign(request, "/aliyun_market/thumb/ocr")
    again = without(prefixed, "x-ca-signature")
    made = ("X-Ca-Signature", signature(text, SECRET))
    assert Market().send(again.replaced(headers=(*again.headers, made))).status == 666


def test_an_empty_signature_is_named() -> None:
    assert message(Market().send(without(signed(), "x-ca-signature"))) == (401, "Empty Signature")


@pytest.mark.parametrize(("seconds", "status"), [(900, 666), (-900, 666), (901, 400), (-901, 400)])
def test_a_timestamp_lives_fifteen_minutes(seconds: int, status: int) -> None:
    market = Market(at=AT + timedelta(seconds=seconds))
    answer = market.send(signed())
    assert answer.status == status
    if status == 400:
        assert message(answer) == (400, "Timestamp Expired")
        assert "901 s off" in market.why


def test_a_malformed_timestamp_is_named_and_seconds_are_recognized() -> None:
    for odd in ("yesterday", "1.7e12", "１７", "9" * 40):
        wire = odd.encode().decode("latin-1")
        answer = Market().send(signed(("X-Ca-Timestamp", wire)))
        assert message(answer) == (400, "Invalid Timestamp"), odd
    market = Market()
    assert message(market.send(signed(("X-Ca-Timestamp", "1700000000")))) == (
        400,
        "Timestamp Expired",
    )
    assert "looks like seconds" in market.why


def test_timestamp_and_nonce_are_optional() -> None:
    bare = ASK.replaced(headers=(*ASK.headers, ("X-Ca-Key", "203753385")))
    made = ("X-Ca-Signature", signature(string_to_sign(bare), SECRET))
    assert Market().send(bare.replaced(headers=(*bare.headers, made))).status == 666


def test_a_nonce_counts_once_and_only_after_a_right_signature() -> None:
    market = Market()
    request = signed()
    broken = without(request, "x-ca-signature")
    broken = broken.replaced(headers=(*broken.headers, ("X-Ca-Signature", "eA==")))
    assert market.send(broken).status == 403
    assert market.send(request).status == 666
    assert message(market.send(request)) == (400, "Nonce Used")
    assert set(market.nonces.values()) == {AT + timedelta(minutes=15)}


def test_a_changed_body_is_caught_by_its_content_md5() -> None:
    headers = ("Content-Type", "application/json"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
    request = signed(request=post("/ocr", b'{"ver":3}', *headers, form=False))
    assert message(Market().send(request)) == (400, "Invalid Content-MD5")
    assert Market().send(signed(request=post("/ocr", b"ver=3", headers[1]))).status == 666


def test_an_unknown_stage_reads_as_a_wrong_url() -> None:
    for stage, expected in (("RELEASE", 666), ("PRE", 666), ("TEST", 666), ("release", 400)):
        assert Market().send(signed(("X-Ca-Stage", stage))).status == expected
    assert message(Market().send(signed(("X-Ca-Stage", "x")))) == (400, "Invalid Url")


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda c: c.replaced(headers=c.headers[1:]), "signed no Accept"),
        (lambda c: c.replaced(query=""), "signed the path without its query"),
        (lambda c: c.replaced(query="url=x"), "wrong AppSecret, or another text"),
    ],
)
def test_the_journal_names_the_likely_cause(make: Any, cause: str) -> None:
    whole = signed()
    text = string_to_sign(make(without(whole, "x-ca-signature")))
    other = without(whole, "x-ca-signature")
    made = ("X-Ca-Signature", signature(text, SECRET))
    market = Market()
    assert market.send(other.replaced(headers=(*other.headers, made))).status == 403
    assert cause in market.why


def test_the_journal_knows_an_encoded_query_and_a_forgotten_form() -> None:
    encoded = signed(request=get("/thumb/ocr?url=a%20b"))
    block = string_to_sign(encoded).rpartition("\n")[0]
    for request, text, cause in (
        (encoded, block + "\n/thumb/ocr?url=a%20b", "signed the query encoded"),
        (signed(request=post("/ocr", b"ver=1")), "", "without the form's parameters"),
    ):
        text = text or string_to_sign(request.replaced(body=b""))
        other = without(request, "x-ca-signature")
        made = ("X-Ca-Signature", signature(text, SECRET))
        market = Market()
        assert market.send(other.replaced(headers=(*other.headers, made))).status == 403
        assert cause in market.why


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("disabled", "Unauthorized"),
        ("unsubscribed", "Unauthorized"),
        ("expired", "Quota Expired"),
        ("arrears", "User Arrears"),
    ],
)
def test_a_key_out_of_order_gets_the_gateways_refusal(state: str, expected: str) -> None:
    for request in (VENDOR.sign(ASK, CREDENTIAL), signed()):
        assert message(Market(credential=in_state(state)).send(request)) == (403, expected)


def test_a_key_ends_on_the_tests_clock() -> None:
    market = Market(credential=replace(CREDENTIAL, until=AT))
    assert message(market.signed(ASK)) == (403, "Quota Expired")


def test_claims_name_the_credential_that_is_checked() -> None:
    assert VENDOR.claim(ASK) is None
    assert VENDOR.claim(VENDOR.sign(ASK, CREDENTIAL)) == ("appcode", CREDENTIAL.values["appcode"])
    assert VENDOR.claim(signed()) == ("appkey", "203753385")
    request = VENDOR.sign(post("/thumb/platform/ocr", b""), CREDENTIAL)
    assert VENDOR.claim(request) == ("platform_appid", "mockocr-dev")
    assert VENDOR.claim(post("/thumb/platform/ocr", b"{", form=False)) is None


def test_fresh_credentials_get_in_and_differ() -> None:
    fresh = replace(CREDENTIAL, values=VENDOR.mint("0123456789" * 4))
    market = Market(credential=fresh)
    assert market.signed(ASK, fresh).status == 666
    assert market.send(sign_with_appkey(ASK, fresh)).status == 666
    assert market.signed(ASK, CREDENTIAL).status == 400
    assert market.signed(post("/thumb/platform/ocr", b"ver=3"), fresh).json == {
        "ok": 0,
        "msg": "版本参数ver传入有误",
    }
