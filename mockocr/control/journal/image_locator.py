"""Finds a picture's file in the request that brought it, by its digest alone: no vendor is asked
where its pictures stand.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request

MEDIA = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}
"""Media types by the formats' names in the journal; others are bytes."""
_SHORTEST = 40
"""Characters: no picture is smaller in base64."""


def file_of(request: Request, sha256: str) -> bytes | None:
    """The bytes with that digest: the body itself, a part, or base64 in any field."""
    for data in _files(request):
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    return None


def _files(request: Request) -> Iterator[bytes]:
    yield request.body
    if request.content_type.startswith("multipart/"):
        try:
            parts = request.parts()
        except ApiError:
            return
        for part in parts:
            yield part.data
            yield from _decoded(part.text)
        return
    try:
        texts = list(_texts(json.loads(request.body)))
    except (ValueError, RecursionError):
        texts = [value for _, value in request.form_fields()]
    for text in (*texts, *(value for _, value in request.query_fields())):
        yield from _decoded(text)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _decoded(text: str) -> Iterator[bytes]:
    """The bytes that a text stands for, when it is base64 as clients write it."""
    if len(text) < _SHORTEST:
        return
    bare = text.partition(",")[2] if text.startswith("data:") else text
    bare = "".join(bare.split()).replace("-", "+").replace("_", "/").rstrip("=")
    # a form that was not encoded has blanks for its plus signs
    for candidate in dict.fromkeys((bare, text.strip().replace(" ", "+").rstrip("="))):
        try:
            yield base64.b64decode(candidate + "=" * (-len(candidate) % 4), validate=True)
        except (binascii.Error, ValueError):
            continue
