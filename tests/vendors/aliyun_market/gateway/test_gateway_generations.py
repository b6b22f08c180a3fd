"""What the gateway puts on answers, in both of its generations, and who pays."""

from __future__ import annotations

import base64
import re

import pytest

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.vendors.aliyun_market import VENDOR
from mockocr.vendors.aliyun_market.errors import BUSINESS, FAILED, PLATFORM
from mockocr.vendors.aliyun_market.gateway import CLASSIC, LATER, VPC, is_vpc
from tests.exchange import picture
from tests.vendors.aliyun_market.harness import Market, get, post

CALL = post("/ocr", b"").replaced(path="/ocr")
NEW = CALL.replaced(choices={"gateway": "vpc"})


def rows_as_sent(request: Request, row: ErrorEntry) -> Response:
    return VENDOR.stamp(request, VENDOR.refuse(request, row.filled({})))


def test_the_quota_ends_with_the_documents_403_in_header_and_body() -> None:
    response = rows_as_sent(CALL, VENDOR.row(ErrorKind.QUOTA_EXCEEDED))
    assert (response.status, response.body) == (403, b"Quota Exhausted")
    assert response.header("x-ca-error-message") == "Quota Exhausted"
    assert not response.header("x-ca-error-code")


def test_the_later_generation_ends_the_quota_as_it_was_logged() -> None:
    response = rows_as_sent(NEW, VENDOR.row(ErrorKind.QUOTA_EXCEEDED))
    assert (response.status, response.body) == (403, b"")
    assert response.header("content-type") == "application/oct-stream"
    assert response.header("server").startswith("Kaede/3.5.3.")
    assert response.header("x-ca-error-code") == "B403MQ"
    assert response.header("x-ca-error-message") == "Api Market Subscription quota exhausted"
    assert re.fullmatch(r"[0-9A-F-]{36}", response.header("x-ca-request-id"))


@pytest.mark.parametrize(
    ("problem", "classic", "later"),
    [
        (ErrorKind.NO_CREDENTIALS, (400, "Invalid AppKey"), (400, "A400MA")),
        (ErrorKind.UNKNOWN_ACCOUNT, (400, "Invalid AppCode"), (400, "A400AC")),
        (ErrorKind.BAD_SIGNATURE, (403, "Invalid Signature, Server"), (403, "A403IS")),
        (ErrorKind.EXPIRED, (400, "Timestamp Expired"), (403, "S403TE")),
        (ErrorKind.REPLAYED, (400, "Nonce Used"), (403, "S403NU")),
        (ErrorKind.FORBIDDEN, (403, "Unauthorized"), (403, "I403AA")),
        (ErrorKind.PACKAGE_EXPIRED, (403, "Quota Expired"), (403, "B403ME")),
        (ErrorKind.ARREARS, (403, "User Arrears"), (403, "B403OD")),
        (ErrorKind.RATE_LIMITED, (403, "Throttled by API Flow Control"), (429, "T429PA")),
        (ErrorKind.BUSY, (403, "Throttled by GROUP Flow Control"), (429, "T429GR")),
        (ErrorKind.BODY_TOO_LARGE, (413, "Payload Too Large"), (413, "I413RL")),
        (ErrorKind.BAD_BODY, (400, "Invalid Request Body"), (400, "I400BD")),
        (ErrorKind.NO_SUCH_OPERATION, (400, "Invalid Url"), (404, "I404NF")),
        (ErrorKind.WRONG_METHOD, (400, "Invalid Url"), (404, "I404NF")),
        (ErrorKind.ENGINE_FAILED, (500, "Failed To Invoke Backend Service"), (504, "D504CO")),
        (ErrorKind.UNAVAILABLE, (503, "Service Unavailable"), (503, "X503BZ")),
        (ErrorKind.INTERNAL, (500, "Internal Error"), (500, "X500ER")),
    ],
)
def test_each_problem_has_its_answer_in_both_generations(
    problem: ErrorKind, classic: tuple[int, str], later: tuple[int, str]
) -> None:
    old = rows_as_sent(CALL, VENDOR.row(problem))
    assert old.status == classic[0]
    assert old.header("x-ca-error-message").startswith(classic[1])
    new = rows_as_sent(NEW, VENDOR.row(problem))
    assert (new.status, new.header("x-ca-error-code")) == later
    assert new.body == b""


def test_the_code_of_the_later_generation_holds_its_status() -> None:
    for row in VPC:
        assert is_vpc(row), row
        assert int(str(row.code)[1:4]) == row.status


def test_every_classic_row_is_found_in_the_later_generation() -> None:
    assert set(LATER) == {row.code for row in CLASSIC}
    for row in CLASSIC:
        response = rows_as_sent(NEW, row)
        assert response.header("x-ca-error-code") == LATER[row.code]
        assert "{" not in response.header("x-ca-error-message")


def test_a_row_of_the_later_generation_is_sent_whenever_it_is_asked_for() -> None:
    for row in VPC:
        response = rows_as_sent(CALL, row)
        assert (response.status, response.header("x-ca-error-code")) == (row.status, row.code)


def test_codes_name_one_row_each_and_survive_a_comma_separated_list() -> None:
    codes = [str(row.code) for row in VENDOR.catalogue]
    assert len(codes) == len(set(codes))
    assert not any("," in code for code in codes)


def test_every_printed_message_is_in_the_catalogue() -> None:
    assert [row.message for row in (*BUSINESS, *PLATFORM)] == [
        "版本参数ver传入有误",
        "img或url只能传入一个",
        "img或url必传一个",
        "url图片错误: 下载失败",
        "url图片错误: 不支持的文件格式",
        "img图像错误: 无法处理图片信息",
        "非法来源",
        "接口权限有误",
        "未传入开发者账号appid",
        "传入开发者账号appid字符串长度超限",
        "未传入查询时间sendtime",
        "传入查询时间sendtime字符串长度超限",
        "时间戳超时, 请重新请求",
        "未传入签名sign",
        "传入签名sign字符串长度超限",
        "签名校验失败",
        "存在*字符, 视为调试数据。止于当前结果。",
        "appid:{appid}接口已停用",
    ]


def test_every_business_row_is_a_666_with_its_message_in_both_generations() -> None:
    for request in (CALL, NEW):
        for row in (*BUSINESS, *PLATFORM):
            response = rows_as_sent(request, row)
            assert response.status == FAILED
            assert row.filled({}).message in response.body.decode()
            assert not response.header("x-ca-error-message")


def test_the_later_generation_names_what_was_asked_for() -> None:
    market = Market(gateway="vpc")
    answer = market.send(get("/aliyun_market/no/such"))
    assert (answer.status, answer.header("x-ca-error-message")) == (404, "API not found `/no/such`")
    odd = market.send(Request("BREW", "/ocr", "/ocr"))
    assert (odd.status, odd.header("x-ca-error-message")) == (405, "Unsupported Method `BREW`")
    empty = market.send(get("/thumb/ocr?a=1", ("X-Ca-Key", "203753385")))
    assert empty.header("x-ca-error-message") == (
        "Invalid Signature, Server StringToSign:`GET#####/thumb/ocr?a=1`"
    )


def test_a_method_that_is_none_is_told_apart_from_a_wrong_one() -> None:
    said = {m: Market().send(Request(m, "/ocr", "/ocr")) for m in ("GET", "DELETE", "BREW")}
    assert {m: a.header("x-ca-error-message") for m, a in said.items()} == {
        "GET": "Invalid Url",
        "DELETE": "Invalid Url",
        "BREW": "Invalid HttpMethod",
    }


def test_every_answer_of_the_gateway_has_a_request_id_and_a_billed_one_says_so() -> None:
    market = Market()
    good = market.signed(post("/ocr", {"img": base64.b64encode(picture("hello.png")).decode()}))
    bad = market.signed(post("/ocr", {"ver": "1"}))
    stranger = market.send(post("/ocr", {"ver": "1"}))
    for answer in (good, bad, stranger):
        assert answer.header("x-ca-request-id") == "01234567-89AB-CDEF-0123-456789ABCDEF"
    assert [a.status for a in (good, bad, stranger)] == [200, 666, 400]
    assert [a.header("x-ca-market-billing-result") for a in (good, bad, stranger)] == ["1", "", ""]
    assert market.quotas.billed == [True, False]


def test_debug_mode_is_answered() -> None:
    request = post("/ocr", {"ver": "9"}, ("X-Ca-Request-Mode", "debug"))
    assert "ServiceLatency" in Market().signed(request).header("x-ca-debug-info")


@pytest.mark.parametrize(
    ("status", "paid"), [(199, False), (200, True), (300, True), (301, False), (666, False)]
)
def test_only_200_to_300_is_paid_for(status: int, paid: bool) -> None:
    assert VENDOR.billable(Response(status)) is paid


def test_a_call_costs_two_fen() -> None:
    price = {o.name: o.price for o in VENDOR.operations}["ocr"]
    assert price is not None
    assert price.yuan == 0.02
