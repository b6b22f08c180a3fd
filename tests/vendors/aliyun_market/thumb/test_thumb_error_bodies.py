"""拇指云's service answers every error with its literal status, body and headers.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from tests.vendors.aliyun_market.gateway.literals import (
    CLASSIC,
    IDS,
    LATER,
    assert_classic,
    assert_later,
    every_entry_of_both,
    every_later_entry,
    response_of,
)
from tests.vendors.aliyun_market.harness import THUMB

FAILURES = [
    ("版本参数ver传入有误", '{"ok":0,"msg":"版本参数ver传入有误"}'),
    ("img或url只能传入一个", '{"ok":0,"msg":"img或url只能传入一个"}'),
    ("img或url必传一个", '{"ok":0,"msg":"img或url必传一个"}'),
    ("url图片错误: 下载失败", '{"ok":0,"msg":"url图片错误: 下载失败"}'),
    ("url图片错误: 不支持的文件格式", '{"ok":0,"msg":"url图片错误: 不支持的文件格式"}'),
    ("img图像错误: 无法处理图片信息", '{"ok":0,"msg":"img图像错误: 无法处理图片信息"}'),
    ("非法来源", '{"ok":0,"msg":"非法来源"}'),
    ("接口权限有误", '{"ok":0,"msg":"接口权限有误"}'),
    ("url必传", '{"ok":0,"msg":"url必传"}'),
]
"""Id and body; the status is 666."""

KINDS = {
    ErrorKind.NO_CREDENTIALS: "missing_credentials",
    ErrorKind.BAD_CREDENTIALS: "Invalid AppCode",
    ErrorKind.UNKNOWN_ACCOUNT: "Invalid AppCode",
    ErrorKind.BAD_SIGNATURE: "Invalid Signature",
    ErrorKind.EXPIRED: "Timestamp Expired",
    ErrorKind.REPLAYED: "Nonce Used",
    ErrorKind.FORBIDDEN: "Unauthorized",
    ErrorKind.QUOTA_EXCEEDED: "Quota Exhausted",
    ErrorKind.PACKAGE_EXPIRED: "Quota Expired",
    ErrorKind.ARREARS: "User Arrears",
    ErrorKind.RATE_LIMITED: "Throttled by API Flow Control",
    ErrorKind.BUSY: "Throttled by GROUP Flow Control",
    ErrorKind.BODY_TOO_LARGE: "Payload Too Large",
    ErrorKind.BAD_BODY: "Invalid Request Body",
    ErrorKind.BAD_PARAMETER: "版本参数ver传入有误",
    ErrorKind.NO_IMAGE: "img或url必传一个",
    ErrorKind.BAD_IMAGE: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_FORMAT: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_TOO_LARGE: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_SIZE: "img图像错误: 无法处理图片信息",
    ErrorKind.DOWNLOAD_FAILED: "url图片错误: 下载失败",
    ErrorKind.NOTHING_FOUND: "img图像错误: 无法处理图片信息",
    ErrorKind.ENGINE_FAILED: "Failed To Invoke Backend Service",
    ErrorKind.NO_SUCH_OPERATION: "Invalid Url",
    ErrorKind.WRONG_METHOD: "Invalid Url",
    ErrorKind.INTERNAL: "Internal Error",
    ErrorKind.UNAVAILABLE: "Service Unavailable",
}
"""The entry that answers each kind."""


@every_entry_of_both
def test_every_entry_of_the_gateway_has_its_literal_response(
    id: str, status: int, message: str, later_status: int, later_code: str, later_message: str
) -> None:
    assert_classic(response_of(THUMB, CLASSIC, id), status, message)
    assert_later(response_of(THUMB, LATER, id), later_status, later_code, later_message)


@every_later_entry
def test_every_entry_of_the_later_generation_has_its_literal_response(
    id: str, status: int, message: str
) -> None:
    for request in (CLASSIC, LATER):
        assert_later(response_of(THUMB, request, id), status, id, message)


@pytest.mark.parametrize(("id", "body"), FAILURES, ids=[id for id, _ in FAILURES])
def test_every_failure_has_its_literal_response(id: str, body: str) -> None:
    for request in (CLASSIC, LATER):
        response = response_of(THUMB, request, id)
        assert response.status == 666
        assert response.body.decode() == body
        assert response.headers == (("Content-Type", "application/json; charset=utf-8"),)
        assert response.code == id


def test_the_literal_responses_are_those_of_the_whole_table() -> None:
    assert [entry.id for entry in THUMB.errors] == [*IDS, *(id for id, _ in FAILURES)]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_its_entry(kind: ErrorKind) -> None:
    assert THUMB.errors.by_kind(kind).id == KINDS[kind]
    assert THUMB.errors.entry(ApiError(kind), "ocr").id == KINDS[kind]


@pytest.mark.parametrize(
    ("kind", "cause", "id"),
    [
        (ErrorKind.BAD_IMAGE, ErrorCause.CONTENT, "url图片错误: 不支持的文件格式"),
        (ErrorKind.IMAGE_FORMAT, ErrorCause.CONTENT, "url图片错误: 不支持的文件格式"),
        (ErrorKind.IMAGE_SIZE, ErrorCause.CONTENT, "url图片错误: 不支持的文件格式"),
        (ErrorKind.IMAGE_TOO_LARGE, ErrorCause.TOO_LARGE, "url图片错误: 下载失败"),
        (ErrorKind.DOWNLOAD_FAILED, ErrorCause.STATUS, "url图片错误: 下载失败"),
        (ErrorKind.BUSY, ErrorCause.CONTENT, "Throttled by GROUP Flow Control"),
    ],
)
def test_a_downloaded_picture_is_refused_in_words_about_the_url(
    kind: ErrorKind, cause: ErrorCause, id: str
) -> None:
    assert THUMB.errors.entry(ApiError(kind, cause=cause), "ocr").id == id


@pytest.mark.parametrize("operation", ["accurate", "handwriting"])
def test_the_interfaces_that_take_only_a_url_name_its_format(operation: str) -> None:
    entry = THUMB.errors.by_kind(ErrorKind.IMAGE_FORMAT, operation)
    assert entry.id == "url图片错误: 不支持的文件格式"
