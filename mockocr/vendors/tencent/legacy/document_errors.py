"""The errors of the legacy API about licences, plates and invoices.

The pages are abbreviated as in `errors`; beside them: driving page, 行驶证驾驶证识别; plate page,
车牌号识别; invoice page, 增值税发票识别. All of them have codes without English texts.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

_DRIVING = "guess: status and text; doc: driving page has the code"
_LICENCE = "guess: status and text; doc: licence page has the code"
_PLATE = "guess: status and text; doc: plate page has the code"
_INVOICE = "guess: status and text; doc: invoice page has the code"
_LISTED = "sdk: YouTu's list of codes; doc: invoice page has the code; the status is a guess"

WRONG_TYPE = ErrorEntry(
    200,
    -9001,
    "REQUEST_TYPE_ERROR",
    _DRIVING,
    (ErrorKind.BAD_PARAMETER,),
)
NO_LICENCE = ErrorEntry(
    200,
    -9002,
    "OCR_RECOG_FAILED",
    "guess: status, text, and that another document gets it; doc: driving page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NO_BUSINESS_LICENCE = ErrorEntry(
    200,
    -9502,
    "BIZLICENSE_OCR_RECOG_FAILED",
    "guess: status, text, and that another document gets it; doc: licence page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NO_PLATE = ErrorEntry(
    200,
    -9702,
    "PLATE_OCR_RECOG_FAILED",
    "guess: status, text, and that another picture gets it; doc: plate page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NO_INVOICE = ErrorEntry(
    200,
    -1400,
    "TEMPLATE_NOT_MATCH",
    "guess: status and text; doc: invoice page has the code, 模板不匹配",
    (ErrorKind.NOTHING_FOUND,),
    id="no_invoice_template",
)
BAD_FORMAT = ErrorEntry(
    200,
    -1400,
    "ERROR_IMAGE_FORMAT_INVALID",
    "sdk: YouTu's list of codes; doc: invoice page has the code; the HTTP status is a guess",
    (ErrorKind.IMAGE_FORMAT,),
    id="invalid_image_format",
)


DOCUMENT_ENTRIES: tuple[ErrorEntry, ...] = (
    WRONG_TYPE,
    NO_LICENCE,
    ErrorEntry(200, -9005, "ERROR_IMAGE_INVALID", _DRIVING),
    ErrorEntry(200, -9006, "OCR_PREPROCESS_FAILED", _DRIVING),
    ErrorEntry(200, -9501, "BIZLICENSE_OCR_PREPROCESS_FAILED", _LICENCE),
    NO_BUSINESS_LICENCE,
    NO_PLATE,
    NO_INVOICE,
    BAD_FORMAT,
    ErrorEntry(200, -5208, "SERVER_INTERN_ERROR", _PLATE),
    ErrorEntry(200, -1320, "ERROR_APPID_INVALID", _INVOICE),
    ErrorEntry(200, -1403, "ERROR_IMAGE_DOWNLOAD_FAILED", _LISTED),
    ErrorEntry(200, -1506, "ERROR_DOWNLOAD_TIMEOUT", _LISTED),
    ErrorEntry(200, -1507, "ERROR_CONNECT_DOWNLOAD_SERVER", _LISTED),
    ErrorEntry(200, -10001, "OVERLOAD_PROTECTION", _INVOICE),
    ErrorEntry(200, -10002, "LICENSE_INVALID", _INVOICE),
    ErrorEntry(200, -10003, "FREQUENCY_LIMIT", _INVOICE),
    ErrorEntry(200, -10004, "SERVICE_NAME_INVALID", _INVOICE),
    ErrorEntry(200, -10005, "SERVICE_NOT_LICENSED", _INVOICE),
)
