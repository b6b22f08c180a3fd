"""What a web-image request asks for, checked in the order in which Huawei's faults are answered.

The documents give no order of checks; the one here (length, JSON, presence, both, types, picture,
URL) is a guess.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.problem import Problem, Refused
from mockocr.core.vendor import Ask, Options
from mockocr.core.wire import Call
from mockocr.vendors.huawei import errors

MAX_BASE64 = 10 * 1024 * 1024
MIN_SIDE = 15
FORMATS = frozenset(
    {"JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF"},
)
"""doc: web-image page; JPG and JPEG are one format here, which makes ten names of nine."""

EXTRACTS = ("contact_info", "image_size")
_SWITCHES = {"detect_direction": False, "detect_font": False, "detect_text_direction": True}


def limits(call: Call) -> Limits:
    """15 px to 8192 px a side (30000 with `max_side`), 10 MB of base64 or a file that would be."""
    return Limits(
        max_bytes=MAX_BASE64 // 4 * 3,
        max_base64=MAX_BASE64,
        min_side=MIN_SIDE,
        max_side=int(call.choices.get("max_side", "8192")),
        formats=FORMATS,
    )


def parse(call: Call) -> Ask:
    """The picture, how to read it, and in `extra` what to put into the answer besides."""
    if not call.body:
        raise Refused(errors.BODY_LENGTH, "the body is empty")
    body = call.json()
    image, url = _text(body, "image"), _text(body, "url")
    if len(image) > MAX_BASE64:
        detail = f"the base64 text has {len(image)} characters; {MAX_BASE64} are allowed"
        raise Refused(errors.BODY_LENGTH, detail)
    if not image and not url:
        raise Refused(Problem.NO_IMAGE, "neither image nor url is given")
    if image and url:
        raise Refused(errors.BAD_PARAMETER, "image and url are both given; one is allowed")
    switches = {name: _switch(body, name, default) for name, default in _SWITCHES.items()}
    extra = {"extract": _extract(body), "fonts": switches["detect_font"]}
    source: Source = Inline(base64=image) if image else Remote(_checked(url))
    return Ask((source,), Options(turn=switches["detect_direction"]), extra)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, "a string", value)
    return value


def _switch(body: dict[str, Any], name: str, default: bool) -> bool:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise _wrong(name, "true or false", value)
    return value


def _extract(body: dict[str, Any]) -> tuple[str, ...]:
    values = body.get("extract_type")
    if values is None:
        return ()
    if not isinstance(values, list):
        raise _wrong("extract_type", "a list", values)
    for value in values:
        if value not in EXTRACTS:
            raise _wrong("extract_type", f"made of {' and '.join(EXTRACTS)}", value)
    return tuple(name for name in EXTRACTS if name in values)


def _wrong(name: str, wanted: str, value: object) -> Refused:
    return Refused(errors.BAD_PARAMETER, f"{name} must be {wanted}, and is {str(value)[:60]!r}")


def _checked(url: str) -> str:
    """The URL itself; anything but http and https is refused, and so are raw characters beyond
    ASCII, which the page wants percent-encoded.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise Refused(errors.URL_NOT_ALLOWED, f"{url[:80]!r} is not an http or https URL")
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        detail = "the URL holds characters that must be percent-encoded"
        raise Refused(errors.DOWNLOAD_FAILED, detail)
    return url
