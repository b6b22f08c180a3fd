"""The error table of Azure AI Vision, and how an error is rendered."""

from __future__ import annotations

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
from mockocr.vendors.azure.vision import image_analysis_errors, read_errors

Entries = dict[ErrorKind | ErrorCause, ErrorEntry]

_TIER = "ComputerVision F0"
_API = "Computer Vision API (v3.2)"
_O429 = "observed O-429: three public files quote it"

FORBIDDEN = ErrorEntry(
    403,
    "Forbidden",
    "Access forbidden due to policy or other configuration.",
    "guess: as in Document Intelligence",
    (ErrorKind.FORBIDDEN, ErrorKind.ARREARS),
)
WRONG_METHOD = ErrorEntry(
    405,
    "MethodNotAllowed",
    "The requested HTTP method isn't allowed.",
    "guess: as in Document Intelligence",
    (ErrorKind.WRONG_METHOD,),
)
UNAVAILABLE = ErrorEntry(
    503,
    "ServiceUnavailable",
    "A transient error occurred. Try again.",
    "guess: as in Document Intelligence",
    (ErrorKind.UNAVAILABLE,),
)


def _limit(name: str, source: str, id: str) -> ErrorEntry:
    return rate_limited(name, _API, _TIER, "call rate limit", source, id)


_READ_LIMIT = _limit("Read", "guess for the name of the operation; " + _O429, "429 Read")
_LIMITS = {
    "read": _READ_LIMIT,
    "read_result": _limit("Get Read Result", _O429, "429 Get Read Result"),
    "ocr": _limit("OCR", _O429, "429 OCR"),
    "image_analysis": _limit("Analyze Image", _O429, "429 Analyze Image"),
}
_READ_KINDS: Entries = {kind: entry for entry in read_errors.ENTRIES for kind in entry.kinds}
_READ_IDS = {entry.id for entry in read_errors.ENTRIES}


def _with_limit(operation: str) -> Entries:
    limit = _LIMITS[operation]
    return {ErrorKind.RATE_LIMITED: limit, ErrorKind.BUSY: limit}


ERRORS = ErrorTable(
    (
        ACCESS_DENIED,
        BAD_TOKEN,
        NO_ROLE,
        NOT_FOUND,
        used_up(_TIER),
        *_LIMITS.values(),
        FORBIDDEN,
        WRONG_METHOD,
        UNAVAILABLE,
        *image_analysis_errors.ENTRIES,
        *read_errors.ENTRIES,
    ),
    overrides={
        "image_analysis": _with_limit("image_analysis"),
        **{name: {**_READ_KINDS, **_with_limit(name)} for name in ("read", "read_result", "ocr")},
    },
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The error in the words of the gateway, of Read or of Image Analysis."""
    if entry.code in GATEWAY_CODES:
        return render_gateway_error(request, entry)
    code = str(entry.code)
    if entry.status == 200:
        return failed_operation(request, entry)
    of_read = entry.id in _READ_IDS
    error = (read_errors if of_read else image_analysis_errors).error_object(entry)
    headers = [
        ("Content-Type", JSON),
        ("x-ms-error-code", str(error["code"])),
        *service_headers(request),
    ]
    if entry.status in RETRY_AFTER:
        headers.append(("Retry-After", RETRY_AFTER[entry.status]))
    return Response(entry.status, dump_json({"error": error}), tuple(headers), code)


def failed_operation(request: Request, entry: ErrorEntry) -> Response:
    """A Read operation that has failed."""
    at = request.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    errors = [{"code": entry.code, "message": entry.message}]
    result = {"version": "3.2.0", "readResults": [], "errors": errors}
    body = dump_json(
        {"status": "failed", "createdDateTime": at, "lastUpdatedDateTime": at}
        | {"analyzeResult": result}
    )
    headers = (("Content-Type", JSON), *service_headers(request))
    return Response(200, body, headers, str(entry.code))
