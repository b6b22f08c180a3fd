"""The errors of IAM: its own, which nest under `error` and have integer codes, and those of the
gateway in front of it (APIGW).
"""

from __future__ import annotations

from http import HTTPStatus

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.huawei.gateway import render_gateway_error
from mockocr.vendors.huawei.gateway_errors import gateway_errors
from mockocr.vendors.huawei.iam.headers import IDENTITY_HEADERS

_PAGE = "doc: IAM, obtaining a user token with a password"
_CODES = "doc: IAM error codes"
_NOT_FOUND = _CODES + " (IAM.0004 'Could not find ...'); the rest of the text guess"

GATEWAY = gateway_errors("APIGW")

BODY_INVALID = ErrorEntry(400, 400, "The request body is invalid", _PAGE, (ErrorKind.BAD_BODY,))
WRONG_PASSWORD = ErrorEntry(
    401,
    401,
    "The username or password is wrong.",
    _PAGE,
    (ErrorKind.UNKNOWN_ACCOUNT,),
    id="wrong_password",
)
CONSOLE_ONLY = ErrorEntry(
    403,
    403,
    "This user only supports console access, not programmatic access.",
    _CODES + " (IAM.0081)",
    (ErrorKind.FORBIDDEN,),
)
PROJECT_UNKNOWN = ErrorEntry(
    404,
    404,
    "Could not find project: {project}.",
    _NOT_FOUND,
    (ErrorKind.FORBIDDEN,),
    {"project": "cn-north-4"},
    id="project_unknown",
)
DOMAIN_UNKNOWN = ErrorEntry(
    404,
    404,
    "Could not find domain: {domain}.",
    _NOT_FOUND,
    (ErrorKind.FORBIDDEN,),
    {"domain": "mockocr"},
    id="domain_unknown",
)
_INTERNAL = ErrorEntry(500, 500, "Internal server error.", _CODES + "; the text guess")

_IDENTITY: tuple[ErrorEntry, ...] = (
    BODY_INVALID,
    WRONG_PASSWORD,
    ErrorEntry(
        401, 401, "The account is locked.", _PAGE + "; the shape guess", id="account_locked"
    ),
    ErrorEntry(
        401,
        401,
        "The userInfo is wrong",
        "doc: OCR FAQ ocr_01_0040; status and shape guess",
        id="user_info_wrong",
    ),
    CONSOLE_ONLY,
    PROJECT_UNKNOWN,
    DOMAIN_UNKNOWN,
    ErrorEntry(
        429,
        429,
        "The throttling threshold has been reached.",
        _CODES + " (IAM.0012)",
        (ErrorKind.RATE_LIMITED,),
    ),
    _INTERNAL,
    ErrorEntry(503, 503, "Service unavailable.", _CODES + "; the text guess"),
)

ERRORS = ErrorTable(
    entries=(*GATEWAY.entries, *_IDENTITY),
    defaults={
        # IAM reads no pictures and sells nothing: these kinds come from faults and from the state
        # of a credential alone
        **dict.fromkeys(
            (
                ErrorKind.BAD_PARAMETER,
                ErrorKind.NO_IMAGE,
                ErrorKind.BAD_IMAGE,
                ErrorKind.IMAGE_FORMAT,
                ErrorKind.IMAGE_TOO_LARGE,
                ErrorKind.IMAGE_SIZE,
                ErrorKind.DOWNLOAD_FAILED,
                ErrorKind.NOTHING_FOUND,
            ),
            BODY_INVALID,
        ),
        ErrorKind.ENGINE_FAILED: _INTERNAL,
        ErrorKind.ARREARS: GATEWAY.user_not_authorized,
        ErrorKind.PACKAGE_EXPIRED: GATEWAY.user_not_authorized,
    },
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The nested body of IAM for its integer codes, the gateway's flat one for the others."""
    if not isinstance(entry.code, int):
        return render_gateway_error(request, entry)
    title = HTTPStatus(entry.status).phrase
    error = {"code": entry.code, "message": entry.message, "title": title}
    return Response.of_json(
        {"error": error}, entry.status, code=entry.code, headers=IDENTITY_HEADERS
    )
