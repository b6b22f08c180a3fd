"""The platform's own checks, top to bottom, each with its printed message and HTTP 666."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from mockocr.core.errors import ErrorKind
from mockocr.vendors.aliyun_market import VENDOR
from mockocr.vendors.aliyun_market.errors import FAILED, NO_RIGHT, PLATFORM, WITHOUT_GATEWAY
from mockocr.vendors.aliyun_market.gateway import CLASSIC
from tests.asgi import Answer
from tests.vendors.aliyun_market.harness import AT, CREDENTIAL, Market, get, in_state, post

PATH = "/thumb/platform/ocr"
NOW = str(int(AT.timestamp()))


def fields(**changes: str | None) -> dict[str, str]:
    """Right parameters for ver=3, which is refused only after every check of the platform."""
    appid, sendtime = changes.get("appid", "mockocr-dev"), changes.get("sendtime", NOW)
    text = f"{appid}{sendtime}mockocr-platform-secret"
    right = {
        "ver": "3",
        "appid": "mockocr-dev",
        "sendtime": NOW,
        "sign": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
    }
    return {k: v for k, v in {**right, **changes}.items() if v is not None}


def said(answer: Answer) -> str:
    assert answer.status == 666
    assert answer.header("content-type") == "application/json; charset=utf-8"
    assert not any(name.lower().startswith("x-ca-") for name, _ in answer.headers)
    assert list(answer.json) == ["ok", "msg"]
    assert answer.json["ok"] == 0
    message: str = answer.json["msg"]
    assert message.encode() in answer.body, "raw UTF-8, not escaped"
    return message


PASSED = "版本参数ver传入有误"

CASES = [
    ({}, PASSED),
    ({"appid": None}, "未传入开发者账号appid"),
    ({"appid": ""}, "未传入开发者账号appid"),
    ({"appid": "a" * 33}, "传入开发者账号appid字符串长度超限"),
    ({"sendtime": None}, "未传入查询时间sendtime"),
    ({"sendtime": "1" * 14}, "传入查询时间sendtime字符串长度超限"),
    ({"sendtime": "now"}, "时间戳超时, 请重新请求"),
    ({"sendtime": "-1"}, "时间戳超时, 请重新请求"),
    ({"sendtime": str(int(NOW) - 301)}, "时间戳超时, 请重新请求"),
    ({"sendtime": str(int(NOW) + 301)}, "时间戳超时, 请重新请求"),
    ({"sendtime": str(int(NOW) - 300)}, PASSED),
    ({"sendtime": NOW + "000"}, PASSED),
    ({"sendtime": str((int(NOW) + 300) * 1000)}, PASSED),
    ({"sendtime": str((int(NOW) + 300) * 1000 + 1)}, "时间戳超时, 请重新请求"),
    ({"sign": None}, "未传入签名sign"),
    ({"sign": "0" * 33}, "传入签名sign字符串长度超限"),
    ({"sign": "0" * 32}, "签名校验失败"),
    ({"sign": "图"}, "签名校验失败"),
    ({"appid": "stranger"}, "签名校验失败"),
    ({"img": "/9j/***"}, "存在*字符, 视为调试数据。止于当前结果。"),
    ({"anything": "*"}, "存在*字符, 视为调试数据。止于当前结果。"),
]


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_each_check_says_what_the_page_prints(
    changes: dict[str, str | None], expected: str
) -> None:
    market = Market()
    assert said(market.send(post(PATH, fields(**changes)))) == expected
    assert market.why


def test_an_upper_case_sign_is_the_same_hex() -> None:
    given = fields()
    given["sign"] = given["sign"].upper()
    assert said(Market().send(post(PATH, given))) == PASSED


def test_checks_stand_in_the_order_of_the_table() -> None:
    """Everything is wrong at once; mending one thing shows the next row."""
    mended = [
        ({"sign": "0" * 33, "sendtime": "1" * 14, "appid": "a" * 33}, "appid字符串长度超限"),
        ({"sign": "0" * 33, "sendtime": "1" * 14}, "sendtime字符串长度超限"),
        ({"sign": "0" * 33, "sendtime": "1"}, "时间戳超时"),
        ({"sign": "0" * 33}, "sign字符串长度超限"),
        ({"sign": "0" * 32}, "签名校验失败"),
        ({}, "存在*字符"),
    ]
    market = Market(credential=in_state("disabled"))
    for changes, expected in mended:
        assert expected in said(market.send(post(PATH, {**fields(**changes), "img": "*"})))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("disabled", "appid:mockocr-dev接口已停用"),
        ("unsubscribed", "接口权限有误"),
        ("expired", "接口权限有误"),
        ("arrears", "接口权限有误"),
    ],
)
def test_a_key_out_of_order_is_named(state: str, expected: str) -> None:
    assert said(Market(credential=in_state(state)).send(post(PATH, fields()))) == expected


def test_a_wrong_sign_shows_its_text_and_never_the_secret() -> None:
    market = Market()
    market.send(post(PATH, fields(sign="0" * 32)))
    evidence = market.exchange.audit.evidence
    assert evidence is not None
    assert evidence.expected == f"mockocr-dev{NOW}"
    assert "mockocr-platform-secret" not in repr(evidence) + market.why


def test_json_and_its_numbers_are_taken_too() -> None:
    given: dict[str, object] = {**fields(), "sendtime": int(NOW)}
    request = post(PATH, json.dumps(given).encode(), form=False)
    assert said(Market().send(request)) == PASSED


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b"{}", b'{"appid":null}', b"\xff\x00", b'{"appid":{}}']
)
def test_what_holds_no_appid_is_told_so_or_that_more_is_missing(body: bytes) -> None:
    message = said(Market().send(post(PATH, body, form=False)))
    assert message in {"未传入开发者账号appid", "未传入查询时间sendtime"}


def test_a_get_has_no_parameters_for_the_platform() -> None:
    assert said(Market().send(get(PATH))) == "未传入开发者账号appid"


def test_a_lone_surrogate_is_only_a_stranger() -> None:
    body = json.dumps({**fields(), "appid": "\ud800"}).encode()
    assert said(Market().send(post(PATH, body, form=False))) == "签名校验失败"


def test_whatever_the_pipeline_may_refuse_there_is_a_666_on_the_platform() -> None:
    request = post(PATH, b"")
    for problem in ErrorKind:
        response = VENDOR.refuse(request, VENDOR.row(problem).filled({}))
        assert response.status == FAILED, problem
    assert VENDOR.refuse(request, VENDOR.row(ErrorKind.QUOTA_EXCEEDED)).code == NO_RIGHT.code


def test_the_stand_ins_for_the_gateway_are_rows_of_the_catalogue() -> None:
    codes = {row.code for row in CLASSIC}
    assert set(WITHOUT_GATEWAY) <= codes
    assert all(row in VENDOR.catalogue for row in WITHOUT_GATEWAY.values())


def test_the_platform_has_its_ten_rows() -> None:
    assert len(PLATFORM) == 10
    assert all(row.status == FAILED for row in PLATFORM)


def test_an_appid_with_braces_stays_as_it_is() -> None:
    odd = replace(CREDENTIAL, values={**CREDENTIAL.values, "platform_appid": "{x}"}, state="disabled")
    assert said(Market(credential=odd).send(post(PATH, fields(appid="{x}")))) == "appid:{x}接口已停用"
