"""What Aliyun's own services say, and the whole table: a status of their own and one sentence.

The page gives status and text; that the text is the whole body is a guess (a vendor's sample says
only that it is in the body). 全文识别高精版 wraps it in JSON, as two public clients of it expect;
that `error_code` is the status is a guess. The code of an entry is its status.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.aliyun_market.gateway import rendering as gateway
from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry
from mockocr.vendors.aliyun_market.gateway.errors import GATEWAY_ENTRIES
from mockocr.vendors.aliyun_market.official.options import ADVANCED_ERRORS

ADVANCED_PATH, INVOICE_PATH = "/ocrservice/advanced", "/ocrservice/invoice"
DOCUMENTS = (
    "ocr_idcard",
    "ocr_business_license",
    "ocr_vehicle",
    "ocr_vehicle_plate",
    "ocr_bank_card",
    "ocr_driver_license",
    "ocr_train_ticket",
    "invoice",
)
"""Operations for one kind of document: another picture is of the wrong category."""
ADVANCED_JSON = "application/json;charset=UTF-8"

_TABLE = "doc: market OCR error codes (295363)"
_OLDER = "observed: a shipped Java client's copy of the older error table (95605)"
_MEANING = "doc: market OCR error codes (295363), meaning and status; text guess"
_FORMAT = "Invalid Input - json format error - "
_IMAGE = "Invalid Input - image data error - "


def _entry(
    status: int,
    id: str,
    message: str,
    *kinds: ErrorKind,
    source: str = _TABLE,
    **sample: str,
) -> ErrorEntry:
    return ErrorEntry(status, status, message, source, kinds, sample, id)


SIDES = _entry(
    421,
    "image_size_error",
    "Invalid Input - image size error",
    ErrorKind.IMAGE_SIZE,
    source=_MEANING,
)
QUEUE_FULL = _entry(450, "queue_full", "Service Busy", ErrorKind.BUSY, source=_MEANING)
TOO_LARGE = _entry(413, "picture_too_large", "Payload Too Large", ErrorKind.IMAGE_TOO_LARGE)
NO_JSON = _entry(
    460, "failed_to_parse_json", "Invalid Input - failed to parse json", ErrorKind.BAD_BODY
)
MISSING = _entry(
    461, "missing_key", _FORMAT + "missing key: {key}", ErrorKind.NO_IMAGE, key="image"
)
WRONG_IMAGE = _entry(461, "image_format_error", _FORMAT + "image format error", ErrorKind.BAD_IMAGE)
NO_INPUTS = _entry(461, "key_inputs_missing", _FORMAT + "key inputs missing", ErrorKind.NO_IMAGE)
INPUTS_NOT_ARRAY = _entry(
    461,
    "inputs_not_array",
    _FORMAT + "value of inputs must be a array",
    ErrorKind.BAD_PARAMETER,
)
WRONG_VALUE = _entry(
    461,
    "image_datavalue_format_error",
    _FORMAT + "image DataValue format error",
    ErrorKind.BAD_PARAMETER,
)
WRONG_CONFIGURE = _entry(
    461, "configure_format_error", _FORMAT + "configure format error", ErrorKind.BAD_PARAMETER
)
BAD_CONFIGURE = _entry(
    461,
    "failed_to_parse_config",
    _FORMAT + "failed to parse config str: {text}",
    ErrorKind.BAD_PARAMETER,
    text="xxx",
)
JSON_EXCEPTION = _entry(
    461,
    "json_parse_exception",
    _FORMAT + "json parse runtime exception",
    ErrorKind.BAD_BODY,
    source=_OLDER,
)
NOT_DOWNLOADED = _entry(
    462,
    "download_error",
    _IMAGE + "download image from url error",
    ErrorKind.DOWNLOAD_FAILED,
)
EMPTY_IMAGE = _entry(
    462,
    "input_image_empty",
    _IMAGE + "input image empty, please check your image binary data",
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_FORMAT,
    ErrorKind.NOTHING_FOUND,
)
WRONG_CATEGORY = _entry(
    463,
    "wrong_category",
    "Invalid Input - wrong category",
    ErrorKind.BAD_PARAMETER,
    source=_OLDER,
)
RUN_FAILED = _entry(
    464,
    "algorithm_run_failed",
    "Invalid Result - algorithm run failed",
    ErrorKind.ENGINE_FAILED,
)

SERVICE_ENTRIES: tuple[ErrorEntry, ...] = (
    _entry(400, "invalid_url", "Invalid URL", ErrorKind.DOWNLOAD_FAILED),
    _entry(403, "service_forbidden", "Forbidden", ErrorKind.FORBIDDEN),
    _entry(408, "request_timeout", "Request Timeout"),
    TOO_LARGE,
    SIDES,
    QUEUE_FULL,
    NO_JSON,
    MISSING,
    WRONG_IMAGE,
    NO_INPUTS,
    INPUTS_NOT_ARRAY,
    WRONG_VALUE,
    WRONG_CONFIGURE,
    BAD_CONFIGURE,
    JSON_EXCEPTION,
    NOT_DOWNLOADED,
    EMPTY_IMAGE,
    WRONG_CATEGORY,
    RUN_FAILED,
    _entry(
        464,
        "algorithm_runtime_exception",
        "Invalid Result - algorithm runtime exception",
        ErrorKind.ENGINE_FAILED,
        source=_OLDER,
    ),
    _entry(502, "bad_gateway", "Bad Gateway"),
    _entry(503, "service_unavailable", "Service Unavailable"),
)
"""What the services themselves say."""

ERRORS = ErrorTable(
    entries=(*GATEWAY_ENTRIES, *SERVICE_ENTRIES),
    overrides={name: {ErrorKind.NOTHING_FOUND: WRONG_CATEGORY} for name in DOCUMENTS},
    defaults={
        ErrorCause.NOT_JSON: NO_JSON,
        ErrorCause.NOT_AN_OBJECT: JSON_EXCEPTION,
        # a picture that is too large to be downloaded
        ErrorCause.TOO_LARGE: NOT_DOWNLOADED,
        # where an earlier entry lists the kind too
        ErrorKind.BAD_IMAGE: EMPTY_IMAGE,
        ErrorKind.DOWNLOAD_FAILED: NOT_DOWNLOADED,
        ErrorKind.BAD_PARAMETER: WRONG_CONFIGURE,
        ErrorKind.ENGINE_FAILED: RUN_FAILED,
        ErrorKind.BUSY: QUEUE_FULL,
    },
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The gateway's headers for an entry of the gateway, else the status with the sentence: as
    text, or in the JSON of 全文识别高精版.
    """
    if isinstance(entry, GatewayEntry):
        return gateway.render_error(request, entry)
    prism = request.path in (ADVANCED_PATH, INVOICE_PATH)
    if prism and request.options[ADVANCED_ERRORS.name] == "json":
        failure = {"error_code": entry.code, "error_msg": entry.message}
        return Response.of_json(failure, entry.status, code=entry.code, content_type=ADVANCED_JSON)
    headers = (("Content-Type", "text/plain; charset=utf-8"),)
    return Response(
        entry.status, entry.message.encode("utf-8", "replace"), headers, str(entry.code)
    )
