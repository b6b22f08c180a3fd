"""The error table of Document Intelligence, and how an error is rendered.

Source "error page": learn.microsoft.com, Document Intelligence error guide. The `code` of an entry
is the inner code where it has one; `OUTER` has the code and the message around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response, dump_json
from mockocr.vendors.azure.gateway_errors import (
    ACCESS_DENIED,
    BAD_TOKEN,
    GATEWAY_CODES,
    NO_ROLE,
    NOT_FOUND,
    RETRY_AFTER,
    rate_limited,
    render_gateway_error,
    used_up,
)
from mockocr.vendors.azure.headers import JSON, service_headers

_REQUEST = ("InvalidRequest", "Invalid request.")
_ARGUMENT = ("InvalidArgument", "Invalid argument.")
_NOT_FOUND = ("NotFound", "Resource not found.")
OUTER: Mapping[str, tuple[str, str]] = {
    "InvalidContent": _REQUEST,
    "InvalidContentLength": _REQUEST,
    "InvalidContentDimensions": _REQUEST,
    "ContentSourceNotAccessible": _REQUEST,
    "ContentSourceTimeout": _REQUEST,
    "InvalidParameter": _ARGUMENT,
    "ParameterMissing": _ARGUMENT,
    "NotSupportedApiVersion": _ARGUMENT,
    "OperationNotFound": _NOT_FOUND,
    "ModelNotFound": _NOT_FOUND,
    "Unknown": ("InternalServerError", "An unexpected error occurred."),
}
"""Inner code to the code and message around it. doc: error page."""

INVALID_PARAMETER = ErrorEntry(
    400,
    "InvalidParameter",
    "The parameter {name} is invalid: {details}",
    "doc: error page; guess for the details",
    (ErrorKind.BAD_PARAMETER,),
    {"name": "pages", "details": "The page range is invalid."},
)
PARAMETER_MISSING = ErrorEntry(
    400,
    "ParameterMissing",
    "The parameter {name} is required.",
    "doc: error page",
    (ErrorKind.NO_IMAGE,),
    {"name": "urlSource or base64Source"},
)
OLD_VERSION = ErrorEntry(
    400,
    "NotSupportedApiVersion",
    "The requested operation requires {version} or later.",
    "doc: error page",
    sample={"version": "2023-07-31"},
)
OPERATION_NOT_FOUND = ErrorEntry(
    404,
    "OperationNotFound",
    "The requested operation wasn't found. The identifier is invalid or the operation is expired.",
    "doc: error page",
)
MODEL_NOT_FOUND = ErrorEntry(
    404,
    "ModelNotFound",
    "The requested model wasn't found. It was deleted or still building.",
    "doc: error page",
)
UNSUPPORTED_MEDIA_TYPE = ErrorEntry(
    415,
    "UnsupportedMediaType",
    "Request content type isn't supported.",
    "doc: error page",
)
NOT_ACCESSIBLE = ErrorEntry(
    400,
    "ContentSourceNotAccessible",
    "Content is not accessible: {details}",
    "doc: error page has the code; guess for the details",
    (ErrorKind.DOWNLOAD_FAILED,),
    {"details": "Invalid data URL"},
)
SOURCE_TIMEOUT = ErrorEntry(
    400,
    "ContentSourceTimeout",
    "Timeout while receiving the file from client.",
    "doc: error page",
)
INVALID_CONTENT = ErrorEntry(
    400,
    "InvalidContent",
    "The file is corrupted or format is unsupported. Refer to documentation for the list of "
    "supported formats.",
    "observed: the troubleshooting guides of Azure's SDKs; doc: error page",
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT),
)
INVALID_REQUEST = ErrorEntry(
    400,
    "InvalidRequest",
    "Invalid request.",
    "doc: error page; guess that a body that is not JSON gets it without an inner error",
    (ErrorKind.BAD_BODY,),
)
UNKNOWN = ErrorEntry(
    500,
    "Unknown",
    "Unknown error.",
    "doc: error page",
    (ErrorKind.ENGINE_FAILED, ErrorKind.NOTHING_FOUND),
)
CONFLICT = ErrorEntry(
    409,
    "Conflict",
    "The request couldn't be completed due to a conflict.",
    "doc: error page has the code; guess for the text",
)

_FAILED_CODES = ("InvalidContent", "Unknown")

ENTRIES: tuple[ErrorEntry, ...] = (
    ACCESS_DENIED,
    BAD_TOKEN,
    NO_ROLE,
    NOT_FOUND,
    used_up("FormRecognizer F0"),
    rate_limited(
        "Analyze Document",
        "Form Recognizer API (2024-11-30)",
        "FormRecognizer F0",
        "rate limit",
        "observed for Analyze Invoice under v2.1-preview.3; guess for the names of this version",
        "429",
    ),
    ErrorEntry(
        401,
        "Unauthorized",
        "Access denied due to invalid subscription key.",
        "doc: error page",
    ),
    ErrorEntry(
        403,
        "Forbidden",
        "Access forbidden due to policy or other configuration.",
        "doc: error page",
        (ErrorKind.FORBIDDEN, ErrorKind.ARREARS),
    ),
    INVALID_REQUEST,
    INVALID_CONTENT,
    ErrorEntry(
        400,
        "InvalidContentLength",
        "The input image is too large. Refer to documentation for the maximum file size.",
        "doc: error page",
        (ErrorKind.IMAGE_TOO_LARGE, ErrorKind.BODY_TOO_LARGE),
    ),
    ErrorEntry(
        400,
        "InvalidContentDimensions",
        "The input image dimensions are out of range. Refer to documentation for supported image "
        "dimensions.",
        "doc: error page",
        (ErrorKind.IMAGE_SIZE,),
    ),
    NOT_ACCESSIBLE,
    SOURCE_TIMEOUT,
    ErrorEntry(400, "InvalidArgument", "Invalid argument.", "doc: error page"),
    INVALID_PARAMETER,
    PARAMETER_MISSING,
    OLD_VERSION,
    ErrorEntry(404, "NotFound", "Resource not found.", "doc: error page"),
    OPERATION_NOT_FOUND,
    MODEL_NOT_FOUND,
    ErrorEntry(
        405,
        "MethodNotAllowed",
        "The requested HTTP method isn't allowed.",
        "doc: error page",
        (ErrorKind.WRONG_METHOD,),
    ),
    CONFLICT,
    UNSUPPORTED_MEDIA_TYPE,
    ErrorEntry(
        500,
        "InternalServerError",
        "An unexpected error occurred.",
        "doc: error page",
        (ErrorKind.INTERNAL,),
    ),
    UNKNOWN,
    ErrorEntry(
        503,
        "ServiceUnavailable",
        "A transient error occurred. Try again.",
        "doc: error page",
        (ErrorKind.UNAVAILABLE,),
    ),
    *(
        ErrorEntry(
            200,
            code,
            next(e.message for e in (INVALID_CONTENT, UNKNOWN) if e.code == code),
            "doc: error page; a failed operation carries the same object, with HTTP 200",
            id=f"failed_{code}",
        )
        for code in _FAILED_CODES
    ),
)

ERRORS = ErrorTable(ENTRIES, defaults={ErrorCause.TIMEOUT: SOURCE_TIMEOUT})


def error_object(entry: ErrorEntry) -> Mapping[str, Any]:
    """The object that answers and failed operations carry."""
    outer = OUTER.get(str(entry.code))
    inner = {"code": entry.code, "message": entry.message}
    if outer is None:
        return inner
    return {"code": outer[0], "message": outer[1], "innererror": inner}


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The error in the words of the gateway or of the service; with status 200, an operation that
    has failed.
    """
    if entry.code in GATEWAY_CODES:
        return render_gateway_error(request, entry)
    error = error_object(entry)
    code = str(entry.code)
    if entry.status == 200:
        at = request.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        times = {"createdDateTime": at, "lastUpdatedDateTime": at}
        body = dump_json({"status": "failed", **times, "error": error})
        return Response(200, body, (("Content-Type", JSON), *service_headers(request)), code)
    headers = [
        ("Content-Type", JSON),
        ("ms-azure-ai-errorcode", code),
        ("x-ms-error-code", str(error["code"])),
        *service_headers(request),
    ]
    if entry.status in RETRY_AFTER:
        headers.append(("Retry-After", RETRY_AFTER[entry.status]))
    return Response(entry.status, dump_json({"error": error}), tuple(headers), code)
