"""The errors of single pictures, which come in a response with HTTP status 200.

A fault that asks for one gives it to every picture of the request.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind


def _image(code: str, id: str, message: str, source: str, *kinds: ErrorKind) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, kinds, id=id)


BAD_IMAGE = _image(
    "INVALID_ARGUMENT",
    "bad_image_data",
    "Bad image data.",
    "observed: many issues",
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_FORMAT,
)
HUGE_IMAGE = _image(
    "INVALID_ARGUMENT",
    "image_too_large",
    "Image too large. Please limit to 75 megapixels.",
    "observed: openfoodfacts-server issue 10764 (2024)",
    ErrorKind.IMAGE_SIZE,
)
HEAVY_IMAGE = _image(
    "INVALID_ARGUMENT",
    "image_file_too_large",
    "Image file too large. Please limit to 20 megabytes.",
    "guess: supported files, for the limit",
    ErrorKind.IMAGE_TOO_LARGE,
)
NO_ACCESS = _image(
    "UNAVAILABLE",
    "url_not_accessible",
    "We can not access the URL currently. Please download the content and pass it in.",
    "observed: 2017 to 2025, as in google-cloud-python issue 13740",
    ErrorKind.DOWNLOAD_FAILED,
)
NOT_ALLOWED = _image(
    "PERMISSION_DENIED",
    "url_not_allowed",
    "We're not allowed to access the URL on your behalf. Please download the content and pass it "
    "in.",
    "guess: known from public questions; that a private address gets it is a guess too",
)
NO_OBJECT = ErrorEntry(
    200,
    "PERMISSION_DENIED",
    "Error opening file: {uri}.",
    "guess: the form that public questions show",
    sample={"uri": "gs://bucket/object"},
    id="object_not_accessible",
)
BAD_HINT = ErrorEntry(
    200,
    "INVALID_ARGUMENT",
    "Unsupported language hint: {hint}",
    "guess: the discovery document says that an unsupported code is an error",
    sample={"hint": "xx"},
    id="bad_language_hint",
)
BAD_FILE_TYPE = ErrorEntry(
    200,
    "INVALID_ARGUMENT",
    "Unsupported input file format: {type}",
    "guess: the discovery document lists application/pdf, image/tiff and image/gif",
    sample={"type": "text/plain"},
    id="bad_mime_type",
)
BAD_PAGE = ErrorEntry(
    200,
    "INVALID_ARGUMENT",
    "Invalid pages: the file has {count} pages.",
    "guess",
    sample={"count": "1"},
    id="bad_page",
)
UNREADABLE = _image(
    "INTERNAL",
    "image_processing_failed",
    "Internal error encountered.",
    "guess",
    ErrorKind.ENGINE_FAILED,
)
NOTHING = ErrorEntry(
    200,
    "OK",
    "",
    "observed: a picture without text has an empty response",
    (ErrorKind.NOTHING_FOUND,),
    id="nothing_found",
)

PER_IMAGE = (
    BAD_IMAGE,
    HUGE_IMAGE,
    HEAVY_IMAGE,
    NO_ACCESS,
    NOT_ALLOWED,
    NO_OBJECT,
    BAD_HINT,
    BAD_FILE_TYPE,
    BAD_PAGE,
    UNREADABLE,
    NOTHING,
)
PER_IMAGE_IDS = frozenset(entry.id for entry in PER_IMAGE)
