"""The error table of `ocr-api`: those of the gateway, then those of the service.

Sources are abbreviated: "error page" is the page of error codes of the product (2025-12-08),
"metadata" the vendor's description of the API (2025-12-19), "sibling" another product behind the
same gateway. Codes are spelled as the vendor spells them.
"""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.aliyun.ocr_api.listed_errors import LISTED

_PAGE = "doc: error page"


def _entry(
    status: int, code: str, message: str, source: str, *kinds: ErrorKind, id: str = ""
) -> ErrorEntry:
    return ErrorEntry(status, code, message, source, kinds, id=id)


def _missing(name: str, *kinds: ErrorKind) -> ErrorEntry:
    source = "observed: siblings, for other parameters"
    message = f"{name} is mandatory for this action."
    return ErrorEntry(400, f"Missing{name}", message, source, kinds)


MISSING_ACTION = _missing("Action")
MISSING_VERSION = _missing("Version")
MISSING_ACCESS_KEY = _missing("AccessKeyId", ErrorKind.NO_CREDENTIALS)
MISSING_SIGNATURE = _missing("Signature")
MISSING_TIMESTAMP = _missing("Timestamp")
MISSING_NONCE = _missing("SignatureNonce")
MISSING_TYPE = _missing("Type")
NO_ACTION = _entry(
    404,
    "InvalidAction.NotFound",
    "Specified api is not found, please check your url and method.",
    "doc: error page of a sibling; the status is a guess",
    ErrorKind.NO_SUCH_OPERATION,
    ErrorKind.WRONG_METHOD,
)
BAD_VERSION = _entry(
    400, "InvalidVersion", "Specified parameter Version is not valid.", "doc: sibling"
)
MALFORMED = _entry(
    400,
    "illegalSignature",
    "The signature is incorrect.",
    f"{_PAGE}; that a malformed Authorization gets it is a guess",
    ErrorKind.BAD_CREDENTIALS,
)
BAD_SIGNATURE_VERSION = _entry(400, "InvalidSignatureVerssion", "Invalid signature version.", _PAGE)
BAD_TIMESTAMP = _entry(
    400,
    "InvalidTimeStamp.Format",
    "Specified time stamp or date value is not well formatted.",
    "guess: a common code of the gateway",
)
KEY_DISABLED = _entry(
    400,
    "InvalidAccessKeyId.Inactive",
    "Specified access key is disabled.",
    "doc: page of STS; the status is a guess",
)
BAD_SIGNATURE = ErrorEntry(
    400,
    "SignatureDoesNotMatch",
    "Specified signature is not matched with our calculation. server string to sign is:{string}",
    "observed: sibling (2025), for RPC; that ACS3 echoes its string to sign is a guess",
    (ErrorKind.BAD_SIGNATURE,),
    sample={"string": ""},
)
BAD_TOKEN = _entry(400, "invalidStsToken", "The STS token is invalid.", _PAGE)
NO_PERMISSION = _entry(
    401,
    "noPermission",
    "You are not authorized to perform this operation.",
    _PAGE,
    ErrorKind.FORBIDDEN,
)
NOT_OPEN = _entry(
    401,
    "ocrServiceNotOpen",
    "You have not activated the OCR service.",
    "doc: error page, and observed",
)
URL_TOO_LONG = _entry(
    400,
    "exceededImageUrlLength",
    "The image URL length exceeds 2048 characters.",
    _PAGE,
)
BAD_URL = _entry(
    400, "unsupportedEncodeImageUrl", "The image URL encoding cannot be parsed.", _PAGE
)
UNSAFE_URL = _entry(400, "notSafeImageUrl", "The image URL is not safe.", _PAGE)
SLOW_URL = _entry(400, "imageTimeOut", "Get image data time out.", _PAGE)
NO_CONTENT = _entry(
    400,
    "illegalImageContent",
    "The corresponding image content is missing.",
    f"{_PAGE}; that an empty download gets it is a guess",
    ErrorKind.NOTHING_FOUND,
)
WRONG_IMAGE = _entry(
    400,
    "unmatchedImageType",
    "The image type does not match the API operation.",
    _PAGE,
)
BAD_LANGUAGE = _entry(400, "unsupportedLanguage", "The language is not supported.", _PAGE)
BAD_TYPE = _entry(
    400,
    "InvalidType",
    "Specified parameter Type is not valid.",
    "doc: FAQ of the product; the code is a guess",
)
BAD_PARAMETER = ErrorEntry(
    400,
    "invalidInputParameter",
    "Specified parameter {name} is not valid.",
    "doc: metadata, for RecognizeAllText; that others get it, and the text, are a guess",
    (ErrorKind.BAD_PARAMETER,),
    sample={"name": "Url"},
)
BAD_PDF = _entry(400, "convertPDFToImgError", "Failed to convert PDF file to image.", _PAGE)
LARGE_PDF = _entry(
    413, "exceededPDFContent", "Size of PDF content has exceeded the 10M limit.", _PAGE
)

ENTRIES: tuple[ErrorEntry, ...] = (
    MISSING_ACTION,
    MISSING_VERSION,
    MISSING_ACCESS_KEY,
    MISSING_SIGNATURE,
    MISSING_TIMESTAMP,
    MISSING_NONCE,
    MISSING_TYPE,
    NO_ACTION,
    BAD_VERSION,
    MALFORMED,
    BAD_SIGNATURE_VERSION,
    BAD_TIMESTAMP,
    _entry(
        404,
        "InvalidAccessKeyId.NotFound",
        "Specified access key is not found.",
        "observed: sibling; doc: the FAQ names the phrase",
        ErrorKind.UNKNOWN_ACCOUNT,
    ),
    KEY_DISABLED,
    BAD_SIGNATURE,
    _entry(
        400,
        "InvalidTimeStamp.Expired",
        "Specified time stamp or date value is expired.",
        "doc: error page of a sibling, and observed there",
        ErrorKind.EXPIRED,
    ),
    _entry(
        400,
        "SignatureNonceUsed",
        "Specified signature nonce was used already.",
        "doc: error page of a sibling; the own page has another text",
        ErrorKind.REPLAYED,
    ),
    BAD_TOKEN,
    _entry(
        400,
        "Throttling.User",
        "Request denied because the throttling threshold is reached.",
        f"{_PAGE}; that a quota which is used up gets it is a guess",
        ErrorKind.RATE_LIMITED,
        ErrorKind.QUOTA_EXCEEDED,
    ),
    NO_PERMISSION,
    NOT_OPEN,
    _entry(
        401,
        "OcrServiceExpired",
        "The OCR service has expired.",
        f"{_PAGE}; that arrears get it is a guess",
        ErrorKind.PACKAGE_EXPIRED,
        ErrorKind.ARREARS,
    ),
    _entry(
        400,
        "imageUrlOrBodyEmpty",
        "The image URL or body is empty.",
        "doc: error page, and observed",
        ErrorKind.NO_IMAGE,
    ),
    URL_TOO_LONG,
    BAD_URL,
    UNSAFE_URL,
    _entry(
        400,
        "IllegalImageUrl",
        "The image URL is unavailable or has timed out.",
        _PAGE,
        ErrorKind.DOWNLOAD_FAILED,
    ),
    SLOW_URL,
    _entry(
        413,
        "exceededImageContent",
        "The image content size exceeds the 10 MB limit.",
        _PAGE,
        ErrorKind.IMAGE_TOO_LARGE,
        ErrorKind.BODY_TOO_LARGE,
    ),
    _entry(
        415,
        "unsupportedImageFormat",
        "The image format or content is not supported.",
        "doc: error page; observed for base64 text",
        ErrorKind.IMAGE_FORMAT,
        ErrorKind.BAD_IMAGE,
        ErrorKind.BAD_BODY,
    ),
    _entry(
        416,
        "illegalImageSize",
        "The image size must not be less than 5px or greater than 8192px.",
        _PAGE,
        ErrorKind.IMAGE_SIZE,
    ),
    NO_CONTENT,
    WRONG_IMAGE,
    BAD_TYPE,
    BAD_LANGUAGE,
    BAD_PARAMETER,
    BAD_PDF,
    LARGE_PDF,
    _entry(503, "algorithmError", "An algorithm error occurred.", _PAGE, ErrorKind.ENGINE_FAILED),
    _entry(
        503,
        "ServiceUnavailable",
        "Server error.",
        _PAGE,
        ErrorKind.UNAVAILABLE,
        ErrorKind.BUSY,
        ErrorKind.INTERNAL,
    ),
    *LISTED,
)


def _select(error: ApiError, operation: str) -> ErrorEntry | None:
    """A damaged PDF has its own entry; a missing page or a missing reader of PDFs has none."""
    damaged = error.reason is ErrorKind.BAD_IMAGE and error.cause is ErrorCause.PDF
    return BAD_PDF if damaged else None


ERRORS = ErrorTable(
    entries=ENTRIES,
    defaults={
        ErrorCause.URL: BAD_URL,
        ErrorCause.FORBIDDEN_ADDRESS: UNSAFE_URL,
        ErrorCause.TIMEOUT: SLOW_URL,
        ErrorCause.EMPTY: NO_CONTENT,
    },
    select=_select,
)
