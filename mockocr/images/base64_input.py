"""Reads the picture's file from a request: raw bytes, or base64 text that is decoded strictly."""

from __future__ import annotations

import binascii
import re

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Inline, Limits

_BREAKS = b"\r\n\t"
_DATA_URL = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=]")
_HINTS = {
    b" ": "a form turns '+' into a space unless it is sent as %2B",
    b"%": "it was percent-encoded twice",
    b"-": "this is the URL-safe alphabet; use the standard one",
    b"_": "this is the URL-safe alphabet; use the standard one",
}


def inline_bytes(source: Inline, limits: Limits) -> bytes:
    """The picture's file. Raises `ApiError` NO_IMAGE, BAD_IMAGE or IMAGE_TOO_LARGE.

    Base64 uses the standard alphabet. As in MIME decoders, line breaks and tabs are ignored; so are
    leading and trailing whitespace and missing `=` padding. Any other character is refused, and so
    is a `data:` prefix unless the limits allow it. Lengths are checked before decoding.
    """
    data = source.data if source.base64 is None else _decoded(source.base64, limits)
    if not data:
        raise ApiError(ErrorKind.NO_IMAGE, "the picture is empty")
    _check_size(len(data), limits)
    return data


def _decoded(text: str, limits: Limits) -> bytes:
    if limits.max_base64 is not None and len(text) > limits.max_base64:
        detail = f"the base64 text has {len(text)} characters; the limit is {limits.max_base64}"
        raise ApiError(ErrorKind.IMAGE_TOO_LARGE, detail)
    text = text.strip()
    if text[:5].lower() == "data:":
        text = _without_prefix(text, limits)
    try:
        raw = text.encode("ascii")
    except UnicodeEncodeError as error:
        detail = f"the picture is not base64: character {error.start + 1} is not ASCII"
        raise ApiError(ErrorKind.BAD_IMAGE, detail) from None
    raw = raw.translate(None, _BREAKS).rstrip(b"=")
    _check_size(len(raw) * 3 // 4, limits)
    foreign = _FOREIGN.search(raw)
    if foreign:
        shown = foreign[0].decode("ascii")
        hint = _HINTS.get(foreign[0], "this is not in the base64 alphabet")
        detail = f"the picture is not base64: {shown!r} at character {foreign.start() + 1}; {hint}"
        raise ApiError(ErrorKind.BAD_IMAGE, detail)
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4), strict_mode=True)
    except binascii.Error as error:
        detail = f"the picture is not base64 ({len(raw)} digits, probably truncated): {error}"
        raise ApiError(ErrorKind.BAD_IMAGE, detail) from None


def _without_prefix(text: str, limits: Limits) -> str:
    if not limits.data_url:
        detail = "the base64 text has a data: prefix, which this operation does not accept"
        raise ApiError(ErrorKind.BAD_IMAGE, detail)
    match = _DATA_URL.match(text)
    if not match:
        raise ApiError(ErrorKind.BAD_IMAGE, "the picture's data: URL is not base64")
    return text[match.end() :].strip()


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.max_bytes:
        detail = f"the picture has {size} bytes; the limit is {limits.max_bytes}"
        raise ApiError(ErrorKind.IMAGE_TOO_LARGE, detail)
