"""The errors of the legacy API that are about cards, handwriting and several pictures at once.

The sources are abbreviated as in `errors`.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

EMPTY_URL = ErrorEntry(
    400,
    17,
    "url is empty",
    "guess: status and text; doc: card pages have the code",
    (ErrorKind.NO_IMAGE,),
)
NO_IMAGE_OR_URL = ErrorEntry(
    400,
    18,
    "no image or url",
    "guess: status and text; doc: card pages have the code",
    (ErrorKind.NO_IMAGE,),
)
TOO_MANY_IMAGES = ErrorEntry(
    400,
    19,
    "too many images",
    "guess: status and text; doc: card pages have the code and the 20",
    (ErrorKind.BAD_PARAMETER,),
)
FILE_TOO_LARGE = ErrorEntry(
    400,
    20,
    "image is too large",
    "guess: status and text; doc: card pages have the code and 1 MB",
    (ErrorKind.IMAGE_TOO_LARGE,),
)
CARD_FAILED = ErrorEntry(
    200,
    -5103,
    "OCR_RECOG_FAILED",
    "guess: text; doc: identity and name card pages have the code",
    (ErrorKind.ENGINE_FAILED,),
)
TOO_LITTLE_TEXT = ErrorEntry(
    200,
    -5201,
    "NAMECARD_NO_ENOUGH_TEXT",
    "guess: text; doc: business card page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NO_BUSINESS_CARD = ErrorEntry(
    200,
    -5206,
    "NOT_NAMECARD",
    "guess: text; doc: business card page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
BUSINESS_CARD_FAILED = ErrorEntry(
    200,
    -5207,
    "NAMECARD_RECOG_FAILED",
    "guess: text; doc: business card page has the code",
    (ErrorKind.ENGINE_FAILED,),
)
NO_ID_CARD = ErrorEntry(
    200,
    -7001,
    "IDCARD_NOT_FOUND",
    "guess: text; doc: identity card page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NOT_FRONT = ErrorEntry(
    200,
    -7003,
    "IDCARD_NOT_FRONT",
    "guess: text; doc: identity card page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
NOT_BACK = ErrorEntry(
    200,
    -7004,
    "IDCARD_NOT_BACK",
    "guess: text; doc: identity card page has the code",
    (ErrorKind.NOTHING_FOUND,),
)
RECOGNITION_FAILED = ErrorEntry(
    200,
    -9011,
    "CREDITCARD_OCR_RECOG_FAILED",
    "doc: bank card page; handwriting page has the code without its text",
    (ErrorKind.NOTHING_FOUND,),
)

CARD_ENTRIES: tuple[ErrorEntry, ...] = (
    EMPTY_URL,
    NO_IMAGE_OR_URL,
    TOO_MANY_IMAGES,
    FILE_TOO_LARGE,
    CARD_FAILED,
    TOO_LITTLE_TEXT,
    NO_BUSINESS_CARD,
    BUSINESS_CARD_FAILED,
    NO_ID_CARD,
    NOT_FRONT,
    NOT_BACK,
    RECOGNITION_FAILED,
)
