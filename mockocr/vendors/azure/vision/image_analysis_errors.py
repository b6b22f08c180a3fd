"""The errors of Image Analysis 4.0, and their JSON.

Sources: R4-URL is a recording in azure-sdk-for-python (vision, 2023-12-18); Q-SIZE is question
1688452 at learn.microsoft.com; D-JAVA is the README of the Java package; D-40 is the how-to page of
Image Analysis 4.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ErrorEntry, ErrorKind

_CODE = "InvalidRequest"
MAX_BYTES = 20_971_520

URL_NOT_ACCESSIBLE = ErrorEntry(
    400,
    _CODE,
    "The provided image url is not accessible.",
    "observed R4-URL, its 89 bytes",
    (ErrorKind.DOWNLOAD_FAILED,),
    id="url_not_accessible",
)
IMAGE_BYTES = ErrorEntry(
    400,
    _CODE,
    f"The image size is not allowed to be zero or larger than {MAX_BYTES} bytes.",
    "observed Q-SIZE",
    (ErrorKind.NO_IMAGE, ErrorKind.IMAGE_TOO_LARGE, ErrorKind.BODY_TOO_LARGE),
    id="image_bytes",
)
NO_REGION = ErrorEntry(
    400,
    _CODE,
    "The feature 'Caption' is not supported in this region.",
    "guess for the text; doc: D-40",
    id="feature_region",
)
INVALID_IMAGE_SIZE = ErrorEntry(
    400,
    "InvalidImageSize",
    "The image dimension is not allowed to be smaller than 50 and larger than 16000.",
    "observed Q-SIZE",
    (ErrorKind.IMAGE_SIZE,),
)
INVALID_IMAGE_FORMAT = ErrorEntry(
    400,
    "InvalidImageFormat",
    "Input data is not a valid image.",
    "doc: D-JAVA",
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT),
)
NOT_SUPPORTED_FEATURE = ErrorEntry(
    400,
    "NotSupportedVisualFeature",
    "Specified feature type isn't valid.",
    "doc: D-40 has the code; guess for the text",
)
NOT_SUPPORTED_LANGUAGE = ErrorEntry(
    400,
    "NotSupportedLanguage",
    "The input language is not supported.",
    "doc: D-40 has the code; guess for the text",
)
INVALID_MODEL = ErrorEntry(
    400,
    "InvalidModel",
    "The model version is not valid.",
    "guess",
)
INVALID_IMAGE_URL = ErrorEntry(
    400,
    "InvalidImageUrl",
    "Image URL is badly formatted or not accessible.",
    "doc: D-40 has the code; guess for the text",
)
BAD_ARGUMENT = ErrorEntry(
    400,
    "BadArgument",
    "The request body or a parameter is not valid.",
    "doc: D-40 has the code; guess for the text",
    (ErrorKind.BAD_BODY, ErrorKind.BAD_PARAMETER),
)
UNSUPPORTED_MEDIA_TYPE = ErrorEntry(
    415,
    "UnsupportedMediaType",
    "The content type of the request is not supported.",
    "doc: D-40 has status and code; guess for the text",
)
FAILED_TO_PROCESS = ErrorEntry(
    500,
    "FailedToProcess",
    "The image could not be processed.",
    "doc: D-40 has status and code; guess for the text",
    (ErrorKind.ENGINE_FAILED, ErrorKind.NOTHING_FOUND),
)
TIMEOUT = ErrorEntry(
    500,
    "Timeout",
    "The image took too long to process.",
    "doc: D-40 has status and code; guess for the text",
)
INTERNAL = ErrorEntry(
    500,
    "InternalServerError",
    "Internal server error.",
    "doc: D-40 has status and code; guess for the text",
    (ErrorKind.INTERNAL,),
)
ENTRIES = (
    URL_NOT_ACCESSIBLE,
    IMAGE_BYTES,
    NO_REGION,
    INVALID_IMAGE_SIZE,
    INVALID_IMAGE_FORMAT,
    NOT_SUPPORTED_FEATURE,
    NOT_SUPPORTED_LANGUAGE,
    INVALID_MODEL,
    INVALID_IMAGE_URL,
    BAD_ARGUMENT,
    UNSUPPORTED_MEDIA_TYPE,
    FAILED_TO_PROCESS,
    TIMEOUT,
    INTERNAL,
)

_OUTER: Mapping[str, str] = {
    INVALID_IMAGE_FORMAT.id: "Image format is not valid.",
}
"""The message around an inner error where it is another one than the inner message."""


def error_object(entry: ErrorEntry) -> Mapping[str, Any]:
    """The error; with status 400, a code of its own is that of an inner error."""
    if entry.status != 400 or entry.code == _CODE:
        return {"code": entry.code, "message": entry.message}
    inner = {"code": entry.code, "message": entry.message}
    return {"code": _CODE, "message": _OUTER.get(entry.id, entry.message), "innererror": inner}
