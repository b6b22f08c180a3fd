"""Takes the file of a picture out of a request, from where `parse` found it."""

from __future__ import annotations

import binascii
import contextlib
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}
"""Media types by the journal's names of formats; any other is sent as bytes."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def picture_file(request: Request, location: str, sha256: str) -> bytes | None:
    """The file with that digest at `location` (as in `core.image.Inline`); None if it is gone."""
    for value in _values(request, location):
        for data in (value,) if isinstance(value, bytes) else _from_base64(value):
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    return None


def _values(request: Request, location: str) -> Iterator[bytes | str]:
    """Everything at the location: raw bytes, or a text in base64."""
    if location == "body":
        yield request.body
        return
    with contextlib.suppress(ApiError):  # the journal may have only the beginning of the body
        yield from _body_values(request, location)
    yield from (value for name, value in request.query_fields() if name == location)


def _body_values(request: Request, location: str) -> Iterator[bytes | str]:
    if request.content_type.startswith("multipart/"):
        for part in request.parts(unclosed=True):
            if part.name == location:
                yield part.data
                yield part.text
        return
    # some clients send one kind of body with the content type of another
    if request.body.lstrip()[:1] == b"{":
        value = _at(request.json(), location)
        if isinstance(value, str):
            yield value
        return
    yield from (value for name, value in request.form_fields() if name == location)


def _at(value: Any, location: str) -> Any:
    """The value at a path such as `inputs[0].image` in a JSON value; None if there is none."""
    for name, index in _STEP.findall(location):
        try:
            value = value[name or int(index)]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _from_base64(text: str) -> Iterator[bytes]:
    """What a text decodes to; it may be a data URL, and may contain line breaks.

    An unescaped `+` arrives as a space in a form, and some services accept that.
    """
    if text[:5].lower() == "data:":
        text = text.partition(",")[2]
    bare = "".join(text.split()).rstrip("=")
    for digits in dict.fromkeys((bare, text.strip().replace(" ", "+").rstrip("="))):
        with contextlib.suppress(binascii.Error, ValueError):
            yield binascii.a2b_base64(digits + "=" * (-len(digits) % 4), strict_mode=True)
