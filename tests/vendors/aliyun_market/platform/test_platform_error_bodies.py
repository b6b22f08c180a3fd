"""The platform answers every error with HTTP 666 and its literal body.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from tests.vendors.aliyun_market.harness import PLATFORM, post

FAILURES = [
    ("未传入开发者账号appid", '{"ok":0,"msg":"未传入开发者账号appid"}'),
    ("传入开发者账号appid字符串长度超限", '{"ok":0,"msg":"传入开发者账号appid字符串长度超限"}'),
    ("未传入查询时间sendtime", '{"ok":0,"msg":"未传入查询时间sendtime"}'),
    ("传入查询时间sendtime字符串长度超限", '{"ok":0,"msg":"传入查询时间sendtime字符串长度超限"}'),
    ("时间戳超时", '{"ok":0,"msg":"时间戳超时, 请重新请求"}'),
    ("未传入签名sign", '{"ok":0,"msg":"未传入签名sign"}'),
    ("传入签名sign字符串长度超限", '{"ok":0,"msg":"传入签名sign字符串长度超限"}'),
    ("签名校验失败", '{"ok":0,"msg":"签名校验失败"}'),
    ("存在*字符", '{"ok":0,"msg":"存在*字符, 视为调试数据。止于当前结果。"}'),
    ("接口已停用", '{"ok":0,"msg":"appid:XXXXXXX接口已停用"}'),
    ("版本参数ver传入有误", '{"ok":0,"msg":"版本参数ver传入有误"}'),
    ("img或url只能传入一个", '{"ok":0,"msg":"img或url只能传入一个"}'),
    ("img或url必传一个", '{"ok":0,"msg":"img或url必传一个"}'),
    ("url图片错误: 下载失败", '{"ok":0,"msg":"url图片错误: 下载失败"}'),
    ("url图片错误: 不支持的文件格式", '{"ok":0,"msg":"url图片错误: 不支持的文件格式"}'),
    ("img图像错误: 无法处理图片信息", '{"ok":0,"msg":"img图像错误: 无法处理图片信息"}'),
    ("非法来源", '{"ok":0,"msg":"非法来源"}'),
    ("接口权限有误", '{"ok":0,"msg":"接口权限有误"}'),
]
"""Id and body."""

KINDS = {
    ErrorKind.NO_CREDENTIALS: "未传入开发者账号appid",
    ErrorKind.BAD_CREDENTIALS: "签名校验失败",
    ErrorKind.UNKNOWN_ACCOUNT: "签名校验失败",
    ErrorKind.BAD_SIGNATURE: "签名校验失败",
    ErrorKind.EXPIRED: "时间戳超时",
    ErrorKind.REPLAYED: "签名校验失败",
    ErrorKind.FORBIDDEN: "接口权限有误",
    ErrorKind.QUOTA_EXCEEDED: "接口权限有误",
    ErrorKind.PACKAGE_EXPIRED: "接口权限有误",
    ErrorKind.ARREARS: "接口权限有误",
    ErrorKind.RATE_LIMITED: "接口权限有误",
    ErrorKind.BUSY: "接口权限有误",
    ErrorKind.BODY_TOO_LARGE: "未传入开发者账号appid",
    ErrorKind.BAD_BODY: "未传入开发者账号appid",
    ErrorKind.BAD_PARAMETER: "版本参数ver传入有误",
    ErrorKind.NO_IMAGE: "img或url必传一个",
    ErrorKind.BAD_IMAGE: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_FORMAT: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_TOO_LARGE: "img图像错误: 无法处理图片信息",
    ErrorKind.IMAGE_SIZE: "img图像错误: 无法处理图片信息",
    ErrorKind.DOWNLOAD_FAILED: "url图片错误: 下载失败",
    ErrorKind.NOTHING_FOUND: "img图像错误: 无法处理图片信息",
    ErrorKind.ENGINE_FAILED: "img图像错误: 无法处理图片信息",
    ErrorKind.NO_SUCH_OPERATION: "未传入开发者账号appid",
    ErrorKind.WRONG_METHOD: "未传入开发者账号appid",
    ErrorKind.INTERNAL: "接口权限有误",
    ErrorKind.UNAVAILABLE: "接口权限有误",
}
"""The entry that answers each kind."""


@pytest.mark.parametrize(("id", "body"), FAILURES, ids=[id for id, _ in FAILURES])
def test_every_failure_has_its_literal_response(id: str, body: str) -> None:
    entry = PLATFORM.errors.find(id)
    assert entry is not None
    response = PLATFORM.render_error(post("/thumb/platform/ocr", b""), entry.filled({}))
    assert response.status == 666
    assert response.body.decode() == body
    assert response.headers == (("Content-Type", "application/json; charset=utf-8"),)
    assert response.code == id


def test_the_literal_responses_are_those_of_the_whole_table() -> None:
    assert [entry.id for entry in PLATFORM.errors] == [id for id, _ in FAILURES]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_its_entry(kind: ErrorKind) -> None:
    assert PLATFORM.errors.by_kind(kind).id == KINDS[kind]
    assert PLATFORM.errors.entry(ApiError(kind), "platform").id == KINDS[kind]
