"""The errors of Read and OCR 3.2, and their JSON.

Sources: R3-ANA is a recording in azure-sdk-for-net (VisionAnalyzeTests); "enum" is the list of 17
codes in the service's OpenAPI document (Ocr.json, v3.2), which has no texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ErrorEntry, ErrorKind

_ENUM = "doc: enum has the code; guess for status and text"


def _entry(
    code: str,
    message: str,
    source: str,
    *kinds: ErrorKind,
    status: int = 400,
) -> ErrorEntry:
    return ErrorEntry(status, code, message, source, kinds, id=f"read_{code}")


INVALID_IMAGE_URL = _entry(
    "InvalidImageUrl",
    "Image URL is not accessible.",
    "observed R3-ANA, for Analyze 3.2; guess that Read has the same",
    ErrorKind.DOWNLOAD_FAILED,
)
INVALID_IMAGE = _entry(
    "InvalidImage", "Input data is not a valid image.", _ENUM, ErrorKind.BAD_IMAGE
)
UNSUPPORTED_FORMAT = _entry(
    "UnsupportedImageFormat", "The image format is not supported.", _ENUM, ErrorKind.IMAGE_FORMAT
)
INVALID_IMAGE_SIZE = _entry(
    "InvalidImageSize",
    "The image size is not allowed to be zero or larger than the limit.",
    _ENUM,
    ErrorKind.NO_IMAGE,
    ErrorKind.IMAGE_TOO_LARGE,
    ErrorKind.BODY_TOO_LARGE,
)
INVALID_DIMENSION = _entry(
    "InvalidImageDimension",
    "Image must be at least 50 pixels in width and height",
    "observed for v3.0 in its flat form; doc: enum",
    ErrorKind.IMAGE_SIZE,
)
BAD_ARGUMENT = _entry(
    "BadArgument",
    "The request body or a parameter is not valid.",
    _ENUM,
    ErrorKind.BAD_BODY,
    ErrorKind.BAD_PARAMETER,
)
INVALID_PAGES = _entry("InvalidPageRange", "The page range is not valid.", _ENUM)
INVALID_ORDER = _entry("InvalidReadingOrder", "The reading order is not valid.", _ENUM)
NOT_SUPPORTED_LANGUAGE = _entry("NotSupportedLanguage", "The language is not supported.", _ENUM)
UNSUPPORTED_MEDIA_TYPE = _entry(
    "UnsupportedMediaType",
    "The content type of the request is not supported.",
    _ENUM,
    status=415,
)
FAILED_TO_PROCESS = _entry(
    "FailedToProcess",
    "The image could not be processed.",
    _ENUM,
    ErrorKind.ENGINE_FAILED,
    ErrorKind.NOTHING_FOUND,
    status=500,
)
INTERNAL = _entry(
    "InternalServerError", "Internal server error.", _ENUM, ErrorKind.INTERNAL, status=500
)
OPERATION_NOT_FOUND = ErrorEntry(
    404,
    "NotFound",
    "The requested operation was not found, or it has expired.",
    "guess: the enum has no such code",
    id="read_NotFound",
)
ENTRIES = (
    INVALID_IMAGE_URL,
    INVALID_IMAGE,
    UNSUPPORTED_FORMAT,
    INVALID_IMAGE_SIZE,
    INVALID_DIMENSION,
    BAD_ARGUMENT,
    INVALID_PAGES,
    INVALID_ORDER,
    NOT_SUPPORTED_LANGUAGE,
    UNSUPPORTED_MEDIA_TYPE,
    FAILED_TO_PROCESS,
    INTERNAL,
    _entry("InvalidImageFormat", "Input data is not a valid image.", _ENUM),
    _entry("FailedToDownloadImage", "Failed to download image from input URL.", _ENUM),
    _entry("StorageException", "The result could not be stored.", _ENUM, status=500),
    _entry("Unspecified", "Unspecified error.", _ENUM, status=500),
    _entry("InvalidRequest", "The request is not valid.", _ENUM),
    OPERATION_NOT_FOUND,
    ErrorEntry(
        200,
        "FailedToProcess",
        "The image could not be processed.",
        "guess: the shape of a failed operation of Form Recognizer v2",
        id="failed_read",
    ),
)

_OUTER = {"InvalidImageUrl": "InvalidArgument"}
_PLAIN = {"InvalidRequest", "FailedToDownloadImage", "NotFound"}


def error_object(entry: ErrorEntry) -> Mapping[str, Any]:
    """The error. observed R3-ANA: the inner error stands before the message."""
    code = str(entry.code)
    if entry.status != 400 or code in _PLAIN:
        return {"code": code, "message": entry.message}
    inner = {"code": code, "message": entry.message}
    return {
        "code": _OUTER.get(code, "InvalidRequest"),
        "innererror": inner,
        "message": entry.message,
    }
