"""What 拇指云's service says, always with HTTP 666.

The service has no codes, only messages: the code of an entry is its message up to the first comma.
The page's tables print half-width marks where its prose has full-width ones; the printed form is
sent.
"""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response

FAILED = 666
"""The status of every error of the service: outside 200..300, so the market does not bill it."""
JSON = "application/json; charset=utf-8"

_PAGE = "doc: 图片文字识别 product page (cmapi00066983), failure table"
_GUIDE = "doc: 图片文字识别 API guide, failure examples"


def _entry(message: str, *kinds: ErrorKind, source: str = _PAGE) -> ErrorEntry:
    return ErrorEntry(FAILED, message.partition(",")[0], message, source, kinds)


BAD_VERSION = _entry("版本参数ver传入有误", ErrorKind.BAD_PARAMETER)
BOTH = _entry("img或url只能传入一个")
NEITHER = _entry("img或url必传一个", ErrorKind.NO_IMAGE)
NO_URL = _entry(
    "url必传",
    source="guess: 图片文字识别 API guide, whose interfaces take url alone; it prints no such text",
)
NOT_DOWNLOADED = _entry("url图片错误: 下载失败", ErrorKind.DOWNLOAD_FAILED)
URL_FORMAT = _entry("url图片错误: 不支持的文件格式")
BAD_IMG = _entry(
    "img图像错误: 无法处理图片信息",
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_FORMAT,
    ErrorKind.IMAGE_TOO_LARGE,
    ErrorKind.IMAGE_SIZE,
    ErrorKind.NOTHING_FOUND,
)
ATTACK = _entry("非法来源")
NO_RIGHT = _entry("接口权限有误", source=_GUIDE)

SERVICE_ENTRIES: tuple[ErrorEntry, ...] = (
    BAD_VERSION,
    BOTH,
    NEITHER,
    NOT_DOWNLOADED,
    URL_FORMAT,
    BAD_IMG,
    ATTACK,
    NO_RIGHT,
)
"""What the service behind the gateway says; its platform says the same."""

_OF_A_PICTURE = frozenset({ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT, ErrorKind.IMAGE_SIZE})


def select_by_source(error: ApiError, operation: str) -> ErrorEntry | None:
    """A picture that was downloaded is refused in words about `url`; None for any other error."""
    if error.cause is ErrorCause.TOO_LARGE:
        return NOT_DOWNLOADED
    if error.cause is ErrorCause.CONTENT and error.kind in _OF_A_PICTURE:
        return URL_FORMAT
    return None


def render_failure(request: Request, entry: ErrorEntry) -> Response:
    """The JSON of a failure, as the service itself sends it."""
    failure = {"ok": 0, "msg": entry.message}
    return Response.of_json(failure, entry.status, code=entry.code, content_type=JSON)
