"""The error table of OCR.space, and how an error is rendered.

Wrong parameters and unreadable pictures have HTTP status 200 and an `OCRExitCode`; refused keys
have 403 and a JSON string. An error message of several lines is sent as a list of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.ocr_space.api.fields import NAMES
from mockocr.vendors.ocr_space.api.headers import CONTENT_TYPE

_SEEN = "observed: answers in public issues and code"
_PAGE = "doc: ocr.space/ocrapi, exit codes; text guess"
_PARAMETERS = 99
"""observed: `OCRExitCode` of wrong parameters, which the page does not list."""

KEY_MISSING = ErrorEntry(
    403,
    403,
    "API Key is not specified. Please provide a valid API key.",
    _SEEN,
    (ErrorKind.NO_CREDENTIALS,),
    id="key_missing",
)
KEY_INVALID = ErrorEntry(
    403,
    403,
    "The API key is invalid",
    _SEEN,
    (
        ErrorKind.UNKNOWN_ACCOUNT,
        ErrorKind.BAD_CREDENTIALS,
        ErrorKind.BAD_SIGNATURE,
        ErrorKind.EXPIRED,
        ErrorKind.REPLAYED,
        ErrorKind.FORBIDDEN,
        ErrorKind.PACKAGE_EXPIRED,
        ErrorKind.ARREARS,
    ),
    id="key_invalid",
)
QUOTA = ErrorEntry(
    403,
    403,
    "You may only perform this action upto maximum {maximum} number of times within {seconds}"
    " seconds",
    _SEEN,
    (ErrorKind.QUOTA_EXCEEDED, ErrorKind.RATE_LIMITED),
    {"maximum": "500", "seconds": "86400"},
    id="quota",
)
PARAMETER_VALUE = ErrorEntry(
    200,
    _PARAMETERS,
    "E201: Value for parameter '{name}' is invalid",
    _SEEN + "; seen for language alone",
    (ErrorKind.BAD_PARAMETER,),
    {"name": "language"},
    id="E201",
)
PARAMETER_NAME = ErrorEntry(
    200,
    _PARAMETERS,
    "Parameter name '{name}' is invalid. Valid parameters: "
    + ",".join(NAMES)
    + "\nPlease check if you need to URL encode the URL passed in request parameters.",
    _SEEN,
    sample={"name": "file"},
    id="parameter_name",
)
FILE_TYPE = ErrorEntry(
    200,
    _PARAMETERS,
    "Unable to recognize the file type",
    _SEEN,
    (ErrorKind.IMAGE_FORMAT,),
    id="file_type",
)
FILE_EXTENSION = ErrorEntry(
    200,
    _PARAMETERS,
    "Unable to recognize the file type\n"
    "E216:Unable to detect the file extension, or the file extension is incorrect, and no 'file "
    "type' provided in request. Please provide a file with a proper content type or extension, or "
    "provide a file type in the request to manually set the file extension.",
    _SEEN,
    id="E216",
)
NO_FILE = ErrorEntry(
    200,
    _PARAMETERS,
    "No file uploaded or URL provided",
    "guess",
    (ErrorKind.NO_IMAGE, ErrorKind.BAD_BODY),
    id="no_file",
)
FILE_SIZE = ErrorEntry(
    200,
    _PARAMETERS,
    "File failed validation. File size exceeds the maximum size limit. Maximum size limit"
    " {kilobytes} KB",
    _SEEN,
    (ErrorKind.IMAGE_TOO_LARGE, ErrorKind.BODY_TOO_LARGE),
    {"kilobytes": "1024"},
    id="file_size",
)
DOWNLOAD = ErrorEntry(
    200,
    _PARAMETERS,
    "Unable to download the file from the URL provided",
    "guess",
    (ErrorKind.DOWNLOAD_FAILED,),
    id="download",
)
BASE64 = ErrorEntry(
    200,
    3,
    "Not a valid base64 image. The accepted base64 image format is"
    " 'data:image/<content_type>;base64,<base64_image_content>'.",
    "observed: A9T9/OCR.Space-OCR-API-Code-Snippets issue 5",
    id="base64",
)
DIMENSIONS = ErrorEntry(
    200,
    3,
    "Image dimensions are too large! Max image dimensions supported: 10000 x 10000.",
    _SEEN,
    (ErrorKind.IMAGE_SIZE,),
    id="dimensions",
)
DAMAGED = ErrorEntry(
    200,
    3,
    "Unable to parse the image.",
    _PAGE,
    (ErrorKind.BAD_IMAGE, ErrorKind.NOTHING_FOUND),
    id="damaged",
)
FILE_NOT_FOUND = ErrorEntry(200, 3, "File not found.", _PAGE, id="file_not_found")
FILE_TIMEOUT = ErrorEntry(200, 3, "Timed out.", _PAGE, id="file_timeout")
FILE_VALIDATION = ErrorEntry(200, 3, "File failed validation.", _PAGE, id="file_validation")
FILE_UNKNOWN = ErrorEntry(200, 3, "Unknown error.", _PAGE, id="file_unknown")
TIMED_OUT = ErrorEntry(
    200, _PARAMETERS, "E101: Timed out waiting for results", _SEEN, (ErrorKind.BUSY,), id="E101"
)
EXHAUSTED = ErrorEntry(
    200,
    _PARAMETERS,
    "Error E500: System Resource Exhaustion (OCR Binary Failed)",
    _SEEN,
    (ErrorKind.ENGINE_FAILED, ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE),
    id="E500",
)
FATAL = ErrorEntry(200, 4, "A fatal error occurred during processing", _PAGE, id="fatal")
NO_RESOURCE = ErrorEntry(
    404,
    404,
    "No HTTP resource was found that matches the request URI.",
    "guess: the default of ASP.NET Web API, which the headers name",
    (ErrorKind.NO_SUCH_OPERATION,),
)
WRONG_METHOD = ErrorEntry(
    405,
    405,
    "The requested resource does not support this http method.",
    "guess: the default of ASP.NET Web API, which the headers name",
    (ErrorKind.WRONG_METHOD,),
)

_FILE_EXITS: Mapping[str, tuple[int, str]] = {
    DIMENSIONS.id: (-10, "Parsing Error: "),
    DAMAGED.id: (-10, "Parsing Error: "),
    FILE_NOT_FOUND.id: (0, ""),
    FILE_TIMEOUT.id: (-20, ""),
    FILE_VALIDATION.id: (-30, ""),
    FILE_UNKNOWN.id: (-99, ""),
}
"""`FileParseExitCode`, and what precedes the message in `ErrorMessage`.

doc: the codes. observed: the entry for dimensions.
"""
ALL_FAILED = "All images/pages errored in parsing"

ERRORS = ErrorTable(
    (
        KEY_MISSING,
        KEY_INVALID,
        QUOTA,
        PARAMETER_VALUE,
        PARAMETER_NAME,
        FILE_TYPE,
        FILE_EXTENSION,
        NO_FILE,
        FILE_SIZE,
        DOWNLOAD,
        BASE64,
        DIMENSIONS,
        DAMAGED,
        FILE_NOT_FOUND,
        FILE_TIMEOUT,
        FILE_VALIDATION,
        FILE_UNKNOWN,
        TIMED_OUT,
        EXHAUSTED,
        FATAL,
        NO_RESOURCE,
        WRONG_METHOD,
    ),
    defaults={ErrorCause.PDF: DAMAGED},
)


def failed_page(entry: ErrorEntry) -> dict[str, Any]:
    """The entry of `ParsedResults` for a page that failed."""
    code, prefix = _FILE_EXITS.get(entry.id, (-99, ""))
    return {
        "TextOverlay": None,
        "FileParseExitCode": code,
        "ParsedText": None,
        "ErrorMessage": prefix + entry.message,
        "ErrorDetails": entry.message,
    }


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """A JSON string for 403, `Message` for a wrong path or method, else the usual envelope."""
    if entry.status != 200:
        body: Any = entry.message if entry.status == 403 else {"Message": entry.message}
        return Response.of_json(body, entry.status, code=entry.code, content_type=CONTENT_TYPE)
    elapsed = str(request.random().randint(15, 400))
    failed = {"OCRExitCode": entry.code, "IsErroredOnProcessing": True}
    if entry.id in _FILE_EXITS:
        body = {
            "ParsedResults": [failed_page(entry)],
            **failed,
            "ErrorMessage": [ALL_FAILED],
            "ProcessingTimeInMilliseconds": elapsed,
        }
    elif entry is BASE64:
        body = {
            "ParsedResults": None,
            **failed,
            "ErrorMessage": [entry.message],
            "ErrorDetails": entry.message,
            "ProcessingTimeInMilliseconds": elapsed,
            "SearchablePDFURL": None,
        }
    else:
        messages = entry.message.split("\n")
        body = {**failed, "ErrorMessage": messages, "ProcessingTimeInMilliseconds": elapsed}
    return Response.of_json(body, 200, code=entry.code, content_type=CONTENT_TYPE)
