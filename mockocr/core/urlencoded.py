"""Reads application/x-www-form-urlencoded text: queries and form bodies with fields of any size.

The standard library decodes percent escapes in Python, one by one, which takes most of the time of
a request with a picture in base64. Written as `\\x2B`, the decoder for the escapes of Python's
literals decodes them in C.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from urllib.parse import quote, unquote_plus, unquote_to_bytes

from mockocr.core.errors import ApiError, ErrorKind

Pairs = tuple[tuple[str, str], ...]

_MAX_FIELDS = 1000
_MAX_ESCAPES = 10_000
"""Percent escapes in text that also has a backslash or an invalid escape: Python decodes them one
by one, in 50 times their memory.
"""
_PIECE = 256 * 1024
"""A long field is decoded in pieces: C code that decodes one holds the interpreter lock."""


def parse_urlencoded(raw: bytes) -> Pairs:
    """The pairs in order; blank values kept, empty pairs skipped, undecodable bytes replaced.

    `ApiError(BAD_BODY)` for more than a thousand pairs, or many escapes that cannot be decoded in
    C.
    """
    decoder = _Decoder()
    pairs = []
    for pair in _split(raw):
        if pair:
            name, _, value = pair.partition(b"=")
            pairs.append((decoder.text(name), decoder.text(value)))
    return tuple(pairs)


def with_field(query: str, name: str, value: str) -> str:
    """The query with this field first, in place of any other of that name."""
    kept = [
        pair for pair in query.split("&") if pair and unquote_plus(pair.partition("=")[0]) != name
    ]
    return "&".join([f"{name}={quote(value, safe='')}", *kept])


def _split(raw: bytes) -> list[bytes]:
    """The parts between the ampersands; the search for one takes a tenth of the time of `split`."""
    parts, start = [], 0
    while (end := raw.find(b"&", start)) >= 0:
        parts.append(raw[start:end])
        start = end + 1
        if len(parts) >= _MAX_FIELDS:
            raise ApiError(ErrorKind.BAD_BODY, f"there are more than {_MAX_FIELDS} form fields")
    return [*parts, raw[start:]]


class _Decoder:
    """Decodes the names and values of one form."""

    def __init__(self) -> None:
        self._escapes_left = _MAX_ESCAPES

    def text(self, raw: bytes) -> str:
        if len(raw) <= _PIECE:
            return self._bytes(raw).decode("utf-8", "replace")
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        return "".join(decode(self._bytes(piece)) for piece in _pieces(raw)) + decode(b"", True)

    def _bytes(self, text: bytes) -> bytes:
        if b"+" in text:
            text = text.replace(b"+", b" ")
        if b"%" in text:
            text = self._unquoted(text)
        return text

    def _unquoted(self, text: bytes) -> bytes:
        if b"\\" not in text:
            try:
                return codecs.escape_decode(text.replace(b"%", b"\\x"))[0]
            except ValueError:  # a `%` without two hex digits, which is kept as it is
                pass
        self._escapes_left -= text.count(b"%")
        if self._escapes_left < 0:
            raise ApiError(ErrorKind.BAD_BODY, f"the form has more than {_MAX_ESCAPES} odd escapes")
        return unquote_to_bytes(text)


def _pieces(raw: bytes) -> Iterator[bytes]:
    """Parts of `raw` that do not end within an escape."""
    start = 0
    while start < len(raw):
        end = start + _PIECE
        escape = raw.rfind(b"%", end - 2, end)
        if escape >= 0 and end < len(raw):
            end = escape
        yield raw[start:end]
        start = end
