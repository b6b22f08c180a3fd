"""Decodes application/x-www-form-urlencoded text: queries and form bodies with fields of any size.

The standard library decodes percent escapes in Python, one by one, which takes most of the time of
a request with a picture in base64. Written as `\\x2B`, the decoder for the escapes of Python's
literals decodes them in C.
"""

from __future__ import annotations

import codecs
from urllib.parse import unquote_to_bytes

from mockocr.core.errors import ApiError, ErrorKind

Pairs = tuple[tuple[str, str], ...]

_MAX_FIELDS = 1000
_MAX_ESCAPES = 10_000
"""Percent escapes in a field that also has a backslash or an invalid escape: Python decodes them
one by one, in 50 times their memory.
"""


def parse_urlencoded(raw: bytes) -> Pairs:
    """The pairs in order; blank values kept, empty pairs skipped, undecodable bytes replaced.

    `ApiError(BAD_BODY)` for more than a thousand pairs, or many escapes that cannot be decoded in
    C.
    """
    if raw.count(b"&") >= _MAX_FIELDS:
        raise ApiError(ErrorKind.BAD_BODY, f"there are more than {_MAX_FIELDS} form fields")
    pairs = []
    for pair in raw.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            pairs.append((_decode(name), _decode(value)))
    return tuple(pairs)


def _decode(text: bytes) -> str:
    if b"+" in text:
        text = text.replace(b"+", b" ")
    if b"%" in text:
        text = _unquoted(text)
    return text.decode("utf-8", "replace")


def _unquoted(text: bytes) -> bytes:
    if b"\\" not in text:
        try:
            return codecs.escape_decode(text.replace(b"%", b"\\x"))[0]
        except ValueError:  # a `%` without two hex digits, which is kept as it is
            pass
    if text.count(b"%") > _MAX_ESCAPES:
        raise ApiError(ErrorKind.BAD_BODY, f"a form field has more than {_MAX_ESCAPES} escapes")
    return unquote_to_bytes(text)
