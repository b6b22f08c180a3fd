"""Every code of Tupu's error tables with its HTTP status, text and source.

The tables give the codes in Chinese and no status. On the wire only two texts were ever seen,
`success` and `Download fail`; the other texts here are English for the table's meaning. A
refusal comes with HTTP 200 (SDKs read `code` only then), save for those that are the hosting
platform's own: key, quota, rate, path. On the original platform the first three have 200 as well.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

_NEWEST = "doc: error table of tupu.apistd.com's text moderation page"
_RESELLERS = "doc: error tables of QingStor and Qiniu for Tupu"
_JAVA = "sdk: tupu-java-sdk, ErrorUtil"
_STATUS = "; status guess"
_TEXT = "; text guess"

NOT_SUBSCRIBED = ErrorEntry(
    403, 7, "secretId has no permission for the task", _RESELLERS + _STATUS + _TEXT
)
DOWNLOAD_FAIL = ErrorEntry(
    200,
    14,
    "Download fail",
    "doc: error example of Unicloud's service with the same codes",
    (ErrorKind.DOWNLOAD_FAILED,),
)
FILE_TOO_LARGE = ErrorEntry(
    200,
    14,
    "File too large",
    _JAVA + _TEXT,
    (ErrorKind.IMAGE_TOO_LARGE, ErrorKind.BODY_TOO_LARGE),
)
IMAGE_ERROR = ErrorEntry(
    200,
    14,
    "Image error",
    _JAVA + _TEXT,
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT, ErrorKind.IMAGE_SIZE),
)
SECRET_ID = ErrorEntry(200, 6, "secretId error", _RESELLERS + _TEXT)
NO_CERTIFICATE = ErrorEntry(200, 9, "no certificate uploaded", _RESELLERS + _TEXT)
TIME = ErrorEntry(200, 12, "time parameter error", _NEWEST + _TEXT, (ErrorKind.EXPIRED,))
ASYNC = ErrorEntry(
    200,
    15,
    "parameter illegal: resType async is not offered here",
    "guess: the platform answers such a call later, to a callback",
)
TOO_FEW_FILES = ErrorEntry(200, 18, "too few normal files", _NEWEST + _TEXT)
TOO_MANY_FILES = ErrorEntry(200, 19, "too many files", _NEWEST + _TEXT)

CATALOGUE: tuple[ErrorEntry, ...] = (
    ErrorEntry(
        401,
        1,
        "authorization failed",
        _NEWEST + _STATUS + _TEXT,
        (
            ErrorKind.NO_CREDENTIALS,
            ErrorKind.BAD_CREDENTIALS,
            ErrorKind.UNKNOWN_ACCOUNT,
            ErrorKind.BAD_SIGNATURE,
            ErrorKind.REPLAYED,
        ),
    ),
    ErrorEntry(403, 1, "quota exceeded", "guess", (ErrorKind.QUOTA_EXCEEDED,)),
    ErrorEntry(403, 1, "package expired", "guess", (ErrorKind.PACKAGE_EXPIRED,)),
    ErrorEntry(403, 1, "account in arrears", "guess", (ErrorKind.ARREARS,)),
    ErrorEntry(200, 2, "model information error", _NEWEST + _TEXT),
    ErrorEntry(200, 3, "no file", _RESELLERS + _TEXT, (ErrorKind.NO_IMAGE,)),
    ErrorEntry(200, 4, "API version error", _RESELLERS + _TEXT),
    ErrorEntry(200, 5, "API version deprecated", _RESELLERS + _TEXT),
    SECRET_ID,
    NOT_SUBSCRIBED,
    ErrorEntry(
        403, 8, "secretId state abnormal", _RESELLERS + _STATUS + _TEXT, (ErrorKind.FORBIDDEN,)
    ),
    NO_CERTIFICATE,
    # 10 and 11 changed their meaning between the tables: the newest one first, then the SDK's
    ErrorEntry(200, 10, "no callback parameter", _NEWEST + _TEXT),
    ErrorEntry(200, 11, "interface could not be reached", _NEWEST + _TEXT),
    ErrorEntry(200, 10, "pipeId error", _JAVA + _TEXT),
    ErrorEntry(200, 11, "callback parameter missing", _JAVA + _TEXT),
    TIME,
    ErrorEntry(200, 13, "no task configured", _NEWEST + _TEXT),
    DOWNLOAD_FAIL,
    FILE_TOO_LARGE,
    IMAGE_ERROR,
    ErrorEntry(
        200, 15, "parameter illegal", _NEWEST + _TEXT, (ErrorKind.BAD_PARAMETER, ErrorKind.BAD_BODY)
    ),
    ErrorEntry(200, 16, "no data found", _NEWEST + _TEXT, (ErrorKind.NOTHING_FOUND,)),
    ErrorEntry(
        429,
        17,
        "concurrency over the limit",
        _NEWEST + _STATUS + _TEXT,
        (ErrorKind.RATE_LIMITED, ErrorKind.BUSY),
    ),
    ASYNC,
    TOO_FEW_FILES,
    TOO_MANY_FILES,
    ErrorEntry(200, 20, "face compare or liveness error", _NEWEST + _TEXT),
    ErrorEntry(200, 100, "service error", _NEWEST + _TEXT, (ErrorKind.ENGINE_FAILED,)),
    ErrorEntry(503, 100, "service unavailable", "guess", (ErrorKind.UNAVAILABLE,)),
    ErrorEntry(200, 101, "unknown error", _NEWEST + _TEXT, (ErrorKind.INTERNAL,)),
    # the SDKs call an HTTP failure by its status, so the two that are no business codes do too
    ErrorEntry(404, 404, "not found", "guess", (ErrorKind.NO_SUCH_OPERATION,)),
    ErrorEntry(405, 405, "method not allowed", "guess", (ErrorKind.WRONG_METHOD,)),
)
