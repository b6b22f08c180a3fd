"""Every code of Tupu's error tables with its HTTP status, text and source.

The tables give the codes in Chinese and no status. On the wire only two texts were ever seen,
`success` and `Download fail`; the other texts here are English for the table's meaning. A
refusal comes with HTTP 200 (SDKs read `code` only then), save for those that are the hosting
platform's own: key, quota, rate, path. On the original platform the first three have 200 as well.
"""

from __future__ import annotations

from mockocr.core.problem import Problem, Row

_NEWEST = "doc: error table of tupu.apistd.com's text moderation page"
_RESELLERS = "doc: error tables of QingStor and Qiniu for Tupu"
_JAVA = "sdk: tupu-java-sdk, ErrorUtil"
_STATUS = "; status guess"
_TEXT = "; text guess"

NOT_SUBSCRIBED = Row(
    403, 7, "secretId has no permission for the task", _RESELLERS + _STATUS + _TEXT
)
DOWNLOAD_FAIL = Row(
    200,
    14,
    "Download fail",
    "doc: error example of Unicloud's service with the same codes",
    (Problem.DOWNLOAD_FAILED,),
)
FILE_TOO_LARGE = Row(
    200,
    14,
    "File too large",
    _JAVA + _TEXT,
    (Problem.IMAGE_TOO_LARGE, Problem.BODY_TOO_LARGE),
)
IMAGE_ERROR = Row(
    200,
    14,
    "Image error",
    _JAVA + _TEXT,
    (Problem.BAD_IMAGE, Problem.IMAGE_FORMAT, Problem.IMAGE_SIZE),
)
SECRET_ID = Row(200, 6, "secretId error", _RESELLERS + _TEXT)
NO_CERTIFICATE = Row(200, 9, "no certificate uploaded", _RESELLERS + _TEXT)
TIME = Row(200, 12, "time parameter error", _NEWEST + _TEXT, (Problem.EXPIRED,))
ASYNC = Row(
    200,
    15,
    "parameter illegal: resType async is not offered here",
    "guess: the platform answers such a call later, to a callback",
)
TOO_FEW_FILES = Row(200, 18, "too few normal files", _NEWEST + _TEXT)
TOO_MANY_FILES = Row(200, 19, "too many files", _NEWEST + _TEXT)

CATALOGUE: tuple[Row, ...] = (
    Row(
        401,
        1,
        "authorization failed",
        _NEWEST + _STATUS + _TEXT,
        (
            Problem.NO_CREDENTIALS,
            Problem.BAD_CREDENTIALS,
            Problem.UNKNOWN_ACCOUNT,
            Problem.BAD_SIGNATURE,
            Problem.REPLAYED,
        ),
    ),
    Row(403, 1, "quota exceeded", "guess", (Problem.QUOTA_EXCEEDED,)),
    Row(403, 1, "package expired", "guess", (Problem.PACKAGE_EXPIRED,)),
    Row(403, 1, "account in arrears", "guess", (Problem.ARREARS,)),
    Row(200, 2, "model information error", _NEWEST + _TEXT),
    Row(200, 3, "no file", _RESELLERS + _TEXT, (Problem.NO_IMAGE,)),
    Row(200, 4, "API version error", _RESELLERS + _TEXT),
    Row(200, 5, "API version deprecated", _RESELLERS + _TEXT),
    SECRET_ID,
    NOT_SUBSCRIBED,
    Row(403, 8, "secretId state abnormal", _RESELLERS + _STATUS + _TEXT, (Problem.FORBIDDEN,)),
    NO_CERTIFICATE,
    # 10 and 11 changed their meaning between the tables: the newest one first, then the SDK's
    Row(200, 10, "no callback parameter", _NEWEST + _TEXT),
    Row(200, 11, "interface could not be reached", _NEWEST + _TEXT),
    Row(200, 10, "pipeId error", _JAVA + _TEXT),
    Row(200, 11, "callback parameter missing", _JAVA + _TEXT),
    TIME,
    Row(200, 13, "no task configured", _NEWEST + _TEXT),
    DOWNLOAD_FAIL,
    FILE_TOO_LARGE,
    IMAGE_ERROR,
    Row(200, 15, "parameter illegal", _NEWEST + _TEXT, (Problem.BAD_PARAMETER, Problem.BAD_BODY)),
    Row(200, 16, "no data found", _NEWEST + _TEXT, (Problem.NOTHING_FOUND,)),
    Row(
        429,
        17,
        "concurrency over the limit",
        _NEWEST + _STATUS + _TEXT,
        (Problem.RATE_LIMITED, Problem.BUSY),
    ),
    ASYNC,
    TOO_FEW_FILES,
    TOO_MANY_FILES,
    Row(200, 20, "face compare or liveness error", _NEWEST + _TEXT),
    Row(200, 100, "service error", _NEWEST + _TEXT, (Problem.ENGINE_FAILED,)),
    Row(503, 100, "service unavailable", "guess", (Problem.UNAVAILABLE,)),
    Row(200, 101, "unknown error", _NEWEST + _TEXT, (Problem.INTERNAL,)),
    # the SDKs call an HTTP failure by its status, so the two that are no business codes do too
    Row(404, 404, "not found", "guess", (Problem.NO_SUCH_OPERATION,)),
    Row(405, 405, "method not allowed", "guess", (Problem.WRONG_METHOD,)),
)
