"""Tokens, quota, hints and the journal of WeChat's OCR, over the whole server."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from mockocr.app import Mock
from mockocr.core.request_example import SampleImage, post_parts
from tests.asgi import Answer, ask
from tests.conformance import CASES, mock, mock_for, send
from tests.exchange import DEFAULT_TIME, picture

APPID, SECRET = "wx0000000000000001", "00112233445566778899aabbccddeeff"
GRANT = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
JSON = (("Content-Type", "application/json"),)


def token(to: Mock) -> str:
    return str(ask(to.asgi, "GET", f"/cgi-bin/token?{urlencode(GRANT)}").json["access_token"])


def stable(to: Mock, **more: object) -> Any:
    body = json.dumps({**GRANT, **more}).encode()
    return ask(to.asgi, "POST", "/cgi-bin/stable_token", JSON, body).json


def read(to: Mock, access_token: str, operation: str = "comm") -> Any:
    """The JSON of an OCR request with that token."""
    target = f"/cv/ocr/{operation}?access_token={access_token}"
    request = post_parts(target, [], "img", SampleImage(picture("hello.png")))
    return ask(to.asgi, "POST", target, request.headers, request.body).json


def why(to: Mock) -> str:
    return str(ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"])


def test_a_token_is_valid_for_two_hours() -> None:
    to = mock()
    found = token(to)
    to.clock.advance(7200)
    assert read(to, found)["errcode"] == 0
    to.clock.advance(1)
    assert read(to, found)["errcode"] == 42001
    assert why(to) == "the access token expired 1 s ago; tokens are valid for 7200 s"


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ({"appid": ""}, 41002, "the request has no appid"),
        ({"secret": ""}, 41004, "the request has no secret"),
        ({"appid": "wxunknown00000000"}, 40013, "unknown AppID wxun… of 17 characters"),
        (
            {"secret": SECRET[::-1]},
            40125,
            "secret is not the AppSecret of AppID wx00… of 18 characters",
        ),
    ],
)
def test_a_refused_grant_has_its_code_and_its_sentence(
    change: dict[str, str], code: int, sentence: str
) -> None:
    to = mock()
    answer = ask(to.asgi, "GET", f"/cgi-bin/token?{urlencode({**GRANT, **change})}").json
    assert (answer["errcode"], why(to)) == (code, sentence)


def test_a_token_replaces_that_of_the_query_alone() -> None:
    case = CASES["wechat.comm"]
    target = f"{case.operation.path}?a=1&access_token=old&b=2"
    unsigned = post_parts(target, [], "img", SampleImage(picture("hello.png")))
    signed = case.service.sign(unsigned.replaced(at=DEFAULT_TIME), case.credential)
    first, *kept = signed.query.split("&")
    assert first.startswith("access_token=90_")
    assert kept == ["a=1", "b=2"]
    assert signed.target == f"{case.operation.path}?{signed.query}"


def test_a_newer_token_ends_the_older_one_after_five_minutes() -> None:
    to = mock()
    older = token(to)
    to.clock.advance(10)
    newer = token(to)
    to.clock.advance(300)
    assert read(to, older)["errcode"] == 0
    to.clock.advance(1)
    refused = read(to, older)
    assert refused["errcode"] == 40001
    assert refused["errmsg"].startswith(
        "invalid credential, access_token is invalid or not latest, could get access_token by "
        "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: "
    )
    assert why(to) == ("a newer access token was issued 301 s ago; the older one ended after 300 s")
    assert read(to, newer)["errcode"] == 0


def test_a_stable_token_stays_the_same_until_five_minutes_before_its_end() -> None:
    to = mock()
    first = stable(to)
    assert first["expires_in"] == 7200
    to.clock.advance(6899)
    assert stable(to) == {"access_token": first["access_token"], "expires_in": 301}
    to.clock.advance(1)
    second = stable(to)
    assert second["access_token"] != first["access_token"]
    assert second["expires_in"] == 7200
    assert read(to, first["access_token"])["errcode"] == 0


def test_a_forced_refresh_ends_the_stable_token_at_once_and_waits_for_thirty_seconds() -> None:
    to = mock()
    first = stable(to)["access_token"]
    to.clock.advance(1)
    second = stable(to, force_refresh=True)["access_token"]
    assert read(to, first)["errcode"] == 40001
    assert why(to) == "a newer stable token was forced 0 s ago"
    assert read(to, second)["errcode"] == 0
    to.clock.advance(29)
    assert stable(to, force_refresh=True)["errcode"] == 45011
    to.clock.advance(1)
    assert stable(to, force_refresh=True)["access_token"] not in (first, second)


def test_tokens_and_stable_tokens_do_not_end_each_other() -> None:
    to = mock()
    found = token(to)
    to.clock.advance(1)
    stable(to, force_refresh=True)
    to.clock.advance(3600)
    assert read(to, found)["errcode"] == 0


def test_a_token_of_any_other_form_is_refused() -> None:
    to = mock()
    found = token(to)
    place = 60
    other = "A" if found[place] != "A" else "B"
    for wrong in (found[:-2], found[:place] + other + found[place + 1 :], found.upper(), "1_2"):
        assert read(to, wrong)["errcode"] == 40001
        assert why(to)


def test_the_daily_quota_is_off_until_it_is_asked_for() -> None:
    to = mock(options={"wechat": {"daily_quota": "documented"}})
    found = token(to)
    for number in range(100):
        operation = "comm" if number % 2 else "platenum"
        assert read(to, found, operation)["errcode"] in (0, 101001)
    refused = read(to, found)
    assert refused["errcode"] == 101003
    assert why(to) == "the AppID has used its 100 calls of this day (in UTC)"
    to.clock.advance(86400)
    assert read(to, token(to))["errcode"] == 0
    free = mock()
    found = token(free)
    assert {read(free, found)["errcode"] for _ in range(101)} == {0}


def test_an_error_ends_with_a_hint_and_an_id_that_begins_with_the_time() -> None:
    to = mock()
    message = read(to, token(to), "bankcard")["errmsg"]
    form = r"certificate not found hint: \[\w{5}a\d{8}\] rid: 695735a5-[0-9a-f]{8}-[0-9a-f]{8}"
    assert re.fullmatch(form, message)
    missing = read(to, "")["errmsg"]
    assert re.fullmatch(r"access_token missing rid: 695735a5-[0-9a-f]{8}-[0-9a-f]{8}", missing)


def test_the_journal_says_what_a_refused_picture_shows() -> None:
    case = CASES["wechat.idcard"]
    to = mock("bank_card fields")
    request = post_parts("/cv/ocr/idcard", [], "img", SampleImage(picture("hello.png")))
    signed = case.service.sign(request.replaced(at=to.clock.now(), id="0" * 32), case.credential)
    answer: Answer = send(to, signed)
    assert answer.json["errcode"] == 101001
    assert why(to) == (
        "the picture shows a bank card (number, bank, bank_code, card_type, card_name, valid_to, "
        "holder); the operation is for: ID card (front), ID card (back)"
    )


def test_a_url_in_the_body_is_named_in_the_journal() -> None:
    to = mock_for(CASES["wechat.comm"])
    target = f"/cv/ocr/comm?access_token={token(to)}"
    ask(to.asgi, "POST", target, JSON, b'{"img_url": "http://127.0.0.1/a.png"}')
    assert why(to) == "img_url is in the body; it is read from the query alone"


def test_a_part_with_a_file_name_holds_the_picture_too() -> None:
    to = mock_for(CASES["wechat.comm"])
    target = f"/cv/ocr/comm?access_token={token(to)}"
    request = post_parts(target, [], "file", SampleImage(picture("hello.png")))
    answer = ask(to.asgi, "POST", target, request.headers, request.body).json
    assert answer["errcode"] == 0
