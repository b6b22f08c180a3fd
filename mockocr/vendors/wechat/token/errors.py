"""The error table of the token endpoints."""

from __future__ import annotations

from mockocr.core.errors import ErrorKind, ErrorTable
from mockocr.vendors.wechat.errors import (
    APPID_MISSING,
    DATA_FORMAT,
    ENTRIES,
    INVALID_APPID,
    INVALID_SECRET,
)

ERRORS = ErrorTable(
    ENTRIES,
    defaults={
        ErrorKind.NO_CREDENTIALS: APPID_MISSING,
        ErrorKind.UNKNOWN_ACCOUNT: INVALID_APPID,
        ErrorKind.BAD_CREDENTIALS: INVALID_APPID,
        ErrorKind.BAD_SIGNATURE: INVALID_SECRET,
        ErrorKind.BAD_BODY: DATA_FORMAT,
        ErrorKind.BODY_TOO_LARGE: DATA_FORMAT,
    },
)
