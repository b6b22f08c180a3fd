"""What 拇指云's own platform says, always with HTTP 666, and the whole table of the service."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.aliyun_market.thumb_cloud.failures import (
    BAD_IMG,
    FAILED,
    NO_RIGHT,
    SERVICE_ENTRIES,
    render_failure,
    select_by_source,
)

render_error = render_failure

_PAGE = "doc: 图片文字识别 product page (cmapi00066983), failure table"


def _entry(message: str, *kinds: ErrorKind) -> ErrorEntry:
    return ErrorEntry(FAILED, message.partition(",")[0], message, _PAGE, kinds)


NO_APPID = _entry("未传入开发者账号appid", ErrorKind.NO_CREDENTIALS)
LONG_APPID = _entry("传入开发者账号appid字符串长度超限", ErrorKind.BAD_CREDENTIALS)
NO_TIME = _entry("未传入查询时间sendtime", ErrorKind.NO_CREDENTIALS)
LONG_TIME = _entry("传入查询时间sendtime字符串长度超限", ErrorKind.BAD_CREDENTIALS)
WRONG_TIME = _entry("时间戳超时, 请重新请求", ErrorKind.EXPIRED)
NO_SIGN = _entry("未传入签名sign", ErrorKind.NO_CREDENTIALS)
LONG_SIGN = _entry("传入签名sign字符串长度超限", ErrorKind.BAD_CREDENTIALS)
WRONG_SIGN = _entry("签名校验失败", ErrorKind.BAD_SIGNATURE, ErrorKind.UNKNOWN_ACCOUNT)
DEBUG_DATA = _entry("存在*字符, 视为调试数据。止于当前结果。")
STOPPED = ErrorEntry(
    FAILED,
    "接口已停用",
    "appid:{appid}接口已停用",
    _PAGE,
    (ErrorKind.FORBIDDEN,),
    {"appid": "XXXXXXX"},
)

PLATFORM_ENTRIES: tuple[ErrorEntry, ...] = (
    NO_APPID,
    LONG_APPID,
    NO_TIME,
    LONG_TIME,
    WRONG_TIME,
    NO_SIGN,
    LONG_SIGN,
    WRONG_SIGN,
    DEBUG_DATA,
    STOPPED,
)
"""The checks of the platform in the order of the page's table."""

# guess: a body that PHP cannot read leaves no parameters, so the first check misses the appid; one
# sentence covers everything about the caller's rights, and another everything about the picture
ERRORS = ErrorTable(
    entries=(*PLATFORM_ENTRIES, *SERVICE_ENTRIES),
    defaults={
        ErrorKind.BAD_CREDENTIALS: WRONG_SIGN,
        ErrorKind.REPLAYED: WRONG_SIGN,
        ErrorKind.BODY_TOO_LARGE: NO_APPID,
        ErrorKind.BAD_BODY: NO_APPID,
        ErrorKind.NO_SUCH_OPERATION: NO_APPID,
        ErrorKind.WRONG_METHOD: NO_APPID,
        ErrorKind.FORBIDDEN: NO_RIGHT,
        ErrorKind.QUOTA_EXCEEDED: NO_RIGHT,
        ErrorKind.PACKAGE_EXPIRED: NO_RIGHT,
        ErrorKind.ARREARS: NO_RIGHT,
        ErrorKind.RATE_LIMITED: NO_RIGHT,
        ErrorKind.BUSY: NO_RIGHT,
        ErrorKind.INTERNAL: NO_RIGHT,
        ErrorKind.UNAVAILABLE: NO_RIGHT,
        ErrorKind.ENGINE_FAILED: BAD_IMG,
    },
    select=select_by_source,
)
