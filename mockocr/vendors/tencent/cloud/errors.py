"""The error table of API 3.0, each entry with its source; all come with HTTP status 200.

Sources are abbreviated: "error page" is 错误码 of OCR (866/33528, English 1005/34684), "error list"
is the list that the official SDKs carry (Chinese 3.1.193, international edition in English).
"observed" means that a real response was logged. The messages are English; `messages` has the
Chinese ones.
"""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.tencent.cloud.card_errors import (
    CARD_ENTRIES,
    NO_BANK_CARD,
    NO_BUSINESS_CARD,
    NO_BUSINESS_LICENCE,
    NO_DRIVING_LICENCE,
    NO_ID_CARD,
    NO_VEHICLE_LICENCE,
)
from mockocr.vendors.tencent.cloud.listed_errors import LISTED


def _entry(code: str, message: str, source: str, *kinds: ErrorKind, id: str = "") -> ErrorEntry:
    return ErrorEntry(200, code, message, source, kinds, id=id)


def _with_name(code: str, message: str, source: str) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, sample={"name": "Version"})


MISSING = _with_name(
    "MissingParameter",
    "The request is missing a required parameter `{name}`.",
    "observed: LunaTranslator issue 264 and a response to a bare GET (2021)",
)
UNKNOWN = _with_name(
    "UnknownParameter",
    "The parameter `{name}` is not recognized.",
    "observed: NewFuture/DDNS issue 575",
)
WRONG_TYPE = _with_name(
    "InvalidParameter", "Parameter `{name}` type error.", "observed for `Nonce`"
)
UNSPLIT = _entry(
    "InvalidParameter",
    "Url key and value should be splited by `=`.",
    "observed: LunaTranslator issue 264",
    id="parameter_without_equals_sign",
)
BAD_BODY = _entry(
    "InvalidParameter",
    "Incorrect parameter.",
    "doc: error page; that a body which is not JSON gets it is a guess",
    ErrorKind.BAD_BODY,
    id="incorrect_parameter",
)
BAD_VALUE = _entry(
    "InvalidParameterValue.InvalidParameterValueLimit",
    "Incorrect parameter value.",
    "sdk: error list; that a side out of bounds or a missing page gets it is a guess",
    ErrorKind.BAD_PARAMETER,
    ErrorKind.IMAGE_SIZE,
)
NO_VERSION = _entry("NoSuchVersion", "The API version does not exist.", "doc: error page")
NO_REGION = _entry(
    "UnsupportedRegion", "API does not support the requested region.", "doc: error page"
)
BAD_LANGUAGE = _entry(
    "FailedOperation.LanguageNotSupport",
    "The input language is not supported.",
    "sdk: error list",
)
BAD_MULTIPART = _entry(
    "InvalidRequest",
    "The multipart format of the request body is incorrect.",
    "doc: error page; that OCR answers a multipart body with it is a guess",
)
BAD_TOKEN = _entry("AuthFailure.TokenFailure", "Token error.", "doc: error page")
BAD_SIGNATURE = _entry(
    "AuthFailure.SignatureFailure",
    "The provided credentials could not be validated. Please check your signature is correct.",
    "doc: error page, and observed",
    ErrorKind.BAD_SIGNATURE,
)
TOO_LONG_FOR_V1 = _entry(
    "AuthFailure.SignatureFailure",
    "The provided credentials could not be validated because of exceeding request size limit, "
    "please use new signature method `TC3-HMAC-SHA256`.",
    "observed: tencentcloud-sdk-python issue 42",
    id="form_too_long_for_v1",
)
NOT_TC3 = _entry(
    "AuthFailure.InvalidAuthorization",
    "The request `Authorization` header does not conform to tencentcloud standards: "
    "SignatureMethod should be `TC3-HMAC-SHA256`.",
    "observed",
    ErrorKind.NO_CREDENTIALS,  # guess
)
BAD_AUTHORIZATION = _entry(
    "AuthFailure.InvalidAuthorization",
    "Authorization in the request header is invalid.",
    "doc: error page",
    ErrorKind.BAD_CREDENTIALS,
    id="malformed_authorization",
)
IMAGE_TOO_WIDE = _entry(
    "FailedOperation.ImageSizeTooLarge",
    "The image is too large. Please see the description of image size limit in the output "
    "parameters.",
    "sdk: error list; go SDK: of the accurate and handwriting actions alone",
)
OCR_FAILED = _entry(
    "FailedOperation.OcrFailed",
    "OCR failed. This error may be caused by unstable network connections,service anomalies "
    "or other issues.",
    "sdk: error list",
    ErrorKind.ENGINE_FAILED,
)
PDF_FAILED = _entry(
    "FailedOperation.PDFParseFailed",
    "PDF parsing failed.",
    "sdk: error list (the English text is a guess)",
)
EMPTY_IMAGE = _entry(
    "FailedOperation.EmptyImageError",
    "The image is empty.",
    "sdk: error list; that neither picture nor URL gets it is a guess",
    ErrorKind.NO_IMAGE,
)

ENTRIES: tuple[ErrorEntry, ...] = (
    NOT_TC3,
    BAD_AUTHORIZATION,
    _entry(
        "AuthFailure.SecretIdNotFound",
        "The SecretId is not found, please ensure that your SecretId is correct.",
        "observed",
        ErrorKind.UNKNOWN_ACCOUNT,
    ),
    BAD_SIGNATURE,
    TOO_LONG_FOR_V1,
    _entry(
        "AuthFailure.SignatureExpire",
        "The signature is expired, please request again.",
        "observed; that a replay gets it too is a guess",
        ErrorKind.EXPIRED,
        ErrorKind.REPLAYED,
    ),
    _entry(
        "AuthFailure.UnauthorizedOperation",
        "The request is not authorized. For more information, see the CAM documentation.",
        "doc: error page",
        ErrorKind.FORBIDDEN,
    ),
    BAD_TOKEN,
    _entry(
        "InvalidAction",
        "The request `Action` is invalid or not found.",
        "observed",
        ErrorKind.NO_SUCH_OPERATION,
    ),
    _entry(
        "UnsupportedProtocol",
        "HTTP(S) request protocol error; only GET and POST requests are supported.",
        "doc: error page",
        ErrorKind.WRONG_METHOD,
    ),
    MISSING,
    UNKNOWN,
    WRONG_TYPE,
    UNSPLIT,
    BAD_BODY,
    BAD_VALUE,
    BAD_MULTIPART,
    NO_VERSION,
    NO_REGION,
    _entry(
        "RequestSizeLimitExceeded",
        "The request packet exceeds the size limit.",
        "doc: error page",
        ErrorKind.BODY_TOO_LARGE,
    ),
    _entry(
        "RequestLimitExceeded",
        "The number of requests exceeds the frequency limit.",
        "doc: error page",
        ErrorKind.RATE_LIMITED,
        ErrorKind.BUSY,
    ),
    _entry(
        "ResourceUnavailable.ResourcePackageRunOut",
        "The account resource package is exhausted.",
        "sdk: error list",
        ErrorKind.QUOTA_EXCEEDED,
    ),
    _entry(
        "ResourcesSoldOut.ChargeStatusException",
        "Exceptional billing status.",
        "sdk: error list; that an expired package gets it is a guess",
        ErrorKind.PACKAGE_EXPIRED,
    ),
    _entry(
        "ResourceUnavailable.InArrears",
        "The account is in arrears.",
        "sdk: error list",
        ErrorKind.ARREARS,
    ),
    _entry(
        "FailedOperation.DownLoadError",
        "File download failed.",
        "sdk: error list",
        ErrorKind.DOWNLOAD_FAILED,
    ),
    EMPTY_IMAGE,
    _entry(
        "FailedOperation.ImageDecodeFailed",
        "Image decoding failed.",
        "sdk: error list, and observed; that a GIF or bad base64 gets it is a guess",
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
    ),
    PDF_FAILED,
    IMAGE_TOO_WIDE,
    _entry(
        "FailedOperation.ImageNoText",
        "No text is detected in the image.",
        "sdk: error list",
        ErrorKind.NOTHING_FOUND,
    ),
    BAD_LANGUAGE,
    OCR_FAILED,
    _entry(
        "LimitExceeded.TooLargeFileError",
        "The file is too large.",
        "sdk: error list",
        ErrorKind.IMAGE_TOO_LARGE,
    ),
    _entry(
        "ServiceUnavailable",
        "The service is currently unavailable.",
        "doc: error page (the English text is a guess)",
        ErrorKind.UNAVAILABLE,
    ),
    _entry("InternalError", "Internal error.", "doc: error page", ErrorKind.INTERNAL),
    *CARD_ENTRIES,
    *LISTED,
)


def _select(error: ApiError, operation: str) -> ErrorEntry | None:
    """A damaged PDF has its own entry; a missing page or a missing reader of PDFs has none."""
    damaged = error.reason is ErrorKind.BAD_IMAGE and error.cause is ErrorCause.PDF
    return PDF_FAILED if damaged else None


ERRORS = ErrorTable(
    entries=ENTRIES,
    overrides={
        "general_accurate": {ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE},
        "general_handwriting": {ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE},
        "id_card": {ErrorKind.NOTHING_FOUND: NO_ID_CARD, ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE},
        "bank_card": {ErrorKind.NOTHING_FOUND: NO_BANK_CARD},
        "biz_license": {ErrorKind.NOTHING_FOUND: NO_BUSINESS_LICENCE},
        "business_card": {ErrorKind.NOTHING_FOUND: NO_BUSINESS_CARD},
        "driver_license": {
            ErrorKind.NOTHING_FOUND: NO_DRIVING_LICENCE,
            ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE,
        },
        "vehicle_license": {
            ErrorKind.NOTHING_FOUND: NO_VEHICLE_LICENCE,
            ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE,
        },
        # go SDK: these actions have no other entry for a picture without what they read
        "license_plate": {ErrorKind.NOTHING_FOUND: OCR_FAILED},
        "vat_invoice": {ErrorKind.NOTHING_FOUND: OCR_FAILED},
        "recognize_table": {
            ErrorKind.NOTHING_FOUND: OCR_FAILED,
            ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE,
        },
        "recognize_table_accurate": {
            ErrorKind.NOTHING_FOUND: OCR_FAILED,
            ErrorKind.IMAGE_SIZE: IMAGE_TOO_WIDE,
        },
    },
    select=_select,
)
