"""The error table of OCR."""

from __future__ import annotations

from mockocr.core.errors import ErrorCause, ErrorTable
from mockocr.vendors.wechat.errors import DECODE_FAILED, ENTRIES

ERRORS = ErrorTable(ENTRIES, defaults={ErrorCause.CONTENT: DECODE_FAILED})
