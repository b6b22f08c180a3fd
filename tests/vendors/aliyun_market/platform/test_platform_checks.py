"""The checks of the platform, top to bottom, each with its printed message and HTTP 666."""

from __future__ import annotations

import hashlib
import json

import pytest
from msgspec.structs import replace

from tests.asgi import Answer
from tests.vendors.aliyun_market.harness import AT, CREDENTIAL, Market, get, in_state, post

PATH = "/thumb/platform/ocr"
NOW = str(int(AT.timestamp()))


def fields(**changes: str | None) -> dict[str, str]:
    """Valid parameters for ver=3, which fails only after every check of the platform."""
    appid, sendtime = changes.get("appid", "mockocr-dev"), changes.get("sendtime", NOW)
    text = f"{appid}{sendtime}mockocr-platform-secret"
    valid = {
        "ver": "3",
        "appid": "mockocr-dev",
        "sendtime": NOW,
        "sign": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
    }
    return {k: v for k, v in {**valid, **changes}.items() if v is not None}


def message(answer: Answer) -> str:
    assert answer.status == 666
    assert answer.header("content-type") == "application/json; charset=utf-8"
    assert not any(name.lower().startswith("x-ca-") for name, _ in answer.headers)
    assert list(answer.json) == ["ok", "msg"]
    assert answer.json["ok"] == 0
    text: str = answer.json["msg"]
    assert text.encode() in answer.body, "raw UTF-8, not escaped"
    return text


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
    ({"appid": "unknown"}, "签名校验失败"),
    ({"img": "/9j/***"}, "存在*字符, 视为调试数据。止于当前结果。"),
    ({"anything": "*"}, "存在*字符, 视为调试数据。止于当前结果。"),
]


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_each_check_sends_the_printed_message(
    changes: dict[str, str | None], expected: str
) -> None:
    market = Market()
    assert message(market.send(post(PATH, fields(**changes)))) == expected
    assert market.why


def test_an_upper_case_sign_is_the_same_hex() -> None:
    upper = fields()
    upper["sign"] = upper["sign"].upper()
    assert message(Market().send(post(PATH, upper))) == PASSED


def test_the_checks_have_the_order_of_the_table() -> None:
    """Everything is wrong at once; each correction shows the next check."""
    corrected = [
        ({"sign": "0" * 33, "sendtime": "1" * 14, "appid": "a" * 33}, "appid字符串长度超限"),
        ({"sign": "0" * 33, "sendtime": "1" * 14}, "sendtime字符串长度超限"),
        ({"sign": "0" * 33, "sendtime": "1"}, "时间戳超时"),
        ({"sign": "0" * 33}, "sign字符串长度超限"),
        ({"sign": "0" * 32}, "签名校验失败"),
        ({}, "存在*字符"),
    ]
    market = Market(credential=in_state("disabled"))
    for changes, expected in corrected:
        assert expected in message(market.send(post(PATH, {**fields(**changes), "img": "*"})))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("disabled", "appid:mockocr-dev接口已停用"),
        ("unsubscribed", "接口权限有误"),
        ("expired", "接口权限有误"),
        ("arrears", "接口权限有误"),
    ],
)
def test_a_credential_in_another_state_gets_a_message(state: str, expected: str) -> None:
    assert message(Market(credential=in_state(state)).send(post(PATH, fields()))) == expected


def test_the_evidence_of_a_wrong_sign_does_not_show_the_secret() -> None:
    market = Market()
    market.send(post(PATH, fields(sign="0" * 32)))
    evidence = market.exchange.audit.evidence
    assert evidence is not None
    assert evidence.expected == f"mockocr-dev{NOW}"
    assert "mockocr-platform-secret" not in repr(evidence) + market.why


def test_json_with_numbers_is_accepted() -> None:
    values: dict[str, object] = {**fields(), "sendtime": int(NOW)}
    request = post(PATH, json.dumps(values).encode(), form=False)
    assert message(Market().send(request)) == PASSED


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b"{}", b'{"appid":null}', b"\xff\x00", b'{"appid":{}}']
)
def test_a_body_without_an_appid_gets_the_message_about_it(body: bytes) -> None:
    text = message(Market().send(post(PATH, body, form=False)))
    assert text in {"未传入开发者账号appid", "未传入查询时间sendtime"}


def test_a_get_is_refused_as_a_request_without_parameters() -> None:
    assert message(Market().send(get(PATH))) == "未传入开发者账号appid"


def test_a_lone_surrogate_is_an_unknown_appid() -> None:
    body = json.dumps({**fields(), "appid": "\ud800"}).encode()
    assert message(Market().send(post(PATH, body, form=False))) == "签名校验失败"


def test_an_appid_with_braces_stays_as_it_is() -> None:
    odd = replace(
        CREDENTIAL, values={**CREDENTIAL.values, "platform_appid": "{x}"}, state="disabled"
    )
    assert (
        message(Market(credential=odd).send(post(PATH, fields(appid="{x}"))))
        == "appid:{x}接口已停用"
    )
