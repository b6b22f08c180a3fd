"""The table of errors of API 3.0, every row with its source; all come with HTTP status 200.

Sources in short: "error page" is 错误码 of OCR (866/33528, English 1005/34684), "error list" is the
list that the official SDKs carry (Chinese 3.1.193, international edition in English). "observed"
names where a real answer was logged. The texts are English; `messages` has the
Chinese ones.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind


def _row(code: str, message: str, source: str, *problems: ErrorKind) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, problems)


def _named(code: str, message: str, source: str) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, (), {"name": "Version"})


MISSING = _named(
    "MissingParameter",
    "The request is missing a required parameter `{name}`.",
    "observed: LunaTranslator issue 264 and an answer to a bare GET (2021)",
)
UNKNOWN = _named(
    "UnknownParameter",
    "The parameter `{name}` is not recognized.",
    "observed: NewFuture/DDNS issue 575",
)
WRONG_TYPE = _named("InvalidParameter", "Parameter `{name}` type error.", "observed for `Nonce`")
UNSPLIT = _row(
    "InvalidParameter",
    "Url key and value should be splited by `=`.",
    "observed: LunaTranslator issue 264",
)
BAD_VALUE = _row(
    "InvalidParameterValue.InvalidParameterValueLimit",
    "Incorrect parameter value.",
    "sdk: error list; that a side out of bounds or a missing page earns it is a guess",
    ErrorKind.BAD_PARAMETER,
    ErrorKind.IMAGE_SIZE,
)
NO_VERSION = _row("NoSuchVersion", "The API version does not exist.", "doc: error page")
NO_REGION = _row(
    "UnsupportedRegion", "API does not support the requested region.", "doc: error page"
)
BAD_LANGUAGE = _row(
    "FailedOperation.LanguageNotSupport",
    "The input language is not supported.",
    "sdk: error list",
)
BAD_MULTIPART = _row(
    "InvalidRequest",
    "The multipart format of the request body is incorrect.",
    "doc: error page; that OCR answers a multipart body with it is a guess",
)
BAD_TOKEN = _row("AuthFailure.TokenFailure", "Token error.", "doc: error page")
LONG_FOR_V1 = _row(
    "AuthFailure.SignatureFailure",
    "The provided credentials could not be validated because of exceeding request size limit, "
    "please use new signature method `TC3-HMAC-SHA256`.",
    "observed: tencentcloud-sdk-python issue 42",
)
OTHER_METHOD = _row(
    "AuthFailure.InvalidAuthorization",
    "The request `Authorization` header does not conform to tencentcloud standards: "
    "SignatureMethod should be `TC3-HMAC-SHA256`.",
    "observed",
    ErrorKind.NO_CREDENTIALS,  # guess
)
IMAGE_TOO_WIDE = _row(
    "FailedOperation.ImageSizeTooLarge",
    "The image is too large. Please see the description of image size limit in the output "
    "parameters.",
    "sdk: error list; go SDK: of the accurate and handwriting actions alone",
)
PDF_FAILED = _row(
    "FailedOperation.PDFParseFailed",
    "PDF parsing failed.",
    "sdk: error list (the English text is a guess)",
)
EMPTY_IMAGE = _row(
    "FailedOperation.EmptyImageError",
    "The image is empty.",
    "sdk: error list; that neither picture nor URL earns it is a guess",
    ErrorKind.NO_IMAGE,
)

FURTHER: tuple[tuple[str, str], ...] = (
    (
        "DryRunOperation",
        "DryRun Operation. It means that the request would have succeeded, but the DryRun "
        "parameter was used.",
    ),
    ("FailedOperation", "Operation failed."),
    ("IpInBlacklist", "Your IP is in uin IP blacklist."),
    ("IpNotInWhitelist", "Your IP is not in uin IP whitelist."),
    ("LimitExceeded", "Quota limit exceeded."),
    ("ResourceInUse", "Resource is in use."),
    ("ResourceInsufficient", "Insufficient resource."),
    ("ResourceNotFound", "The resource does not exist."),
    ("ResourceUnavailable", "Resource is unavailable."),
    ("ResponseSizeLimitExceeded", "The response size exceeds the upper limit."),
    ("UnauthorizedOperation", "Unauthorized operation."),
    ("UnsupportedOperation", "Unsupported operation."),
)
"""Codes that every product of the vendor shares and that nothing here earns by itself."""

CATALOGUE: tuple[ErrorEntry, ...] = (
    OTHER_METHOD,
    _row(
        "AuthFailure.InvalidAuthorization",
        "Authorization in the request header is invalid.",
        "doc: error page",
        ErrorKind.BAD_CREDENTIALS,
    ),
    _row(
        "AuthFailure.SecretIdNotFound",
        "The SecretId is not found, please ensure that your SecretId is correct.",
        "observed",
        ErrorKind.UNKNOWN_ACCOUNT,
    ),
    _row(
        "AuthFailure.SignatureFailure",
        "The provided credentials could not be validated. Please check your signature is correct.",
        "doc: error page, and observed",
        ErrorKind.BAD_SIGNATURE,
    ),
    LONG_FOR_V1,
    _row(
        "AuthFailure.SignatureExpire",
        "The signature is expired, please request again.",
        "observed; that a replay earns it too is a guess",
        ErrorKind.EXPIRED,
        ErrorKind.REPLAYED,
    ),
    _row(
        "AuthFailure.UnauthorizedOperation",
        "The request is not authorized. For more information, see the CAM documentation.",
        "doc: error page",
        ErrorKind.FORBIDDEN,
    ),
    _row(
        "AuthFailure.InvalidSecretId",
        "Invalid key (not a TencentCloud API key type).",
        "doc: error page",
    ),
    _row("AuthFailure.MFAFailure", "MFA failed.", "doc: error page"),
    BAD_TOKEN,
    _row(
        "InvalidAction",
        "The request `Action` is invalid or not found.",
        "observed",
        ErrorKind.NO_SUCH_OPERATION,
    ),
    _row("ActionOffline", "This API has been deprecated.", "doc: error page"),
    _row(
        "UnsupportedProtocol",
        "HTTP(S) request protocol error; only GET and POST requests are supported.",
        "doc: error page",
        ErrorKind.WRONG_METHOD,
    ),
    MISSING,
    UNKNOWN,
    WRONG_TYPE,
    UNSPLIT,
    _row(
        "InvalidParameter",
        "Incorrect parameter.",
        "doc: error page; that a body which is no JSON earns it is a guess",
        ErrorKind.BAD_BODY,
    ),
    _row("InvalidParameterValue", "Invalid parameter value.", "doc: error page"),
    BAD_VALUE,
    BAD_MULTIPART,
    NO_VERSION,
    NO_REGION,
    _row("NoSuchProduct", "The product does not exist.", "doc: error page"),
    _row(
        "RequestSizeLimitExceeded",
        "The request packet exceeds the size limit.",
        "doc: error page",
        ErrorKind.BODY_TOO_LARGE,
    ),
    _row(
        "RequestLimitExceeded",
        "The number of requests exceeds the frequency limit.",
        "doc: error page",
        ErrorKind.RATE_LIMITED,
        ErrorKind.BUSY,
    ),
    _row(
        "RequestLimitExceeded.UinLimitExceeded",
        "The number of requests exceeds the frequency limit of the root account.",
        "doc: error page (the English text is a guess)",
    ),
    _row(
        "RequestLimitExceeded.IPLimitExceeded",
        "The number of IP requests exceeds the frequency limit.",
        "doc: error page (the English text is a guess)",
    ),
    _row(
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        "The number of root account requests exceeds the frequency limit.",
        "doc: error page (the English text is a guess)",
    ),
    _row(
        "ResourceUnavailable.ResourcePackageRunOut",
        "The account resource package is exhausted.",
        "sdk: error list",
        ErrorKind.QUOTA_EXCEEDED,
    ),
    _row(
        "ResourcesSoldOut.ChargeStatusException",
        "Exceptional billing status.",
        "sdk: error list; that an ended package earns it is a guess",
        ErrorKind.PACKAGE_EXPIRED,
    ),
    _row(
        "ResourceUnavailable.InArrears",
        "The account is in arrears.",
        "sdk: error list",
        ErrorKind.ARREARS,
    ),
    _row("FailedOperation.ArrearsError", "The account is in arrears.", "sdk: error list"),
    _row(
        "FailedOperation.CountLimitError",
        "The number of calls today reached its limit.",
        "sdk: error list (the English text is a guess)",
    ),
    _row("FailedOperation.UnOpenError", "The service is not activated.", "sdk: error list"),
    _row(
        "FailedOperation.DownLoadError",
        "File download failed.",
        "sdk: error list",
        ErrorKind.DOWNLOAD_FAILED,
    ),
    EMPTY_IMAGE,
    _row(
        "FailedOperation.ImageDecodeFailed",
        "Image decoding failed.",
        "sdk: error list, and observed; that a GIF or bad base64 earns it is a guess",
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
    ),
    PDF_FAILED,
    IMAGE_TOO_WIDE,
    _row(
        "FailedOperation.FileDecodeFailed",
        "File decoding failed.",
        "sdk: error list (the English text is a guess)",
    ),
    _row(
        "FailedOperation.UnKnowFileTypeError",
        "Unknown file type.",
        "sdk: error list (the English text is a guess)",
    ),
    _row("FailedOperation.ImageBlur", "The image is blurry.", "sdk: error list"),
    _row(
        "FailedOperation.ImageNoText",
        "No text is detected in the image.",
        "sdk: error list",
        ErrorKind.NOTHING_FOUND,
    ),
    BAD_LANGUAGE,
    _row(
        "FailedOperation.EngineRecognizeTimeout",
        "Recognition by the engine timed out.",
        "sdk: error list",
    ),
    _row(
        "FailedOperation.OcrFailed",
        "OCR failed. This error may be caused by unstable network connections,service anomalies "
        "or other issues.",
        "sdk: error list",
        ErrorKind.ENGINE_FAILED,
    ),
    _row("FailedOperation.UnKnowError", "Unknown error.", "sdk: error list"),
    _row("InvalidParameter.EngineImageDecodeFailed", "Image decoding failed.", "sdk: error list"),
    _row(
        "LimitExceeded.TooLargeFileError",
        "The file is too large.",
        "sdk: error list",
        ErrorKind.IMAGE_TOO_LARGE,
    ),
    _row(
        "ServiceUnavailable",
        "The service is currently unavailable.",
        "doc: error page (the English text is a guess)",
        ErrorKind.UNAVAILABLE,
    ),
    _row("InternalError", "Internal error.", "doc: error page", ErrorKind.INTERNAL),
    *(_row(code, text, "doc: error page, common error codes") for code, text in FURTHER),
)
