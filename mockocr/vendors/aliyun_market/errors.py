"""What 拇指云's service behind the gateway says, always with HTTP 666, and the whole catalogue.

The service has no codes, only messages: the code of a row, for the journal and for faults on
demand, is its message up to the first comma. The page's tables print half-width marks where its
prose has full-width ones; the printed form is sent.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.vendors.aliyun_market import backend
from mockocr.vendors.aliyun_market.gateway import CLASSIC, VPC

FAILED = 666
"""The status of every business failure: outside 200..300, so the market does not bill it."""

_PAGE = "doc: 图片文字识别 product page (cmapi00066983), failure table"
_GUIDE = "doc: 图片文字识别 API guide, failure examples"


def _row(message: str, *problems: ErrorKind, source: str = _PAGE, **sample: str) -> ErrorEntry:
    return ErrorEntry(FAILED, message.partition(",")[0], message, source, problems, sample)


BAD_VERSION = _row("版本参数ver传入有误", ErrorKind.BAD_PARAMETER)
BOTH = _row("img或url只能传入一个")
NEITHER = _row("img或url必传一个", ErrorKind.NO_IMAGE)
NOT_DOWNLOADED = _row("url图片错误: 下载失败", ErrorKind.DOWNLOAD_FAILED)
URL_FORMAT = _row("url图片错误: 不支持的文件格式", ErrorKind.IMAGE_FORMAT)
BAD_IMG = _row(
    "img图像错误: 无法处理图片信息",
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_TOO_LARGE,
    ErrorKind.IMAGE_SIZE,
    ErrorKind.NOTHING_FOUND,
)
ATTACK = _row("非法来源")
NO_RIGHT = _row("接口权限有误", source=_GUIDE)

BUSINESS: tuple[ErrorEntry, ...] = (
    BAD_VERSION,
    BOTH,
    NEITHER,
    NOT_DOWNLOADED,
    URL_FORMAT,
    BAD_IMG,
    ATTACK,
    NO_RIGHT,
)

NO_APPID = _row("未传入开发者账号appid", ErrorKind.NO_CREDENTIALS)
LONG_APPID = _row("传入开发者账号appid字符串长度超限", ErrorKind.BAD_CREDENTIALS)
NO_TIME = _row("未传入查询时间sendtime", ErrorKind.NO_CREDENTIALS)
LONG_TIME = _row("传入查询时间sendtime字符串长度超限", ErrorKind.BAD_CREDENTIALS)
WRONG_TIME = _row("时间戳超时, 请重新请求", ErrorKind.EXPIRED)
NO_SIGN = _row("未传入签名sign", ErrorKind.NO_CREDENTIALS)
LONG_SIGN = _row("传入签名sign字符串长度超限", ErrorKind.BAD_CREDENTIALS)
WRONG_SIGN = _row("签名校验失败", ErrorKind.BAD_SIGNATURE, ErrorKind.UNKNOWN_ACCOUNT)
DEBUG_DATA = _row("存在*字符, 视为调试数据。止于当前结果。")
STOPPED = ErrorEntry(
    FAILED,
    "接口已停用",
    "appid:{appid}接口已停用",
    _PAGE,
    (ErrorKind.FORBIDDEN,),
    {"appid": "XXXXXXX"},
)

PLATFORM: tuple[ErrorEntry, ...] = (
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

CATALOGUE: tuple[ErrorEntry, ...] = (*CLASSIC, *BUSINESS, *PLATFORM, *VPC, *backend.ROWS)

WITHOUT_GATEWAY: dict[int | str, ErrorEntry] = {
    "Invalid AppKey: none": NO_APPID,
    "Invalid AppCode": WRONG_SIGN,
    "Invalid AppKey": WRONG_SIGN,
    "Invalid Signature": WRONG_SIGN,
    "Empty Signature": NO_SIGN,
    "Empty Signature: 404": NO_SIGN,
    "Timestamp Expired": WRONG_TIME,
    "Invalid Timestamp": WRONG_TIME,
    "Nonce Used": WRONG_SIGN,
    "Unauthorized": NO_RIGHT,
    "Quota Exhausted": NO_RIGHT,
    "Quota Expired": NO_RIGHT,
    "User Arrears": NO_RIGHT,
    "Throttled by API Flow Control": NO_RIGHT,
    "Throttled by GROUP Flow Control": NO_RIGHT,
    "Invalid Url": NO_APPID,
    "Invalid HttpMethod": NO_APPID,
    "Invalid Request Body": NO_APPID,
    "Payload Too Large": NO_APPID,
    "Failed To Invoke Backend Service": BAD_IMG,
    "Service Unavailable": NO_RIGHT,
    "Internal Error": NO_RIGHT,
}
"""guess: what the platform, which has no gateway, says where the gateway would refuse.

A body that PHP cannot read leaves no parameters, so the first check misses the appid; for all that
concerns the caller's rights there is one sentence.
"""
