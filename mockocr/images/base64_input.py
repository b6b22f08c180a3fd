"""The file inside a request: raw bytes as they are, base64 text decoded by the strict alphabet."""

from __future__ import annotations

import binascii
import re

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Inline, Limits

_BREAKS = b"\r\n\t"
_DATA_URL = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=]")
_HINTS = {
    b" ": "in a form a '+' that is not sent as %2B arrives as a blank",
    b"%": "it was percent-encoded twice",
    b"-": "this is the URL-safe alphabet, the standard one is wanted",
    b"_": "this is the URL-safe alphabet, the standard one is wanted",
}


def unwrap(source: Inline, limits: Limits) -> bytes:
    """The picture's file; `ApiError` NO_IMAGE, BAD_IMAGE or IMAGE_TOO_LARGE.

    Base64 is the standard alphabet. Line breaks and tabs inside are dropped, as MIME decoders do,
    and blanks around; missing `=` at the end are made up for. Anything else foreign is refused,
    and a `data:` prefix too unless the limits allow it. Lengths are checked before decoding.
    """
    data = source.data if source.base64 is None else _decoded(source.base64, limits)
    if not data:
        raise ApiError(ErrorKind.NO_IMAGE, "the picture is empty")
    _check_size(len(data), limits)
    return data


def _decoded(text: str, limits: Limits) -> bytes:
    if limits.max_base64 is not None and len(text) > limits.max_base64:
        detail = f"the base64 text has {len(text)} characters; at most {limits.max_base64}"
        raise ApiError(ErrorKind.IMAGE_TOO_LARGE, f"{detail} are taken")
    text = text.strip()
    if text[:5].lower() == "data:":
        text = _without_prefix(text, limits)
    try:
        raw = text.encode("ascii")
    except UnicodeEncodeError as error:
        detail = f"character {error.start + 1} of the picture's text cannot be base64"
        raise ApiError(ErrorKind.BAD_IMAGE, detail) from None
    raw = raw.translate(None, _BREAKS).rstrip(b"=")
    _check_size(len(raw) * 3 // 4, limits)
    foreign = _FOREIGN.search(raw)
    if foreign:
        shown = foreign[0].decode("ascii")
        hint = _HINTS.get(foreign[0], "it is not in the alphabet")
        detail = f"the picture is not base64: {shown!r} at character {foreign.start() + 1}; {hint}"
        raise ApiError(ErrorKind.BAD_IMAGE, detail)
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4), strict_mode=True)
    except binascii.Error as error:
        detail = f"the picture is not base64 ({len(raw)} digits, probably cut off): {error}"
        raise ApiError(ErrorKind.BAD_IMAGE, detail) from None


def _without_prefix(text: str, limits: Limits) -> str:
    if not limits.data_url:
        detail = "the base64 text has a data: prefix, which this operation does not take"
        raise ApiError(ErrorKind.BAD_IMAGE, detail)
    match = _DATA_URL.match(text)
    if not match:
        raise ApiError(ErrorKind.BAD_IMAGE, "the picture's data: URL is not a base64 one")
    return text[match.end() :].strip()


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.max_bytes:
        detail = f"the picture has {size} bytes; at most {limits.max_bytes} are taken"
        raise ApiError(ErrorKind.IMAGE_TOO_LARGE, detail)
