"""The rows of the identity service (IAM), whose errors nest under `error` and have whole numbers
for codes.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

_PAGE = "doc: IAM, obtaining a user token with a password"
_CODES = "doc: IAM error codes"

BODY_INVALID = ErrorEntry(400, 400, "The request body is invalid", _PAGE, (ErrorKind.BAD_BODY,))
WRONG_PASSWORD = ErrorEntry(
    401, 401, "The username or password is wrong.", _PAGE, (ErrorKind.UNKNOWN_ACCOUNT,)
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
    _CODES + " (IAM.0004 'Could not find ...'); the rest of the text guess",
    (ErrorKind.FORBIDDEN,),
    sample={"project": "cn-north-4"},
)
DOMAIN_UNKNOWN = ErrorEntry(
    404,
    404,
    "Could not find domain: {domain}.",
    _CODES + " (IAM.0004 'Could not find ...'); the rest of the text guess",
    (ErrorKind.FORBIDDEN,),
    sample={"domain": "mockocr"},
)

ROWS: tuple[ErrorEntry, ...] = (
    BODY_INVALID,
    WRONG_PASSWORD,
    ErrorEntry(401, 401, "The account is locked.", _PAGE + "; the shape guess"),
    ErrorEntry(
        401, 401, "The userInfo is wrong", "doc: OCR FAQ ocr_01_0040; status and shape guess"
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
    ErrorEntry(500, 500, "Internal server error.", _CODES + "; the text guess"),
    ErrorEntry(503, 503, "Service unavailable.", _CODES + "; the text guess"),
)
