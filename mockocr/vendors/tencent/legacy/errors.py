"""The error table of the legacy API, each entry with its source.

Positive codes come from the gateway with an HTTP status of 4xx or 5xx, negative ones from the
engine with 200. These pages of the vendor are abbreviated:

- general page: 通用印刷体识别 (866/17600), whose table holds 26 codes without their English texts;
- licence page: 营业执照识别, which prints names for the negative codes and the HTTP statuses;
- code page: 智能图像服务, 错误码说明;
- card pages: 身份证识别, 名片识别 and 名片识别（V1）, 银行卡识别; handwriting page: 手写体识别.

"observed ask/N" is a real response pasted at cloud.tencent.com/developer/ask/N.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.tencent.legacy.card_errors import (
    BUSINESS_CARD_FAILED,
    CARD_ENTRIES,
    CARD_FAILED,
    NO_ID_CARD,
    RECOGNITION_FAILED,
    TOO_LITTLE_TEXT,
)
from mockocr.vendors.tencent.legacy.document_errors import (
    BAD_FORMAT,
    DOCUMENT_ENTRIES,
    NO_BUSINESS_LICENCE,
    NO_INVOICE,
    NO_LICENCE,
    NO_PLATE,
)

INVALID_REQUEST = ErrorEntry(400, 3, "invalid request", "observed ask/125528, with its whole head")
UNPARSED = ErrorEntry(
    400,
    3,
    "invalid request: parsing error - check content-type and body",
    "observed ask/202154; the HTTP status is a guess",
    (ErrorKind.BAD_BODY,),
    id="unparsed_body",
)
NO_APPID = ErrorEntry(
    400,
    3,
    "donot find appid",
    "observed ask/26877; the HTTP status is a guess",
    id="missing_appid",
)
ILLEGAL_APPID = ErrorEntry(
    400,
    3,
    "appid is illegal",
    "observed ask/194541; the HTTP status is a guess",
    id="illegal_appid",
)
ARREARS = ErrorEntry(
    400,
    3,
    "account abnormal,errorno is:2",
    "doc: general page; the HTTP status is a guess",
    (ErrorKind.ARREARS,),
    id="abnormal_account",
)
OTHER_TARGET = ErrorEntry(
    401, 6, "appid or bucket not match", "guess: status and text; doc: general page has the code"
)
SIGN_EXPIRED = ErrorEntry(401, 9, "sign expired", "observed ask/24088", (ErrorKind.EXPIRED,))
UNKNOWN_APPID = ErrorEntry(
    401,
    10,
    "appid not exist",
    "guess: status and text, after code 11; doc: general page has the code",
    (ErrorKind.UNKNOWN_ACCOUNT,),
)
UNKNOWN_SECRET_ID = ErrorEntry(
    401,
    11,
    "secretid not exist",
    "observed cloud.tencent.com/developer/user/2593872, with its status",
    (ErrorKind.UNKNOWN_ACCOUNT,),
)
OTHER_APPID = ErrorEntry(
    401, 12, "appid not match", "observed ask/223711", (ErrorKind.UNKNOWN_ACCOUNT,)
)
NO_BUCKET = ErrorEntry(
    404, 16, "bucket not exist", "guess: status and text; doc: general page has the code"
)
NOTHING_SENT = ErrorEntry(
    200,
    -1301,
    "ERROR_PARAMETER_EMPTY",
    "doc: licence page; the HTTP status is a guess",
    (ErrorKind.NO_IMAGE,),
)
TOO_LONG = ErrorEntry(
    200,
    -1304,
    "ERROR_PARAMETER_TOO_LONG",
    "doc: licence page; the HTTP status is a guess",
    (ErrorKind.BAD_PARAMETER,),
)
BAD_URL = ErrorEntry(
    200,
    -1505,
    "ERROR_IVADLID_URL_FROMAT",
    "sdk: YouTu's list of codes, its spelling; the HTTP status is a guess",
    (ErrorKind.DOWNLOAD_FAILED,),
)

ENTRIES: tuple[ErrorEntry, ...] = (
    INVALID_REQUEST,
    UNPARSED,
    NO_APPID,
    ILLEGAL_APPID,
    ARREARS,
    ErrorEntry(
        401,
        4,
        "sign is empty",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.NO_CREDENTIALS,),
    ),
    ErrorEntry(
        401,
        5,
        "sign format error",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.BAD_CREDENTIALS,),
    ),
    OTHER_TARGET,
    SIGN_EXPIRED,
    UNKNOWN_SECRET_ID,
    UNKNOWN_APPID,
    OTHER_APPID,
    ErrorEntry(
        401,
        13,
        "sign replay",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.REPLAYED,),
    ),
    ErrorEntry(
        401, 14, "sign no pass", "observed ask/204807 and ask/200279", (ErrorKind.BAD_SIGNATURE,)
    ),
    ErrorEntry(
        429,
        15,
        "request too frequent",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.RATE_LIMITED, ErrorKind.BUSY),
    ),
    NO_BUCKET,
    ErrorEntry(
        400,
        21,
        "invalid param",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.BAD_PARAMETER,),
    ),
    ErrorEntry(
        413,
        23,
        "request too large",
        "guess: text; doc: general page has the code, licence page HTTP_REQUEST_LARGE 413",
        (ErrorKind.BODY_TOO_LARGE,),
    ),
    ErrorEntry(
        403,
        24,
        "no permission",
        "guess: text; doc: general page has the code, licence page HTTP_FORBIDDEN 403",
        (ErrorKind.FORBIDDEN,),
    ),
    ErrorEntry(
        403,
        25,
        "resource has been used up",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.QUOTA_EXCEEDED, ErrorKind.PACKAGE_EXPIRED),
    ),
    ErrorEntry(
        500,
        107,
        "auth service internal error",
        "guess: status and text; doc: general page has the code",
    ),
    ErrorEntry(
        503,
        108,
        "auth service unavailable",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.UNAVAILABLE,),
    ),
    ErrorEntry(
        500,
        213,
        "internal error",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.INTERNAL,),
    ),
    ErrorEntry(
        200,
        -1102,
        "SDK_IMAGE_DECODE_FAILED",
        "doc: licence page; the HTTP status, and that a GIF gets it, are guesses",
        (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT, ErrorKind.IMAGE_SIZE),
    ),
    ErrorEntry(
        200,
        -1300,
        "ERROR_IMAGE_EMPTY",
        "doc: licence page; the HTTP status is a guess",
        (ErrorKind.NO_IMAGE,),
    ),
    NOTHING_SENT,
    TOO_LONG,
    ErrorEntry(
        200,
        -1308,
        "ERROR_DOWNLOAD_IMAGE_FAILED",
        "observed inside the result_list of a sibling endpoint, which came with 200",
        (ErrorKind.DOWNLOAD_FAILED,),
    ),
    ErrorEntry(
        200,
        -1408,
        "ERROR_DOWNLOAD_IMAGE_SIZE_EXCEED",
        "sdk: YouTu's list of codes; a question on the Java SDK names the code; status is a guess",
        # The body's own limit comes first for a picture inside it, so only a download gets here.
        (ErrorKind.IMAGE_TOO_LARGE,),
    ),
    BAD_URL,
    ErrorEntry(
        200,
        -9003,
        "GLOCR_RECONG_FAILED",
        "sdk: YouTu's list of codes, its spelling; doc: general page has the code",
        (ErrorKind.ENGINE_FAILED,),
    ),
    ErrorEntry(
        200,
        -9021,
        "ERROR_NO_TEXT",
        "guess: status and text; doc: general page has the code",
        (ErrorKind.NOTHING_FOUND,),
    ),
    *CARD_ENTRIES,
    *DOCUMENT_ENTRIES,
    ErrorEntry(
        404,
        404,
        "HTTP_NOTFOUND",
        "guess: the body; doc: licence page has the status and its name",
        (ErrorKind.NO_SUCH_OPERATION,),
    ),
    ErrorEntry(
        424,
        424,
        "HTTP_METHOD_NOTFOUND",
        "guess: the body; doc: licence page has the status and its name",
        (ErrorKind.WRONG_METHOD,),
    ),
)


def _failed(entry: ErrorEntry) -> Mapping[ErrorKind | ErrorCause, ErrorEntry]:
    """One entry for an engine that fails and for a picture without what is looked for."""
    return {ErrorKind.ENGINE_FAILED: entry, ErrorKind.NOTHING_FOUND: entry}


_UNREADABLE = _failed(RECOGNITION_FAILED)
"""guess for handwriting: its page has no other."""

ERRORS = ErrorTable(
    entries=ENTRIES,
    overrides={
        "handwriting": _UNREADABLE,
        "bankcard": _UNREADABLE,
        "drivinglicence": _failed(NO_LICENCE),
        "bizlicense": _failed(NO_BUSINESS_LICENCE),
        "plate": _failed(NO_PLATE),
        "invoice": {ErrorKind.NOTHING_FOUND: NO_INVOICE, ErrorKind.IMAGE_FORMAT: BAD_FORMAT},
        "idcard": {
            ErrorCause.URL: BAD_URL,
            ErrorKind.ENGINE_FAILED: CARD_FAILED,
            ErrorKind.NOTHING_FOUND: NO_ID_CARD,
        },
        "namecard": {ErrorCause.URL: BAD_URL, ErrorKind.ENGINE_FAILED: CARD_FAILED},
        "businesscard": {
            ErrorCause.URL: BAD_URL,
            ErrorKind.ENGINE_FAILED: BUSINESS_CARD_FAILED,
            ErrorKind.NOTHING_FOUND: TOO_LITTLE_TEXT,
        },
    },
    defaults={ErrorKind.UNKNOWN_ACCOUNT: UNKNOWN_SECRET_ID},
)
