"""What 拇指云's service behind the gateway says, always with HTTP 666, and the whole catalogue.

The service has no codes, only messages: the code of a row, for the journal and for faults on
demand, is its message up to the first comma. The page's tables print half-width marks where its
prose has full-width ones; the printed form is sent.
"""

from __future__ import annotations

from mockocr.core.problem import Problem, Row
from mockocr.vendors.aliyun_market import backend
from mockocr.vendors.aliyun_market.gateway import CLASSIC, VPC

FAILED = 666
"""The status of every business failure: outside 200..300, so the market does not bill it."""

_PAGE = "doc: 图片文字识别 product page (cmapi00066983), failure table"
_GUIDE = "doc: 图片文字识别 API guide, failure examples"


def _row(message: str, *problems: Problem, source: str = _PAGE, **sample: str) -> Row:
    return Row(FAILED, message.partition(",")[0], message, source, problems, sample)


BAD_VERSION = _row("版本参数ver传入有误", Problem.BAD_PARAMETER)
BOTH = _row("img或url只能传入一个")
NEITHER = _row("img或url必传一个", Problem.NO_IMAGE)
NOT_DOWNLOADED = _row("url图片错误: 下载失败", Problem.DOWNLOAD_FAILED)
URL_FORMAT = _row("url图片错误: 不支持的文件格式", Problem.IMAGE_FORMAT)
BAD_IMG = _row(
    "img图像错误: 无法处理图片信息",
    Problem.BAD_IMAGE,
    Problem.IMAGE_TOO_LARGE,
    Problem.IMAGE_SIZE,
    Problem.NOTHING_FOUND,
)
ATTACK = _row("非法来源")
NO_RIGHT = _row("接口权限有误", source=_GUIDE)

BUSINESS: tuple[Row, ...] = (
    BAD_VERSION,
    BOTH,
    NEITHER,
    NOT_DOWNLOADED,
    URL_FORMAT,
    BAD_IMG,
    ATTACK,
    NO_RIGHT,
)

NO_APPID = _row("未传入开发者账号appid", Problem.NO_CREDENTIALS)
LONG_APPID = _row("传入开发者账号appid字符串长度超限", Problem.BAD_CREDENTIALS)
NO_TIME = _row("未传入查询时间sendtime", Problem.NO_CREDENTIALS)
LONG_TIME = _row("传入查询时间sendtime字符串长度超限", Problem.BAD_CREDENTIALS)
WRONG_TIME = _row("时间戳超时, 请重新请求", Problem.EXPIRED)
NO_SIGN = _row("未传入签名sign", Problem.NO_CREDENTIALS)
LONG_SIGN = _row("传入签名sign字符串长度超限", Problem.BAD_CREDENTIALS)
WRONG_SIGN = _row("签名校验失败", Problem.BAD_SIGNATURE, Problem.UNKNOWN_ACCOUNT)
DEBUG_DATA = _row("存在*字符, 视为调试数据。止于当前结果。")
STOPPED = Row(
    FAILED,
    "接口已停用",
    "appid:{appid}接口已停用",
    _PAGE,
    (Problem.FORBIDDEN,),
    {"appid": "XXXXXXX"},
)

PLATFORM: tuple[Row, ...] = (
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

CATALOGUE: tuple[Row, ...] = (*CLASSIC, *BUSINESS, *PLATFORM, *VPC, *backend.ROWS)

WITHOUT_GATEWAY: dict[int | str, Row] = {
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
