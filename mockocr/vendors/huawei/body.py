"""The JSON body that Huawei's OCR operations share: the picture in it, and fields of a known type.

The documents give no order of checks; the one here (length, JSON, presence, both, types, picture,
URL) is a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.huawei import errors

MAX_BASE64 = 10 * 1024 * 1024

Body = dict[str, Any]


def parse_body(
    request: Request, rest: Callable[[Body, tuple[Source, ...]], OcrRequest]
) -> OcrRequest:
    """What the call asks for: the picture is found here, and `rest` reads the other fields.

    The picture's own form is looked at last, so that a wrong field is told before a wrong URL.
    """
    if not request.body:
        raise ApiError(errors.EMPTY_BODY, "the body is empty")
    body = request.json()
    image, url = text(body, "image"), text(body, "url")
    if len(image) > MAX_BASE64:
        detail = f"the base64 text has {len(image)} characters; {MAX_BASE64} are allowed"
        raise ApiError(errors.BODY_LENGTH, detail)
    if not image and not url:
        raise ApiError(ErrorKind.NO_IMAGE, "neither image nor url is given")
    if image and url:
        raise ApiError(errors.BAD_PARAMETER, "image and url are both given; one is allowed")
    ask = rest(body, (Inline(base64=image) if image else Remote(url),))
    if url:
        _check_url(url)
    return ask


def text(body: Body, name: str) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong(name, "a string", value)
    return value


def switch(body: Body, name: str, default: bool = False) -> bool:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise wrong(name, "true or false", value)
    return value


def one_of(body: Body, name: str, allowed: frozenset[str], default: str) -> str:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, str) or value not in allowed:
        raise wrong(name, f"one of {', '.join(sorted(allowed))}", value)
    return value


def page_number(body: Body, name: str) -> int:
    """A page counted from 1, which is also the default."""
    value = body.get(name)
    if value is None:
        return 1
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise wrong(name, "a whole number from 1", value)
    return value


def wrong(name: str, wanted: str, value: object) -> ApiError:
    return ApiError(errors.BAD_PARAMETER, f"{name} must be {wanted}, and is {str(value)[:60]!r}")


def _check_url(url: str) -> None:
    """Anything but http and https is refused, and so are raw characters beyond ASCII, which the
    pages want percent-encoded.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise ApiError(errors.URL_NOT_ALLOWED, f"{url[:80]!r} is not an http or https URL")
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        detail = "the URL holds characters that must be percent-encoded"
        raise ApiError(errors.DOWNLOAD_FAILED, detail)
