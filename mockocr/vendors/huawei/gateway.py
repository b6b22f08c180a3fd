"""The rows of the API gateway that stands before OCR (APIG) and before the identity service
(APIGW): routing, sizes, credentials, rates.
"""

from __future__ import annotations

from dataclasses import replace

from mockocr.core.errors import ErrorEntry, ErrorKind

_TABLE = "doc: API Gateway error codes (apig-ug-180530090)"
_IAM_ERRORS = "doc: API Gateway, common errors related to IAM authentication (apig-faq-0003)"
_IAM = "Incorrect IAM authentication information: "

NO_TOKEN = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "x-auth-token not found",
    "doc: OCR FAQ on APIG.0301 (ocr_01_0063)",
    (ErrorKind.NO_CREDENTIALS,),
)
UNREADABLE_TOKEN = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "decrypt token fail",
    "doc: OCR FAQ on APIG.0301 (ocr_01_0063)",
    (ErrorKind.BAD_CREDENTIALS,),
)
FOREIGN_TOKEN = replace(UNREADABLE_TOKEN, problems=(ErrorKind.UNKNOWN_ACCOUNT,))
TOKEN_EXPIRED = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "token expires, expires_at: {expires_at}",
    "doc: OCR FAQ on APIG.0301 (ocr_01_0063); form of the time guess",
    (ErrorKind.EXPIRED,),
    {"expires_at": "2026-01-03T03:04:05.000000Z"},
)
TOKEN_STALE = ErrorEntry(
    401,
    "APIG.0307",
    "The token must be updated.",
    "doc: OCR FAQ on APIG.0307 (ocr_01_0089)",
    (ErrorKind.BAD_SIGNATURE,),
)
WRONG_SIGNATURE = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "verify aksk signature fail",
    _IAM_ERRORS,
    (ErrorKind.BAD_SIGNATURE, ErrorKind.REPLAYED),
)
UNKNOWN_AK = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "Get secretKey failed,ak:{ak},err:ak not exist",
    _IAM_ERRORS,
    (ErrorKind.UNKNOWN_ACCOUNT,),
    {"ak": "******"},
)
SIGNATURE_EXPIRED = ErrorEntry(
    401,
    "APIG.0301",
    _IAM + "calc ak sk signature fail:signature expired",
    "doc: FAQ of speech interaction behind the same gateway (sis_04_0087)",
    (ErrorKind.EXPIRED,),
)
UNREADABLE_SIGNATURE = replace(
    WRONG_SIGNATURE,
    source="guess: no text is known for an Authorization that cannot be parsed",
    problems=(ErrorKind.BAD_CREDENTIALS,),
)
NO_PATH = ErrorEntry(
    404,
    "APIG.0101",
    "The API does not exist or has not been published in the environment.",
    "doc: OCR FAQ on APIG.0101 (ocr_01_0121)",
    (ErrorKind.NO_SUCH_OPERATION,),
)

ROWS: tuple[ErrorEntry, ...] = (
    NO_PATH,
    ErrorEntry(404, "APIG.0101", "The API does not exist.", _TABLE, (ErrorKind.WRONG_METHOD,)),
    ErrorEntry(400, "APIG.0106", "Orchestration error.", "doc: OCR FAQ on APIG.0106 (ocr_01_0137)"),
    ErrorEntry(400, "APIG.0201", "API request error.", _TABLE),
    ErrorEntry(413, "APIG.0201", "Request entity too large.", _TABLE, (ErrorKind.BODY_TOO_LARGE,)),
    ErrorEntry(414, "APIG.0201", "Request URI too large.", _TABLE),
    ErrorEntry(494, "APIG.0201", "Request headers too large.", _TABLE),
    ErrorEntry(502, "APIG.0201", "Backend unavailable.", _TABLE, (ErrorKind.UNAVAILABLE,)),
    ErrorEntry(504, "APIG.0201", "Backend timeout.", _TABLE),
    ErrorEntry(504, "APIG.0203", "Backend timeout", _TABLE),
    NO_TOKEN,
    UNREADABLE_TOKEN,
    TOKEN_EXPIRED,
    WRONG_SIGNATURE,
    UNKNOWN_AK,
    SIGNATURE_EXPIRED,
    ErrorEntry(
        401,
        "APIG.0301",
        _IAM + "ak {ak} not exist",
        "observed: ddns-go issue 844 (there as APIGW.0301)",
        sample={"ak": "******"},
    ),
    ErrorEntry(
        401,
        "APIG.0301",
        _IAM + "verify ak sk signature fail",
        "observed: clients' logs of 2026",
    ),
    ErrorEntry(
        401, "APIG.0301", _IAM + "AK access failed to reach the limit,forbidden.", _IAM_ERRORS
    ),
    ErrorEntry(
        403,
        "APIG.0302",
        "The IAM user is not authorized to access the API.",
        _TABLE,
        (ErrorKind.FORBIDDEN,),
    ),
    TOKEN_STALE,
    ErrorEntry(
        429,
        "APIG.0308",
        "The throttling threshold has been reached: "
        "policy user over ratelimit,limit:{limit},time:1 minute",
        "doc: OCR FAQ on APIG.0308 (ocr_01_0041); the number guess, the page prints XX",
        (ErrorKind.RATE_LIMITED, ErrorKind.QUOTA_EXCEEDED, ErrorKind.BUSY),
        {"limit": "100"},
    ),
    ErrorEntry(
        429,
        "APIG.0308",
        "The throttling threshold has been reached: "
        "policy ip over ratelimit,limit:{limit},time:1 minute",
        "observed: a client's log",
        sample={"limit": "5"},
    ),
    ErrorEntry(403, "APIG.0310", "The project is unavailable.", _TABLE),
    ErrorEntry(500, "APIG.0601", "Internal server error.", _TABLE, (ErrorKind.INTERNAL,)),
    ErrorEntry(400, "APIG.0602", "Bad request.", _TABLE),
    ErrorEntry(503, "APIG.0613", "The IAM service is currently unavailable.", _TABLE),
)


def before_iam(row: ErrorEntry) -> ErrorEntry:
    """The gateway row as it reads on the identity service's paths: same text, APIGW code."""
    return replace(row, code=str(row.code).replace("APIG.", "APIGW."), problems=())


ROWS_BEFORE_IAM = tuple(before_iam(row) for row in ROWS)
