"""The rows of the identity service (IAM), whose errors nest under `error` and have whole numbers
for codes.
"""

from __future__ import annotations

from mockocr.core.problem import Problem, Row

_PAGE = "doc: IAM, obtaining a user token with a password"
_CODES = "doc: IAM error codes"

BODY_INVALID = Row(400, 400, "The request body is invalid", _PAGE, (Problem.BAD_BODY,))
WRONG_PASSWORD = Row(
    401, 401, "The username or password is wrong.", _PAGE, (Problem.UNKNOWN_ACCOUNT,)
)
CONSOLE_ONLY = Row(
    403,
    403,
    "This user only supports console access, not programmatic access.",
    _CODES + " (IAM.0081)",
    (Problem.FORBIDDEN,),
)
PROJECT_UNKNOWN = Row(
    404,
    404,
    "Could not find project: {project}.",
    _CODES + " (IAM.0004 'Could not find ...'); the rest of the text guess",
    (Problem.FORBIDDEN,),
    sample={"project": "cn-north-4"},
)
DOMAIN_UNKNOWN = Row(
    404,
    404,
    "Could not find domain: {domain}.",
    _CODES + " (IAM.0004 'Could not find ...'); the rest of the text guess",
    (Problem.FORBIDDEN,),
    sample={"domain": "mockocr"},
)

ROWS: tuple[Row, ...] = (
    BODY_INVALID,
    WRONG_PASSWORD,
    Row(401, 401, "The account is locked.", _PAGE + "; the shape guess"),
    Row(401, 401, "The userInfo is wrong", "doc: OCR FAQ ocr_01_0040; status and shape guess"),
    CONSOLE_ONLY,
    PROJECT_UNKNOWN,
    DOMAIN_UNKNOWN,
    Row(
        429,
        429,
        "The throttling threshold has been reached.",
        _CODES + " (IAM.0012)",
        (Problem.RATE_LIMITED,),
    ),
    Row(500, 500, "Internal server error.", _CODES + "; the text guess"),
    Row(503, 503, "Service unavailable.", _CODES + "; the text guess"),
)
