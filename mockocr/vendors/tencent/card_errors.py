"""The rows of Tencent's table of errors that are about cards and several pictures at once.

The pages are named as in the rest of the table.
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
NO_PICTURE = ErrorEntry(
    400,
    18,
    "no image or url",
    "guess: status and text; doc: card pages have the code",
    (ErrorKind.NO_IMAGE,),
)
TOO_MANY = ErrorEntry(
    400,
    19,
    "too many images",
    "guess: status and text; doc: card pages have the code and the 20",
    (ErrorKind.BAD_PARAMETER,),
)
TOO_HEAVY = ErrorEntry(
    400,
    20,
    "image is too large",
    "guess: status and text; doc: card pages have the code and 1 MB",
    (ErrorKind.IMAGE_TOO_LARGE,),
)
CARD_NOT_READ = ErrorEntry(
    200,
    -5103,
    "OCR_RECOG_FAILED",
    "guess: text; doc: identity and name card pages have the code",
    (ErrorKind.ENGINE_FAILED,),
)
FEW_WORDS = ErrorEntry(
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
BUSINESS_NOT_READ = ErrorEntry(
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
NOT_READ = ErrorEntry(
    200,
    -9011,
    "CREDITCARD_OCR_RECOG_FAILED",
    "doc: bank card page; handwriting page has the code without its text",
    (ErrorKind.NOTHING_FOUND,),
)

ROWS: tuple[ErrorEntry, ...] = (
    EMPTY_URL,
    NO_PICTURE,
    TOO_MANY,
    TOO_HEAVY,
    CARD_NOT_READ,
    FEW_WORDS,
    NO_BUSINESS_CARD,
    BUSINESS_NOT_READ,
    NO_ID_CARD,
    NOT_FRONT,
    NOT_BACK,
    NOT_READ,
)
