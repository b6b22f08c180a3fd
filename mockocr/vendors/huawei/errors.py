"""Every row that Huawei's OCR can answer with: the service's own (AIS), the platform's (ModelArts),
the gateway's (APIG) and the identity service's.

The OCR pages list 200 and 400 only, and an older revision of the error page says that custom codes
come with 400; where a row says `status guess`, no log of it was found.
"""

from __future__ import annotations

from dataclasses import replace

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.vendors.huawei import gateway, identity

_AIS = "doc: OCR error codes (ocr_03_0028)"
_OLD = "doc: OCR error codes, 2019 revision"
_PLATFORM = "doc: OCR error codes (ocr_03_0028), ModelArts rows"
_STATUS = "; status guess"

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

SERVICE: tuple[ErrorEntry, ...] = (
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

BODY_LENGTH = ErrorEntry(
    400,
    "ModelArts.4104",
    "Invalid Request Content Length.",
    _PLATFORM,
    (ErrorKind.IMAGE_TOO_LARGE,),
)
EMPTY_BODY = replace(BODY_LENGTH, problems=(ErrorKind.BAD_BODY,))
"""The same line of the table, told apart in the journal."""
NO_PROJECT = ErrorEntry(
    401,
    "ModelArts.0212",
    # the blank at the end is the document's
    "Invalid Token header. The Token not contain project item. ",
    "doc: OCR FAQ on ModelArts.0212 (ocr_01_0103)" + _STATUS,
)
OTHER_PROJECT = ErrorEntry(
    403, "ModelArts.4203", "Access denied! You do not have permission.", _PLATFORM + _STATUS
)
NOT_SUBSCRIBED = ErrorEntry(
    400,
    "ModelArts.4204",
    "Request api error! The API {api} is not subscribed.",
    "doc: OCR FAQ on ModelArts.4204 (ocr_01_0031)",
    sample={"api": "XXX"},
)
URL_NOT_ALLOWED = ErrorEntry(
    400, "ModelArts.4601", "The URL is not allowed.", _PLATFORM, (ErrorKind.DOWNLOAD_FAILED,)
)
DOWNLOAD_FAILED = ErrorEntry(
    400,
    "ModelArts.4603",
    "Obtaining the file from the URL failed.",
    "doc: OCR FAQ on ModelArts.4603 (ocr_01_0064)",
    (ErrorKind.DOWNLOAD_FAILED,),
)
OBS_FAILED = ErrorEntry(
    400,
    "ModelArts.4704",
    "Obtaining the file from the OBS failed.",
    "doc: OCR FAQ on ModelArts.4704 (ocr_01_0064)",
    (ErrorKind.DOWNLOAD_FAILED,),
)
OBS_OVERSIZED = ErrorEntry(
    400,
    "ModelArts.4705",
    "The file stored on the OBS is oversized.",
    _PLATFORM + _STATUS,
    (ErrorKind.IMAGE_TOO_LARGE,),
)
OBS_ABSENT = ErrorEntry(
    400,
    "ModelArts.4706",
    "The Obs file is not exist.",
    _PLATFORM + _STATUS,
    (ErrorKind.DOWNLOAD_FAILED,),
)

PLATFORM: tuple[ErrorEntry, ...] = (
    ErrorEntry(401, "ModelArts.0203", "Invalid token.", _PLATFORM + _STATUS),
    NO_PROJECT,
    ErrorEntry(401, "ModelArts.4101", "Token header cannot be empty.", _PLATFORM + _STATUS),
    ErrorEntry(401, "ModelArts.4102", "Parse Token error.", _PLATFORM + _STATUS),
    ErrorEntry(401, "ModelArts.4103", "Invalid Token header.", _PLATFORM + _STATUS),
    BODY_LENGTH,
    ErrorEntry(
        400,
        "ModelArts.4105",
        "The JSON format of the input data is incorrect.",
        _PLATFORM,
        (ErrorKind.BAD_BODY,),
    ),
    ErrorEntry(
        403,
        "ModelArts.4106",
        "Invalid authorization request.",
        _PLATFORM + " (the account is restricted)" + _STATUS,
        (ErrorKind.ARREARS, ErrorKind.PACKAGE_EXPIRED),
    ),
    ErrorEntry(500, "ModelArts.4107", "Get user temp ak sk error.", _PLATFORM + _STATUS),
    ErrorEntry(400, "ModelArts.4201", "Request url need service id.", _PLATFORM),
    ErrorEntry(400, "ModelArts.4202", "Request url format invalid.", _PLATFORM),
    OTHER_PROJECT,
    NOT_SUBSCRIBED,
    ErrorEntry(
        400,
        "ModelArts.4204",
        "Access api error! Not subscribe this api.",
        "doc: OCR FAQ, 2021 revision",
    ),
    ErrorEntry(
        500, "ModelArts.4301", "Have error when get ai-service admin token.", _PLATFORM + _STATUS
    ),
    ErrorEntry(502, "ModelArts.4302", "Gateway forwarding error.", _PLATFORM + _STATUS),
    ErrorEntry(503, "ModelArts.4401", "Max concurrency error.", _PLATFORM + _STATUS),
    ErrorEntry(504, "ModelArts.4402", "Backend service timeout error.", _PLATFORM + _STATUS),
    ErrorEntry(503, "ModelArts.4403", "Backend service unavailable error.", _PLATFORM + _STATUS),
    ErrorEntry(500, "ModelArts.4502", "Backend service response error.", _PLATFORM + _STATUS),
    ErrorEntry(500, "ModelArts.4503", "Backend service found error.", _PLATFORM + _STATUS),
    ErrorEntry(500, "ModelArts.4504", "Backend service api not found.", _PLATFORM + _STATUS),
    ErrorEntry(500, "ModelArts.4505", "Backend service internal error.", _PLATFORM + _STATUS),
    ErrorEntry(500, "ModelArts.4506", "SubService service found error.", _PLATFORM + _STATUS),
    ErrorEntry(
        500, "ModelArts.4507", "SubService service specification code find error.", _OLD + _STATUS
    ),
    ErrorEntry(500, "ModelArts.4508", "Service not start.", _PLATFORM + _STATUS),
    DOWNLOAD_FAILED,
    URL_NOT_ALLOWED,
    ErrorEntry(400, "ModelArts.4702", "Query Obs agency failed.", _PLATFORM + _STATUS),
    ErrorEntry(400, "ModelArts.4703", "The Obs URL is invalid.", _PLATFORM + _STATUS),
    OBS_FAILED,
    OBS_OVERSIZED,
    OBS_ABSENT,
    ErrorEntry(
        403,
        "ModelArts.6201",
        "The account is frozen.",
        "guess: a client's table names the code for a frozen account; text and status unknown",
    ),
)

CATALOGUE: tuple[ErrorEntry, ...] = (
    *SERVICE,
    *PLATFORM,
    *gateway.ROWS,
    *identity.ROWS,
    *gateway.ROWS_BEFORE_IAM,
)
