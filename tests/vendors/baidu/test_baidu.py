"""Tokens, signatures, keys, limits and options of Baidu's OCR, over the whole server."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from mockocr.app import Mock
from mockocr.core.http import Request
from mockocr.core.request_example import post_form
from mockocr.vendors.baidu.ocr import bce
from tests.asgi import Answer, ask
from tests.conformance import CASES, mock, send
from tests.exchange import DEFAULT_TIME, picture

CASE = CASES["baidu.general_basic"]
PATH = CASE.operation.path
KEY, SECRET = "mockocrDevApiKey00000001", "mockocrDevSecretKey0000000000001"
IMAGE = base64.b64encode(picture("hello.png")).decode()
FORM = (("Content-Type", "application/x-www-form-urlencoded"), ("Host", "aip.baidubce.com"))


def call(to: Mock, operation: str = "general_basic", **fields: str) -> Any:
    """The JSON of a request with an access token; `image` is hello.png unless given."""
    request = post_form(f"/rest/2.0/ocr/v1/{operation}", list({"image": IMAGE, **fields}.items()))
    at = to.clock.now()
    return send(to, CASE.service.sign(request.replaced(at=at, id="0" * 32), CASE.credential)).json


def token(to: Mock, key: str = KEY, secret: str = SECRET) -> Answer:
    query = f"grant_type=client_credentials&client_id={key}&client_secret={secret}"
    return ask(to.asgi, "GET", f"/oauth/2.0/token?{query}")


def post(to: Mock, query: str, headers: tuple[tuple[str, str], ...] = FORM) -> Any:
    body = f"image={quote(IMAGE, safe='')}".encode()
    return ask(to.asgi, "POST", f"{PATH}{query}", headers, body).json


def why(to: Mock) -> str:
    return str(ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"])


def test_a_token_opens_the_api_for_thirty_days() -> None:
    to = mock()
    document = token(to).json
    assert list(document) == [
        "refresh_token",
        "expires_in",
        "session_key",
        "access_token",
        "scope",
        "session_secret",
    ]
    query = f"?access_token={document['access_token']}"
    assert post(to, query)["words_result_num"] == 2
    to.clock.advance(timedelta(days=30).total_seconds())
    assert post(to, query)["words_result_num"] == 2
    to.clock.advance(1)
    assert post(to, query) == {
        "error_code": 110,
        "error_msg": "Access token invalid or no longer valid",
    }
    assert "the access token expired 1 s ago" in why(to)


def test_a_token_may_be_a_field_of_the_form() -> None:
    to = mock()
    made = token(to).json["access_token"]
    body = f"image={quote(IMAGE, safe='')}&access_token={made}".encode()
    assert ask(to.asgi, "POST", PATH, FORM, body).json["words_result_num"] == 2
    other = f"image={quote(IMAGE, safe='')}&access_token={made}x".encode()
    assert ask(to.asgi, "POST", PATH, FORM, other).json["error_code"] == 110
    assert ask(to.asgi, "POST", PATH, FORM, b"%" * 9).json["error_code"] == 100


def test_a_token_replaces_that_of_the_query_alone() -> None:
    unsigned = post_form(f"{PATH}?a=1&access_token=old&b=2", [("image", IMAGE)])
    signed = CASE.service.sign(unsigned.replaced(at=DEFAULT_TIME, id="0" * 32), CASE.credential)
    first, *kept = signed.target.partition("?")[2].split("&")
    assert first.startswith("access_token=24.")
    assert kept == ["a=1", "b=2"]
    assert signed.target == f"{PATH}?{signed.query}"


def test_an_expired_token_may_be_answered_with_111() -> None:
    to = mock(options={"baidu": {"expired_token": "111"}})
    query = f"?access_token={token(to).json['access_token']}"
    to.clock.advance(timedelta(days=31).total_seconds())
    assert post(to, query) == {"error_code": 111, "error_msg": "Access token expired"}


def test_a_token_is_cut_at_a_second_question_mark() -> None:
    to = mock()
    found = token(to).json["access_token"]
    assert post(to, f"?aipSdk=node&access_token={found}?aipSdk=node")["words_result_num"] == 2


@pytest.mark.parametrize("place", [3, 12, 40, 60, -1])
def test_a_token_that_was_altered_is_refused(place: int) -> None:
    to = mock()
    found = token(to).json["access_token"]
    digit = "1" if found[place] != "1" else "2"
    altered = found[:place] + digit + (found[place + 1 :] if place != -1 else "")
    assert post(to, f"?access_token={altered}")["error_code"] == 110
    assert why(to)


def test_a_token_without_the_word_that_clients_look_for_would_be_dropped() -> None:
    assert "brain_all_scope" in token(mock()).json["scope"].split()


def test_errors_of_the_token_endpoint_end_with_a_line_feed() -> None:
    unknown = token(mock(), key="unknown")
    assert (unknown.status, unknown.body) == (
        401,
        b'{"error_description":"unknown client id","error":"invalid_client"}\n',
    )
    wrong = token(mock(), secret="wrong")
    assert (wrong.status, wrong.json["error_description"]) == (401, "Client authentication failed")


def test_the_vectors_of_the_signature_are_those_of_the_vendor() -> None:
    prefix = "bce-auth-v1/" + "a" * 32 + "/2015-04-27T08:23:49Z/1800"
    canonical = bce.canonical_request(
        "PUT",
        "/v1/test/myfolder/readme.txt?partNumber=9&uploadId=a44cc9bab11cbd156984767aad637851",
        [
            ("host", "bj.bcebos.com"),
            ("content-length", "8"),
            ("content-md5", "NFzcPqhviddjRNnSOGo4rw=="),
            ("content-type", "text/plain"),
            ("x-bce-date", "2015-04-27T08:23:49Z"),
        ],
    )
    assert bce.signature("b" * 32, prefix, canonical) == (
        "d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e"
    )
    made = bce.canonical_request(
        "POST",
        f"{PATH}?aipSdk=python&aipVersion=4.15.13",
        [("host", "aip.baidubce.com"), ("x-bce-date", "2026-01-02T03:04:05Z")],
    )
    key, secret = ("mockBceAccessKey0000000000000000", "mockBceSecretKey0000000000000000")
    assert bce.signature(secret, f"bce-auth-v1/{key}/2026-01-02T03:04:05Z/1800", made) == (
        "ef5f2553633542c6270bd5e4ca737ce7ed4a7a38ed1bab2e86066d3c81ae3ed3"
    )


def signed(
    names: str = "host;x-bce-date",
    secret: str = SECRET,
    signed_path: str = PATH,
    key: str = KEY,
    time: str = "2026-01-02T03:04:05Z",
    change: Callable[[str], str] = str,
) -> tuple[tuple[str, str], ...]:
    """Headers of a request whose Authorization is made here; `change` is applied to the canonical
    request before it is signed.
    """
    headers = (*FORM, ("x-bce-date", time))
    values = {name.lower(): value for name, value in headers}
    wanted = names.split(";") if names else sorted(values)
    prefix = f"bce-auth-v1/{key}/{time}/1800"
    text = change(bce.canonical_request("POST", signed_path, [(n, values[n]) for n in wanted]))
    return (*headers, ("Authorization", f"{prefix}/{names}/{bce.signature(secret, prefix, text)}"))


def test_a_signature_with_default_headers_is_accepted() -> None:
    """Without names, host, content-length, content-type, content-md5 and x-bce-* are signed."""
    body = f"image={quote(IMAGE, safe='')}".encode()
    time = "2026-01-02T03:04:05Z"
    headers = (*FORM, ("Content-Length", str(len(body))), ("x-bce-date", time))
    prefix = f"bce-auth-v1/{KEY}/{time}/1800"
    pairs = [(name.lower(), value) for name, value in headers]
    made = bce.signature(SECRET, prefix, bce.canonical_request("POST", PATH, pairs))
    answer = ask(
        mock().asgi, "POST", PATH, (*headers, ("Authorization", f"{prefix}//{made}")), body
    )
    assert answer.json["words_result_num"] == 2


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        (signed(secret=SECRET + "\n"), "the secret_key has a blank or a line end around it"),
        (signed(secret=KEY), "the api_key was used in place of the secret_key"),
        (signed(key="unknownKey"), "unknown access key unkn… of 10 characters"),
        (signed(time="2026-13-02T03:04:05Z"), "there is no time 2026-13-02T03:04:05Z"),
        (signed(change=lambda text: text + "\n"), "the canonical request ends with a line feed"),
        (
            signed(change=lambda text: text.replace("POST", "post")),
            "the method was signed in lower case",
        ),
        (
            signed(change=lambda text: text + "x"),
            "wrong Secret Key, or path, query or a signed header changed after signing",
        ),
        (
            (*FORM, ("Authorization", "bce-auth-v1/x")),
            "Authorization is not of the form"
            " bce-auth-v1/<AK>/<time>/<seconds>/<signed headers>/<64 hex>",
        ),
        ((*FORM, ("Authorization", "Basic abc")), "Authorization begins with 'Basic abc'"),
    ],
)
def test_a_wrong_signature_is_explained(
    headers: tuple[tuple[str, str], ...], sentence: str
) -> None:
    to = mock()
    assert post(to, "", headers) == {"error_code": 14, "error_msg": "IAM Certification failed"}
    assert sentence in why(to)


def test_a_query_that_was_not_signed_is_named() -> None:
    to = mock()
    assert post(to, "?aipSdk=python", signed())["error_code"] == 14
    assert "the query was left out of the signature" in why(to)


def test_a_signature_expires_after_its_own_seconds() -> None:
    to = mock()
    assert post(to, "", signed())["words_result_num"] == 2
    to.clock.advance(1800)
    assert post(to, "", signed())["words_result_num"] == 2
    to.clock.advance(1)
    assert post(to, "", signed())["error_code"] == 14
    assert "the signature expired 1 s ago; it was valid for 1800 s" in why(to)


def test_a_signature_may_be_dated_half_an_hour_in_the_future() -> None:
    to = mock()
    to.clock.advance(-1800)
    assert post(to, "", signed())["words_result_num"] == 2
    to.clock.advance(-1)
    assert post(to, "", signed())["error_code"] == 14
    assert "the signature is dated 1801 s in the future" in why(to)


@pytest.mark.parametrize(
    ("operation", "megabytes", "options"),
    [
        ("general_basic", 8, {}),
        ("accurate", 10, {}),
        ("general_basic", 4, {"limits": "legacy"}),
    ],
)
@pytest.mark.slow
def test_the_size_after_percent_encoding_counts(
    operation: str, megabytes: int, options: dict[str, str]
) -> None:
    to = mock(options={"baidu": options})
    limit = megabytes * 1024 * 1024
    plain = "A" * (limit - 4)
    assert call(to, operation, image=plain + "AAAA")["error_code"] == 216201
    assert call(to, operation, image=plain + "AA+A")["error_code"] == 216202
    assert f"{limit + 2} bytes after base64 and percent-encoding" in why(to)


@pytest.mark.parametrize(("value", "direction"), [("true", True), ("True", True), ("0", False)])
def test_booleans_are_compared_without_case(value: str, direction: bool) -> None:
    assert ("direction" in call(mock(), detect_direction=value)) is direction


def test_a_strict_server_refuses_other_booleans() -> None:
    to = mock(options={"baidu": {"booleans": "strict"}})
    assert call(to, detect_direction="yes")["error_code"] == 216100
    assert "detect_direction" in call(to, detect_direction="yes").get("error_msg", "") or why(to)


def test_characters_partition_the_line_and_latin_words_stay_whole_on_demand() -> None:
    letters = call(mock(), "accurate", recognize_granularity="small", eng_granularity="letter")
    words = call(mock(), "accurate", recognize_granularity="small", char_probability="true")
    text = letters["words_result"][0]["words"].replace(" ", "")
    assert "".join(c["char"] for c in letters["words_result"][0]["chars"]) == text
    assert [c["char"] for c in words["words_result"][0]["chars"]] == ["发", "票", "Invoice", "2026"]
    assert {c["char_prob"] for c in words["words_result"][0]["chars"]} == {0.98765}


def test_handwriting_has_candidates_and_uses_the_reader_for_it() -> None:
    to = mock()
    body = call(to, "handwriting", recognize_granularity="small")
    first = body["words_result"][0]["chars"][0]
    assert first["candidates"] == [{"word": "发", "prob": "0.987650"}]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", 282114),
        ("http://example.com/" + "a" * 1024, 282114),
        ("example.com/a.png", 282111),
        ("http://127.0.0.1:1/a.png", 282112),
    ],
)
def test_a_url_has_its_own_errors(url: str, code: int) -> None:
    request = post_form(PATH, [("url", url)]).replaced(id="0" * 32)
    to = mock()
    signed_request = CASE.service.sign(request.replaced(at=to.clock.now()), CASE.credential)
    assert send(to, signed_request).json["error_code"] == code


def test_a_log_id_is_a_number_that_int64_can_hold() -> None:
    for _ in range(20):
        assert 10**18 <= call(mock())["log_id"] < 2**63


def test_an_unknown_operation_is_code_3_with_status_200() -> None:
    to = mock()
    answer = ask(to.asgi, "POST", "/rest/2.0/ocr/v1/horoscope", FORM, b"image=x")
    assert (answer.status, answer.json["error_code"]) == (200, 3)


@pytest.mark.slow
def test_every_code_can_be_injected() -> None:
    for entry in CASE.service.errors:
        to = mock()
        fault = json.dumps({"operation": "baidu.*", "fault": f"error={entry.code}"}).encode()
        kind = (("Content-Type", "application/json"),)
        assert ask(to.asgi, "POST", "/_mockocr/faults", kind, fault).status == 201
        body = call(to)
        assert body["error_code"] == entry.code
        assert ("log_id" in body) is (int(entry.code) > 200_000)


def test_a_request_without_its_host_is_found_by_its_path() -> None:
    to = mock()
    request = Request("POST", PATH, PATH, FORM[:1], body=f"image={quote(IMAGE)}".encode())
    found = CASE.service.sign(request.replaced(at=to.clock.now(), id="0" * 32), CASE.credential)
    assert send(to, found).json["words_result_num"] == 2


def test_a_token_request_is_signed_in_its_form_or_in_the_query_of_a_get() -> None:
    case = CASES["baidu.token"]
    keys = "client_id=mockocrDevApiKey00000001&client_secret=mockocrDevSecretKey0000000000001"
    form = Request("POST", case.operation.path, body=b"grant_type=client_credentials")
    assert case.service.sign(form, case.credential).body.decode() == (
        f"grant_type=client_credentials&{keys}"
    )
    assert case.service.sign(form.with_body(b""), case.credential).body.decode() == keys
    get = form.replaced(method="GET", body=b"")
    signed = case.service.sign(get.with_query("grant_type=client_credentials"), case.credential)
    assert signed.query == f"grant_type=client_credentials&{keys}"
    assert signed.target == f"{case.operation.path}?{signed.query}"
    assert case.service.sign(get, case.credential).query == keys
