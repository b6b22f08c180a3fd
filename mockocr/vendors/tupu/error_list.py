"""The errors that both services answer alike: Tupu's codes for pictures, parameters and failures.

Tupu's tables give the codes in Chinese and no HTTP status. Only two texts were seen in responses,
`success` and `Download fail`; the other texts here are English for the meaning in the tables. A
refusal comes with HTTP 200, because the SDKs read `code` only then.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

NEWEST = "doc: error table of tupu.apistd.com's text moderation page"
RESELLERS = "doc: error tables of QingStor and Qiniu for Tupu"
TEXT = "; text guess"
_JAVA = "sdk: tupu-java-sdk, ErrorUtil"

SECRET_ID = ErrorEntry(200, 6, "secretId error", RESELLERS + TEXT)
NO_CERTIFICATE = ErrorEntry(200, 9, "no certificate uploaded", RESELLERS + TEXT)
TIME = ErrorEntry(200, 12, "time parameter error", NEWEST + TEXT, (ErrorKind.EXPIRED,))
TOO_FEW_FILES = ErrorEntry(200, 18, "too few normal files", NEWEST + TEXT)
TOO_MANY_FILES = ErrorEntry(200, 19, "too many files", NEWEST + TEXT)

SHARED: tuple[ErrorEntry, ...] = (
    ErrorEntry(200, 2, "model information error", NEWEST + TEXT),
    ErrorEntry(200, 3, "no file", RESELLERS + TEXT, (ErrorKind.NO_IMAGE,)),
    ErrorEntry(200, 4, "API version error", RESELLERS + TEXT),
    ErrorEntry(200, 5, "API version deprecated", RESELLERS + TEXT),
    SECRET_ID,
    NO_CERTIFICATE,
    # 10 and 11 changed their meaning between the tables: the newest one first, then the SDK's
    ErrorEntry(200, 10, "no callback parameter", NEWEST + TEXT, id="no_callback_parameter"),
    ErrorEntry(200, 10, "pipeId error", _JAVA + TEXT, id="pipe_id"),
    ErrorEntry(200, 11, "interface could not be reached", NEWEST + TEXT, id="unreachable"),
    ErrorEntry(200, 11, "callback parameter missing", _JAVA + TEXT, id="callback_missing"),
    TIME,
    ErrorEntry(200, 13, "no task configured", NEWEST + TEXT),
    ErrorEntry(
        200,
        14,
        "Download fail",
        "doc: error example of Unicloud's service with the same codes",
        (ErrorKind.DOWNLOAD_FAILED,),
        id="download_fail",
    ),
    ErrorEntry(
        200,
        14,
        "File too large",
        _JAVA + TEXT,
        (ErrorKind.IMAGE_TOO_LARGE, ErrorKind.BODY_TOO_LARGE),
        id="file_too_large",
    ),
    ErrorEntry(
        200,
        14,
        "Image error",
        _JAVA + TEXT,
        (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT, ErrorKind.IMAGE_SIZE),
        id="image_error",
    ),
    ErrorEntry(
        200,
        15,
        "parameter illegal",
        NEWEST + TEXT,
        (ErrorKind.BAD_PARAMETER, ErrorKind.BAD_BODY),
        id="parameter_illegal",
    ),
    ErrorEntry(200, 16, "no data found", NEWEST + TEXT, (ErrorKind.NOTHING_FOUND,)),
    TOO_FEW_FILES,
    TOO_MANY_FILES,
    ErrorEntry(200, 20, "face compare or liveness error", NEWEST + TEXT),
    ErrorEntry(
        200,
        100,
        "service error",
        NEWEST + TEXT,
        (ErrorKind.ENGINE_FAILED,),
        id="service_error",
    ),
    ErrorEntry(
        503,
        100,
        "service unavailable",
        "guess",
        (ErrorKind.UNAVAILABLE,),
        id="service_unavailable",
    ),
    ErrorEntry(200, 101, "unknown error", NEWEST + TEXT, (ErrorKind.INTERNAL,)),
    # the SDKs use the HTTP status as the code of an HTTP failure, so these two have it too
    ErrorEntry(404, 404, "not found", "guess", (ErrorKind.NO_SUCH_OPERATION,)),
    ErrorEntry(405, 405, "method not allowed", "guess", (ErrorKind.WRONG_METHOD,)),
)
