"""What Aliyun's own OCR services behind the gateway say: a status of their own and one sentence.

The table gives status and text; that the text is the whole body is a guess (a vendor's sample says
only that it is in the body). The code of a row, for the journal and for faults on demand, is its
status and what tells it from the others of that status.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Remote
from mockocr.core.operation import ImageResult

PATHS = ("/api/predict/ocr_general", "/ocrservice/advanced")

MAX_RATIO = 50
"""doc: the longer side is at most 50 times the shorter one."""

_TABLE = "doc: market OCR error codes (295363)"
_OLDER = "observed: a shipped Java client's copy of the older error table (95605)"
_FORMAT = "Invalid Input - json format error - "
_IMAGE = "Invalid Input - image data error - "


def _row(
    status: int,
    short: str,
    message: str,
    *problems: ErrorKind,
    source: str = _TABLE,
    **sample: str,
) -> ErrorEntry:
    return ErrorEntry(status, f"{status} {short}", message, source, problems, sample)


SIDES = _row(
    421,
    "image size",
    "Invalid Input - image size error",
    ErrorKind.IMAGE_SIZE,
    source="doc: market OCR error codes (295363), meaning and status; text guess",
)
QUEUE_FULL = _row(
    450,
    "queue full",
    "Service Busy",
    ErrorKind.BUSY,
    source="doc: market OCR error codes (295363), meaning and status; text guess",
)
TOO_LARGE = _row(413, "too large", "Payload Too Large", ErrorKind.IMAGE_TOO_LARGE)
NO_JSON = _row(460, "no json", "Invalid Input - failed to parse json", ErrorKind.BAD_BODY)
MISSING = _row(461, "missing key", _FORMAT + "missing key: {key}", ErrorKind.NO_IMAGE, key="image")
WRONG_IMAGE = _row(461, "image format", _FORMAT + "image format error", ErrorKind.BAD_IMAGE)
NO_INPUTS = _row(461, "inputs missing", _FORMAT + "key inputs missing", ErrorKind.NO_IMAGE)
INPUTS_NO_LIST = _row(
    461, "inputs no array", _FORMAT + "value of inputs must be a array", ErrorKind.BAD_PARAMETER
)
WRONG_VALUE = _row(
    461, "image DataValue", _FORMAT + "image DataValue format error", ErrorKind.BAD_PARAMETER
)
WRONG_CONFIGURE = _row(
    461, "configure format", _FORMAT + "configure format error", ErrorKind.BAD_PARAMETER
)
BAD_CONFIGURE = _row(
    461,
    "config str",
    _FORMAT + "failed to parse config str: {text}",
    ErrorKind.BAD_PARAMETER,
    text="xxx",
)
BAD_BODY = _row(
    461,
    "json exception",
    _FORMAT + "json parse runtime exception",
    ErrorKind.BAD_BODY,
    source=_OLDER,
)
NOT_DOWNLOADED = _row(
    462, "download", _IMAGE + "download image from url error", ErrorKind.DOWNLOAD_FAILED
)
EMPTY_IMAGE = _row(
    462,
    "image empty",
    _IMAGE + "input image empty, please check your image binary data",
    ErrorKind.BAD_IMAGE,
)
FAILED = _row(464, "run failed", "Invalid Result - algorithm run failed", ErrorKind.ENGINE_FAILED)

ROWS: tuple[ErrorEntry, ...] = (
    _row(400, "url", "Invalid URL", ErrorKind.DOWNLOAD_FAILED),
    _row(403, "forbidden", "Forbidden", ErrorKind.FORBIDDEN),
    _row(408, "timeout", "Request Timeout"),
    TOO_LARGE,
    SIDES,
    QUEUE_FULL,
    NO_JSON,
    MISSING,
    WRONG_IMAGE,
    NO_INPUTS,
    INPUTS_NO_LIST,
    WRONG_VALUE,
    WRONG_CONFIGURE,
    BAD_CONFIGURE,
    BAD_BODY,
    NOT_DOWNLOADED,
    EMPTY_IMAGE,
    _row(463, "category", "Invalid Input - wrong category", ErrorKind.BAD_PARAMETER, source=_OLDER),
    FAILED,
    _row(
        464,
        "runtime",
        "Invalid Result - algorithm runtime exception",
        ErrorKind.ENGINE_FAILED,
        source=_OLDER,
    ),
    _row(502, "gateway", "Bad Gateway"),
    _row(503, "unavailable", "Service Unavailable"),
)

_CODES = frozenset(row.code for row in ROWS)

_INSTEAD: Mapping[int | str, ErrorEntry] = {
    "版本参数ver传入有误": WRONG_CONFIGURE,
    "img或url必传一个": MISSING,
    "url图片错误: 下载失败": NOT_DOWNLOADED,
    "url图片错误: 不支持的文件格式": EMPTY_IMAGE,
    "img图像错误: 无法处理图片信息": EMPTY_IMAGE,
    "Failed To Invoke Backend Service": FAILED,
    "Throttled by GROUP Flow Control": QUEUE_FULL,
}
"""guess: for another service's row, by its code, what these two say of the same problem."""

_OF_PICTURE: Mapping[ErrorKind, ErrorEntry] = {
    ErrorKind.NO_IMAGE: EMPTY_IMAGE,
    ErrorKind.BAD_IMAGE: EMPTY_IMAGE,
    ErrorKind.IMAGE_FORMAT: EMPTY_IMAGE,
    ErrorKind.IMAGE_SIZE: SIDES,
    ErrorKind.IMAGE_TOO_LARGE: TOO_LARGE,
    ErrorKind.DOWNLOAD_FAILED: NOT_DOWNLOADED,
    ErrorKind.ENGINE_FAILED: FAILED,
    ErrorKind.BUSY: QUEUE_FULL,
}


def is_behind(request: Request) -> bool:
    """Whether the call is for one of Aliyun's own services."""
    return request.path in PATHS


def is_ours(row: ErrorEntry) -> bool:
    return row.code in _CODES


def instead(row: ErrorEntry) -> ErrorEntry:
    """The row itself, or what these services say where another one would send it."""
    return _INSTEAD.get(row.code, row)


def of_picture(reading: ImageResult) -> ApiError | None:
    """The refusal of one picture in the services' own words; None for a picture that was read."""
    error = reading.error
    if error is None:
        image = reading.image
        if image is not None and max(image.width, image.height) > MAX_RATIO * min(
            image.width, image.height
        ):
            detail = f"{image.width}x{image.height} px: one side is over 50 times the other"
            return ApiError(SIDES, detail)
        return None
    problem = next(iter(error.problems), None)
    row = _OF_PICTURE.get(problem) if problem is not None else None
    remote = isinstance(reading.source, Remote)
    if problem is ErrorKind.IMAGE_TOO_LARGE and remote:
        row = NOT_DOWNLOADED
    return ApiError(row, error.detail, error.evidence) if row else error
