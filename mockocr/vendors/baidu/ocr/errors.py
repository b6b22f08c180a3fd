"""The error table of Baidu's OCR, and how an error is rendered: with HTTP status 200 throughout."""

from __future__ import annotations

from typing import Any

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.baidu.headers import CONTENT_TYPE

_PAGE = "doc: ai-doc/OCR/dk3h7y5vr, error codes"
_SEEN = "; observed in public logs"
_OLDER = "doc: error table of the mobile SDK, ai-doc/OCR/3kibizyl9"
_BACK_END = 200_000
"""Codes from here on come from the OCR back end, which adds a log_id; others from the gateway."""


def _entry(
    code: int,
    message: str,
    source: str = _PAGE,
    kinds: tuple[ErrorKind, ...] = (),
    *,
    id: str = "",
    sample: dict[str, str] | None = None,
) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, kinds, sample or {}, id=id)


NO_TOKEN = _entry(100, "Invalid parameter", kinds=(ErrorKind.NO_CREDENTIALS,))
INVALID_TOKEN = _entry(
    110,
    "Access token invalid or no longer valid",
    _PAGE + _SEEN,
    (ErrorKind.BAD_CREDENTIALS, ErrorKind.EXPIRED, ErrorKind.REPLAYED),
)
EXPIRED_TOKEN = _entry(111, "Access token expired")
CERTIFICATION = _entry(
    14,
    "IAM Certification failed",
    _PAGE + _SEEN,
    (ErrorKind.BAD_SIGNATURE, ErrorKind.UNKNOWN_ACCOUNT),
)
NO_INPUT = _entry(
    216101,
    "param image not exist",
    "observed; the page has `not enough param`",
    (ErrorKind.NO_IMAGE,),
)
EMPTY_IMAGE = _entry(216200, "empty image", _PAGE + _SEEN)
IMAGE_FORMAT = _entry(
    216201,
    "image format error",
    _PAGE + _SEEN,
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT, ErrorKind.BAD_BODY),
)
IMAGE_SIZE = _entry(
    216202,
    "image size error",
    _PAGE + _SEEN,
    (ErrorKind.IMAGE_TOO_LARGE, ErrorKind.IMAGE_SIZE, ErrorKind.BODY_TOO_LARGE),
)
INVALID_VALUE = _entry(216100, "invalid param", kinds=(ErrorKind.BAD_PARAMETER,))
URL_MISSING = _entry(282110, "urls not exit")
URL_FORMAT = _entry(282111, "url format illegal")
URL_TIMEOUT = _entry(282112, "url download timeout", kinds=(ErrorKind.DOWNLOAD_FAILED,))
URL_RESPONSE = _entry(282113, "url response invalid")
URL_SIZE = _entry(282114, "url size error")
MISSING = _entry(282003, "missing parameters: {name}", sample={"name": "image"})
NO_BANK_CARD = _entry(216631, "recognize bank card error")
NO_ID_CARD = _entry(216633, "recognize idcard error")
NO_TARGET = _entry(282102, "target detect error")
WRONG_TARGET = _entry(282103, "target recognize error")
"""doc: the page's explanations: no target was found; the picture is no card of this kind."""
SERVICE_NOT_SUPPORTED = _entry(216102, "service not support")

ERRORS = ErrorTable(
    (
        _entry(1, "Unknown error"),
        _entry(2, "Service temporarily unavailable", kinds=(ErrorKind.UNAVAILABLE,)),
        _entry(
            3,
            "Unsupported openapi method",
            _PAGE + _SEEN,
            (ErrorKind.NO_SUCH_OPERATION, ErrorKind.WRONG_METHOD),
        ),
        _entry(4, "Open api request limit reached", kinds=(ErrorKind.BUSY,)),
        _entry(6, "No permission to access data", kinds=(ErrorKind.FORBIDDEN,)),
        _entry(13, "Get service token failed", "doc: error table of another product"),
        CERTIFICATION,
        _entry(15, "app not exsits or create failed", "doc: error table of another product"),
        _entry(
            17,
            "Open api daily request limit reached",
            _PAGE + _SEEN,
            (ErrorKind.QUOTA_EXCEEDED,),
        ),
        _entry(18, "Open api qps request limit reached", _PAGE + _SEEN, (ErrorKind.RATE_LIMITED,)),
        _entry(
            19,
            "Open api total request limit reached",
            kinds=(ErrorKind.PACKAGE_EXPIRED, ErrorKind.ARREARS),
        ),
        NO_TOKEN,
        INVALID_TOKEN,
        EXPIRED_TOKEN,
        _entry(216015, "module closed", _OLDER),
        INVALID_VALUE,
        NO_INPUT,
        SERVICE_NOT_SUPPORTED,
        _entry(216103, "param too long"),
        _entry(216110, "appid not exist"),
        _entry(216111, "invalid userid", _OLDER),
        EMPTY_IMAGE,
        IMAGE_FORMAT,
        IMAGE_SIZE,
        _entry(216203, "image size error", "doc: error tables of other products"),
        _entry(216300, "db error", _OLDER),
        _entry(216400, "backend error", _OLDER),
        _entry(216401, "internal error", _OLDER),
        _entry(216630, "recognize error", kinds=(ErrorKind.NOTHING_FOUND,)),
        NO_BANK_CARD,
        NO_ID_CARD,
        _entry(216634, "detect error"),
        _entry(282000, "internal error", kinds=(ErrorKind.ENGINE_FAILED, ErrorKind.INTERNAL)),
        MISSING,
        _entry(282005, "batch  processing error"),
        _entry(282006, "batch task  limit reached"),
        _entry(282100, "image transcode error", "doc: error table, text unreadable in the copy"),
        _entry(282101, "image split limit reached"),
        NO_TARGET,
        WRONG_TARGET,
        URL_MISSING,
        URL_FORMAT,
        URL_TIMEOUT,
        URL_RESPONSE,
        URL_SIZE,
        _entry(282808, "request id: {id} not exist", sample={"id": "xxxxx"}),
        _entry(282809, "result type error"),
        _entry(282810, "image recognize error"),
    ),
    defaults={
        ErrorCause.URL: URL_FORMAT,
        ErrorCause.FORBIDDEN_ADDRESS: URL_RESPONSE,
        ErrorCause.REDIRECTS: URL_RESPONSE,
        ErrorCause.STATUS: URL_RESPONSE,
        ErrorCause.ENCODING: URL_RESPONSE,
        ErrorCause.CONTENT_TYPE: URL_RESPONSE,
        ErrorCause.EMPTY: URL_RESPONSE,
        ErrorCause.TRUNCATED: URL_RESPONSE,
        ErrorCause.CONTENT: URL_RESPONSE,
        ErrorCause.PDF: IMAGE_FORMAT,
    },
)


def log_id(request: Request) -> int:
    """observed: a number of 19 digits below 2^63."""
    return request.random().randint(10**18, 92 * 10**17)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """observed: compact JSON; the back end's errors begin with a log_id."""
    body: dict[str, Any] = {"error_code": entry.code, "error_msg": entry.message}
    if int(entry.code) >= _BACK_END:
        body = {"log_id": log_id(request), **body}
    return Response.of_json(body, 200, code=entry.code, content_type=CONTENT_TYPE)
