"""The errors of the platform (ModelArts) that runs OCR behind the gateway.

The OCR pages list 200 and 400 only, and an older revision of the error page says that custom codes
come with 400; where a source says `status guess`, no log of the error was found.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

_OLD = "doc: OCR error codes, 2019 revision"
_PLATFORM = "doc: OCR error codes (ocr_03_0028), ModelArts entries"
_STATUS = "; status guess"

BODY_LENGTH = ErrorEntry(
    400,
    "ModelArts.4104",
    "Invalid Request Content Length.",
    _PLATFORM,
    (ErrorKind.IMAGE_TOO_LARGE,),
)
EMPTY_BODY = ErrorEntry(
    400,
    "ModelArts.4104",
    "Invalid Request Content Length.",
    _PLATFORM + "; for an empty body guess",
    (ErrorKind.BAD_BODY,),
    id="empty_body",
)
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

PLATFORM_ENTRIES: tuple[ErrorEntry, ...] = (
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
    EMPTY_BODY,
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
        id="not_subscribed_2021",
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
