"""The errors of the actions for cards, licences, invoices and tables. The sources are abbreviated
as in `errors`; that a picture gets an entry which no page explains is marked as a guess.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind


def _nothing(code: str, message: str, source: str) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, (ErrorKind.NOTHING_FOUND,))


BAD_CONFIG = ErrorEntry(
    200,
    "InvalidParameter.ConfigFormatError",
    "Config is not in valid JSON format.",
    "sdk: error list; that a flag which is no boolean gets it is a guess",
    (ErrorKind.BAD_PARAMETER,),
)
NO_ID_CARD = _nothing(
    "FailedOperation.ImageNoIdCard", "No ID card is detected in the image.", "sdk: error list"
)
OTHER_SIDE = _nothing(
    "FailedOperation.CardSideError",
    "The CardSide type of the ID card is incorrect.",
    "sdk: error list",
)
SEVERAL_CARDS = _nothing(
    "FailedOperation.MultiCardError",
    "Multiple cards of the same side are detected in the image. Please upload an image with a "
    "single side or one front and one back side.",
    "sdk: error list",
)
NO_BANK_CARD = _nothing("FailedOperation.NoBankCardError", "No bank card found.", "sdk: error list")
NO_BUSINESS_LICENCE = _nothing(
    "FailedOperation.NoBizLicense",
    "Not a business license.",
    "sdk: error list (the English text is a guess)",
)
NO_BUSINESS_CARD = _nothing(
    "FailedOperation.ImageNoBusinessCard",
    "No business card is detected in the image.",
    "sdk: error list (the English text is a guess)",
)
NO_DRIVING_LICENCE = _nothing(
    "FailedOperation.NoDriverLicenseError",
    "The uploaded image is not a driver's license.",
    "sdk: error list (the English text is a guess)",
)
NO_VEHICLE_LICENCE = _nothing(
    "FailedOperation.NoVehicleLicenseError",
    "The uploaded image is not a vehicle license.",
    "sdk: error list (the English text is a guess)",
)
OTHER_LICENCE_SIDE = _nothing(
    "FailedOperation.LicenseCardSideError",
    "The CardSide parameter does not match the page of the uploaded license.",
    "sdk: error list (the English text is a guess)",
)
SEVERAL_LICENCES = _nothing(
    "FailedOperation.LicenseMultiCardError",
    "Multiple licenses of the same side are detected in the image. Please upload an image with a "
    "single side or one front and one back side.",
    "sdk: error list (the English text is a guess)",
)

CARD_ENTRIES: tuple[ErrorEntry, ...] = (
    BAD_CONFIG,
    NO_ID_CARD,
    OTHER_SIDE,
    SEVERAL_CARDS,
    NO_BANK_CARD,
    NO_BUSINESS_LICENCE,
    NO_BUSINESS_CARD,
    NO_DRIVING_LICENCE,
    NO_VEHICLE_LICENCE,
    OTHER_LICENCE_SIDE,
    SEVERAL_LICENCES,
)
