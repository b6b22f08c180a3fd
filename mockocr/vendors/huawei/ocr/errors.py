"""The errors of OCR: its own (AIS), the platform's (ModelArts) and the gateway's (APIG)."""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.huawei.gateway import render_gateway_error
from mockocr.vendors.huawei.gateway_errors import gateway_errors
from mockocr.vendors.huawei.ocr.headers import CONTENT_TYPE, platform_headers
from mockocr.vendors.huawei.ocr.platform_errors import (
    DOWNLOAD_FAILED,
    OBS_ABSENT,
    OBS_FAILED,
    OBS_OVERSIZED,
    PLATFORM_ENTRIES,
    URL_NOT_ALLOWED,
)

_AIS = "doc: OCR error codes (ocr_03_0028)"
_OLD = "doc: OCR error codes, 2019 revision"
_STATUS = "; status guess"
_STORAGE, _OBS = "storage", "obs"
_NOT_ALLOWED = (ErrorCause.URL, ErrorCause.FORBIDDEN_ADDRESS)

GATEWAY = gateway_errors("APIG")
_GATEWAY_CODES = frozenset(entry.code for entry in GATEWAY.entries)

BAD_PARAMETER = ErrorEntry(
    400,
    "AIS.0101",
    "The input parameter is invalid.",
    _AIS,
    (ErrorKind.BAD_PARAMETER, ErrorKind.NO_IMAGE),
)
IMAGE_FORMAT = ErrorEntry(
    400,
    "AIS.0102",
    "The image format is not supported.",
    _AIS,
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_FORMAT),
)
IMAGE_SIZE = ErrorEntry(
    400,
    "AIS.0103",
    "The image size does not meet the requirements.",
    "doc: web-image page, example of status 400",
    (ErrorKind.IMAGE_SIZE,),
)

_AIS_ENTRIES: tuple[ErrorEntry, ...] = (
    BAD_PARAMETER,
    IMAGE_FORMAT,
    IMAGE_SIZE,
    ErrorEntry(
        400,
        "AIS.0104",
        "The image is not supported or the image quality is poor.",
        _AIS,
        (ErrorKind.NOTHING_FOUND,),
    ),
    ErrorEntry(400, "AIS.0105", "Recognition failed.", _AIS + _STATUS, (ErrorKind.ENGINE_FAILED,)),
    ErrorEntry(400, "AIS.0106", "The image bit depth is not supported.", _OLD),
    ErrorEntry(400, "AIS.0117", "Input ID does not exist.", _AIS),
    ErrorEntry(
        400,
        "AIS.0118",
        "Service request error or the tax authority’s interface was malfunctioning.",
        _AIS + _STATUS,
    ),
    ErrorEntry(
        400,
        "AIS.0119",
        "Template match failed, template_id={template_id}.",
        _AIS,
        sample={"template_id": "xxx"},
    ),
    ErrorEntry(400, "AIS.0120", "Classification failed.", _AIS),
    ErrorEntry(
        400,
        "AIS.0121",
        "The recognition area of template is not configured, template_id={template_id}",
        _AIS,
        sample={"template_id": "xxx"},
    ),
    ErrorEntry(
        400, "AIS.0122", "The image contains two or more ID cards with the same side.", _AIS
    ),
)


def mark_in_obs(error: ApiError) -> None:
    """Marks the error of a picture that is stored in OBS, which has its own entries."""
    error.facts[_STORAGE] = _OBS


def _select(error: ApiError, operation: str) -> ErrorEntry | None:
    """The entry for a failed download, which depends on the storage and the content type.

    doc: OCR FAQ on ModelArts.4603, a download fails if its content type is not that of a picture.
    Damaged data of a picture's content type gets the entry of BAD_IMAGE.
    """
    declared = error.content_type
    failed = error.reason is ErrorKind.DOWNLOAD_FAILED and error.cause not in _NOT_ALLOWED
    if error.reason is ErrorKind.BAD_IMAGE and declared and not declared.startswith("image/"):
        failed = True
    if error.facts.get(_STORAGE) != _OBS:
        return DOWNLOAD_FAILED if failed else None
    if failed:
        return OBS_ABSENT if error.upstream_status == 404 else OBS_FAILED
    return OBS_OVERSIZED if error.reason is ErrorKind.IMAGE_TOO_LARGE else None


ERRORS = ErrorTable(
    entries=(*_AIS_ENTRIES, *PLATFORM_ENTRIES, *GATEWAY.entries),
    defaults={
        **dict.fromkeys(_NOT_ALLOWED, URL_NOT_ALLOWED),
        ErrorCause.TOO_LARGE: IMAGE_SIZE,
    },
    select=_select,
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """A flat body; only the gateway's errors have the request id in it."""
    if entry.code in _GATEWAY_CODES:
        return render_gateway_error(request, entry)
    return Response.of_json(
        {"error_code": entry.code, "error_msg": entry.message},
        entry.status,
        code=entry.code,
        content_type=CONTENT_TYPE,
        headers=platform_headers(request),
    )
