"""The error table of the OAuth endpoint, and how an error is rendered."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response, dump_json
from mockocr.vendors.baidu.headers import CONTENT_TYPE

_PAGE = "doc: NLP/Okahxcw9u, errors of the token request"
_OAUTH = "guess: RFC 6749, section 5.2"

UNKNOWN_CLIENT = ErrorEntry(
    401,
    "invalid_client",
    "unknown client id",
    "observed: spring-ai-community/qianfan issue 7",
    (
        ErrorKind.UNKNOWN_ACCOUNT,
        ErrorKind.NO_CREDENTIALS,
        ErrorKind.BAD_CREDENTIALS,
        ErrorKind.FORBIDDEN,
        ErrorKind.ARREARS,
        ErrorKind.PACKAGE_EXPIRED,
    ),
    id="unknown_client",
)
WRONG_SECRET = ErrorEntry(
    401,
    "invalid_client",
    "Client authentication failed",
    _PAGE + "; status observed in Chandler-Lu/alfred-ocr issue 16",
    (ErrorKind.BAD_SIGNATURE, ErrorKind.EXPIRED, ErrorKind.REPLAYED),
    id="wrong_secret",
)
GRANT_TYPE = ErrorEntry(
    400,
    "unsupported_grant_type",
    "The authorization grant type is not supported",
    _OAUTH,
    id="unsupported_grant_type",
)
INVALID_REQUEST = ErrorEntry(
    400,
    "invalid_request",
    "invalid request",
    _OAUTH,
    (
        ErrorKind.BAD_PARAMETER,
        ErrorKind.BAD_BODY,
        ErrorKind.BODY_TOO_LARGE,
        ErrorKind.NO_IMAGE,
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
        ErrorKind.IMAGE_TOO_LARGE,
        ErrorKind.IMAGE_SIZE,
        ErrorKind.DOWNLOAD_FAILED,
        ErrorKind.NOTHING_FOUND,
    ),
    id="invalid_request",
)
UNAVAILABLE = ErrorEntry(
    503,
    "temporarily_unavailable",
    "Service temporarily unavailable",
    _OAUTH,
    (
        ErrorKind.UNAVAILABLE,
        ErrorKind.BUSY,
        ErrorKind.RATE_LIMITED,
        ErrorKind.QUOTA_EXCEEDED,
        ErrorKind.ENGINE_FAILED,
        ErrorKind.INTERNAL,
    ),
    id="unavailable",
)
NOT_FOUND = ErrorEntry(
    404, "not_found", "not found", "guess", (ErrorKind.NO_SUCH_OPERATION,), id="not_found"
)
WRONG_METHOD = ErrorEntry(
    405, "method_not_allowed", "method not allowed", "guess", (ErrorKind.WRONG_METHOD,)
)

ERRORS = ErrorTable(
    (
        UNKNOWN_CLIENT,
        WRONG_SECRET,
        GRANT_TYPE,
        INVALID_REQUEST,
        UNAVAILABLE,
        NOT_FOUND,
        WRONG_METHOD,
    )
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """observed: the description first, and a line feed at the end."""
    body = dump_json({"error_description": entry.message, "error": entry.code}) + b"\n"
    headers = (("Content-Type", CONTENT_TYPE),)
    return Response(entry.status, body, headers, str(entry.code))
