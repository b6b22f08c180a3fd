"""The rows of Tencent's table of errors that are about cards and several pictures at once.

The pages are named as in the rest of the table.
"""

from __future__ import annotations

from mockocr.core.problem import Problem, Row

EMPTY_URL = Row(
    400,
    17,
    "url is empty",
    "guess: status and text; doc: card pages have the code",
    (Problem.NO_IMAGE,),
)
NO_PICTURE = Row(
    400,
    18,
    "no image or url",
    "guess: status and text; doc: card pages have the code",
    (Problem.NO_IMAGE,),
)
TOO_MANY = Row(
    400,
    19,
    "too many images",
    "guess: status and text; doc: card pages have the code and the 20",
    (Problem.BAD_PARAMETER,),
)
TOO_HEAVY = Row(
    400,
    20,
    "image is too large",
    "guess: status and text; doc: card pages have the code and 1 MB",
    (Problem.IMAGE_TOO_LARGE,),
)
CARD_NOT_READ = Row(
    200,
    -5103,
    "OCR_RECOG_FAILED",
    "guess: text; doc: identity and name card pages have the code",
    (Problem.ENGINE_FAILED,),
)
FEW_WORDS = Row(
    200,
    -5201,
    "NAMECARD_NO_ENOUGH_TEXT",
    "guess: text; doc: business card page has the code",
    (Problem.NOTHING_FOUND,),
)
NO_BUSINESS_CARD = Row(
    200,
    -5206,
    "NOT_NAMECARD",
    "guess: text; doc: business card page has the code",
    (Problem.NOTHING_FOUND,),
)
BUSINESS_NOT_READ = Row(
    200,
    -5207,
    "NAMECARD_RECOG_FAILED",
    "guess: text; doc: business card page has the code",
    (Problem.ENGINE_FAILED,),
)
NO_ID_CARD = Row(
    200,
    -7001,
    "IDCARD_NOT_FOUND",
    "guess: text; doc: identity card page has the code",
    (Problem.NOTHING_FOUND,),
)
NOT_FRONT = Row(
    200,
    -7003,
    "IDCARD_NOT_FRONT",
    "guess: text; doc: identity card page has the code",
    (Problem.NOTHING_FOUND,),
)
NOT_BACK = Row(
    200,
    -7004,
    "IDCARD_NOT_BACK",
    "guess: text; doc: identity card page has the code",
    (Problem.NOTHING_FOUND,),
)
NOT_READ = Row(
    200,
    -9011,
    "CREDITCARD_OCR_RECOG_FAILED",
    "doc: bank card page; handwriting page has the code without its text",
    (Problem.NOTHING_FOUND,),
)

ROWS: tuple[Row, ...] = (
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
