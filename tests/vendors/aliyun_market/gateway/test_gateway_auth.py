"""AppCodes and signed requests at the gateway, and the responses to all other requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from mockocr.core.http import Request
from mockocr.vendors.aliyun_market import VENDOR
from mockocr.vendors.aliyun_market.gateway.auth import SPELLINGS, sign_with_appkey
from mockocr.vendors.aliyun_market.gateway.signature import (
    StringToSign,
    signature,
    signed_parts,
    string_to_sign,
)
from tests.asgi import Answer
from tests.vendors.aliyun_market.harness import (
    APPCODE,
    AT,
    CREDENTIAL,
    PLATFORM,
    THUMB,
    Market,
    get,
    in_state,
    post,
    sign,
)

ACCEPTED = get("/thumb/ocr?url=ftp:", ("Accept", "application/json"))
"""A request that the gateway accepts and the service refuses with 666."""
SECRET = CREDENTIAL.values["appsecret"]
_WRONG = ("X-Ca-Signature", "eA==")


def message(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.header("x-ca-error-message")


def signed(*headers: tuple[str, str], request: Request = ACCEPTED) -> Request:
    return sign_with_appkey(request.with_headers(*headers), CREDENTIAL)


def resigned(request: Request, text: str) -> Request:
    """The request with the signature of that text instead of its own."""
    made = ("X-Ca-Signature", signature(text, SECRET))
    return request.without_headers("X-Ca-Signature").with_headers(made)


@pytest.mark.parametrize("scheme", ["APPCODE", "appcode", "AppCode"])
def test_an_appcode_is_accepted_whatever_the_case_of_its_scheme(scheme: str) -> None:
    code = CREDENTIAL.values["appcode"]
    assert Market().send(get(ACCEPTED.target, ("Authorization", f"{scheme} {code}"))).status == 666


@pytest.mark.parametrize(
    ("headers", "expected", "why"),
    [
        ([], "Invalid AppKey", "neither Authorization: APPCODE nor X-Ca-Key came"),
        (
            [("Authorization", "Basic eA==")],
            "Invalid AppKey",
            "the Authorization header does not start with the word APPCODE",
        ),
        ([_WRONG], "Invalid AppKey", "X-Ca-Signature came without X-Ca-Key"),
        (
            [("Authorization", "APPCODE")],
            "Invalid AppCode",
            "no code, or no blank, after the word APPCODE",
        ),
        (
            [("Authorization", APPCODE[1].replace(" ", ""))],
            "Invalid AppCode",
            "no code, or no blank, after the word APPCODE",
        ),
        ([("Authorization", "APPCODE 00000")], "Invalid AppCode", "unknown AppCode 0000…"),
        ([("X-Ca-Key", "1"), _WRONG], "Invalid AppKey", "unknown AppKey '1'"),
    ],
)
def test_other_credentials_get_an_error_that_names_them(
    headers: list[tuple[str, str]], expected: str, why: str
) -> None:
    market = Market()
    answer = market.send(get(ACCEPTED.target, *headers))
    assert message(answer) == (400, expected)
    assert answer.body == b""
    assert market.why == why


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_appcode_in_the_query_is_accepted_only_with_the_option(spelling: str) -> None:
    request = get(f"{ACCEPTED.target}&{spelling}={CREDENTIAL.values['appcode']}")
    assert Market(appcode_in_query="yes").send(request).status == 666
    market = Market()
    assert message(market.send(request)) == (400, "Invalid AppKey")
    assert market.why == ("an AppCode came in the query, but this API takes it in the header only")


def test_there_are_five_spellings() -> None:
    assert sorted(SPELLINGS) == ["APPCODE", "APPCode", "AppCode", "appCode", "appcode"]


def test_a_signature_goes_before_an_appcode() -> None:
    request = get(ACCEPTED.target, APPCODE, ("X-Ca-Key", "203753385"), _WRONG)
    assert Market().send(request).status == 400


def test_a_wrong_signature_shows_the_servers_string() -> None:
    market = Market()
    request = signed(("X-Ca-Nonce", "n"), ("A", "图".encode().decode("latin-1")))
    request = request.without_headers("X-Ca-Signature").with_headers(_WRONG)
    answer = market.send(request.replaced(target="/thumb/ocr?b=2&a=%E5%9B%BE"))
    shown = answer.header("x-ca-error-message").encode("latin-1").decode("utf-8")
    stamp = str(int(AT.timestamp() * 1000))
    assert answer.status == 400
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
    answer = Market().send(request.with_headers(_WRONG))
    shown = answer.header("x-ca-error-message")
    assert answer.status == 400
    assert 4096 <= len(shown) < 4200
    assert shown.endswith("A`")


def test_the_evidence_of_a_large_form_stays_small() -> None:
    request = signed(request=post("/ocr", {"img": "A" * 1_000_000}))
    for other, cause in (("", "wrong AppSecret"), ("\n", "with a line end behind it")):
        market = Market()
        text = string_to_sign(request) + other if other else "another text"
        assert market.send(resigned(request, text)).status == 400
        evidence = market.exchange.audit.evidence
        assert evidence is not None
        assert len(evidence.expected) == 4096
        assert len(evidence.received) == (4096 if other else 0)
        assert cause in market.why
        assert len(market.why) < 5000


def test_the_echo_is_utf8_even_where_latin1_would_do() -> None:
    answer = Market().send(get("/thumb/ocr?url=%C3%A9", ("X-Ca-Key", "203753385"), _WRONG))
    assert answer.header("x-ca-error-message").encode("latin-1").endswith("?url=é`".encode())


def test_hmac_sha1_is_accepted_only_where_the_request_names_it() -> None:
    request = signed(("X-Ca-Signature-Method", "HmacSHA1"))
    assert Market().send(request).status == 666
    assert Market().send(request.without_headers("X-Ca-Signature-Method")).status == 400
    unknown = request.without_headers("X-Ca-Signature-Method")
    odd = unknown.with_headers(("X-Ca-Signature-Method", "HmacMD5"))
    market = Market()
    assert market.send(odd).status == 400
    assert "'HmacMD5' is unknown" in market.why


def test_a_prefix_may_be_signed_or_not() -> None:
    request = signed()
    prefixed = request.replaced(target="/aliyun_market" + request.target)
    assert Market().send(prefixed).status == 666
    text = signed_parts(request)._replace(path="/aliyun_market/thumb/ocr").text
    assert Market().send(resigned(prefixed, text)).status == 666


def test_an_empty_signature_has_its_own_error() -> None:
    market = Market()
    answer = market.send(signed().without_headers("X-Ca-Signature"))
    assert message(answer) == (401, "Empty Signature")
    assert market.why == "X-Ca-Key came without X-Ca-Signature"


@pytest.mark.parametrize(("seconds", "status"), [(900, 666), (-900, 666), (901, 400), (-901, 400)])
def test_a_timestamp_is_valid_for_fifteen_minutes(seconds: int, status: int) -> None:
    market = Market(at=AT + timedelta(seconds=seconds))
    answer = market.send(signed())
    assert answer.status == status
    if status == 400:
        assert message(answer) == (400, "Timestamp Expired")
        assert "X-Ca-Timestamp is 901 s" in market.why


def test_a_malformed_timestamp_has_its_own_error_and_seconds_are_explained() -> None:
    for odd in ("yesterday", "1.7e12", "１７", "9" * 17):
        wire = odd.encode().decode("latin-1")
        answer = Market().send(signed(("X-Ca-Timestamp", wire)))
        assert message(answer) == (400, "Invalid Timestamp"), odd
    assert message(Market().send(signed(("X-Ca-Timestamp", "9" * 16)))) == (
        400,
        "Timestamp Expired",
    )
    market = Market()
    assert message(market.send(signed(("X-Ca-Timestamp", "1700000000")))) == (
        400,
        "Timestamp Expired",
    )
    assert market.why.endswith("; it looks like seconds")


def test_an_appkey_header_of_any_value_makes_the_client_sign() -> None:
    request = sign(ACCEPTED.with_headers(("X-Ca-Key", "")))
    assert request.header("x-ca-signature")
    assert Market().send(request).status == 666


def test_timestamp_and_nonce_are_optional() -> None:
    bare = ACCEPTED.with_headers(("X-Ca-Key", "203753385"))
    assert Market().send(resigned(bare, string_to_sign(bare))).status == 666


def test_a_nonce_is_used_up_only_by_a_valid_signature() -> None:
    market = Market()
    request = signed()
    assert market.send(request.without_headers("X-Ca-Signature").with_headers(_WRONG)).status == 400
    assert market.send(request).status == 666
    assert message(market.send(request)) == (400, "Nonce Used")
    assert set(market.nonces.claimed.values()) == {AT + timedelta(minutes=15)}


def test_content_md5_detects_a_changed_body() -> None:
    headers = ("Content-Type", "application/json"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
    request = signed(request=post("/ocr", b'{"ver":3}', *headers, form=False))
    market = Market()
    assert message(market.send(request)) == (400, "Invalid Content-MD5")
    assert market.why == "Content-MD5 does not match the body: the body was changed"
    assert Market().send(signed(request=post("/ocr", b"ver=3", headers[1]))).status == 666


def test_an_unknown_stage_reads_as_a_wrong_url() -> None:
    for stage, expected in (("RELEASE", 666), ("PRE", 666), ("TEST", 666), ("release", 400)):
        assert Market().send(signed(("X-Ca-Stage", stage))).status == expected
    assert message(Market().send(signed(("X-Ca-Stage", "x")))) == (400, "Invalid Url")


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda parts: parts._replace(accept=""), "signed no Accept"),
        (lambda parts: parts._replace(parameters=""), "signed the path without its query"),
        (lambda parts: parts._replace(parameters="url=x"), "wrong AppSecret, or another text"),
    ],
)
def test_the_journal_names_the_likely_cause(
    make: Callable[[StringToSign], StringToSign], cause: str
) -> None:
    request, market = signed(), Market()
    assert market.send(resigned(request, make(signed_parts(request)).text)).status == 400
    assert cause in market.why


def test_the_journal_explains_an_encoded_query_and_a_missing_form() -> None:
    encoded = signed(request=get("/thumb/ocr?url=a%20b"))
    form = signed(request=post("/ocr", b"ver=1"))
    for request, parameters, cause in (
        (encoded, "url=a%20b", "signed the query encoded"),
        (form, "", "without the form's parameters"),
    ):
        text = signed_parts(request)._replace(parameters=parameters).text
        market = Market()
        assert market.send(resigned(request, text)).status == 400
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
def test_a_credential_in_another_state_gets_its_own_error(state: str, expected: str) -> None:
    for request in (sign(ACCEPTED), signed()):
        assert message(Market(credential=in_state(state)).send(request)) == (403, expected)


def test_a_credential_expires_on_the_test_clock() -> None:
    market = Market(credential=replace(CREDENTIAL, valid_until=AT))
    assert message(market.signed(ACCEPTED)) == (403, "Quota Expired")


def test_the_claimed_credential_is_the_one_that_is_verified() -> None:
    assert THUMB.claimed(ACCEPTED) is None
    assert THUMB.claimed(sign(ACCEPTED)) == ("appcode", CREDENTIAL.values["appcode"])
    assert THUMB.claimed(signed()) == ("appkey", "203753385")
    request = sign(post("/thumb/platform/ocr", b""))
    assert PLATFORM.claimed(request) == ("platform_appid", "mockocr-dev")
    assert PLATFORM.claimed(post("/thumb/platform/ocr", b"{", form=False)) is None


def test_a_request_looks_up_its_credential_once() -> None:
    for request in (sign(ACCEPTED), signed(), sign(post("/thumb/platform/ocr", b"ver=3"))):
        market = Market()
        assert market.send(request).status == 666
        assert len(market.accounts.looked_up) == 1


def test_fresh_credentials_are_accepted_and_differ() -> None:
    fresh = replace(CREDENTIAL, values=VENDOR.generate_credentials("0123456789" * 4))
    market = Market(credential=fresh)
    assert market.signed(ACCEPTED, fresh).status == 666
    assert market.send(sign_with_appkey(ACCEPTED, fresh)).status == 666
    assert market.signed(ACCEPTED, CREDENTIAL).status == 400
    assert market.signed(post("/thumb/platform/ocr", b"ver=3"), fresh).json == {
        "ok": 0,
        "msg": "版本参数ver传入有误",
    }
