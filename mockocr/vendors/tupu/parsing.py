"""Reads the pictures and the referer out of a multipart, urlencoded or JSON body.

The hosted API's page lists multipart alone. The other two forms are those of the platform, whose
SDKs send URLs urlencoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Part, Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.tupu.error_list import TOO_MANY_FILES

_FORMATS: Mapping[str, frozenset[str]] = {
    "static": frozenset({"PNG", "JPEG", "TIFF", "WEBP"}),
    "later": frozenset({"PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"}),
}
_REPEATABLE = ("image", "tag")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_BINARY = frozenset(range(0x20)) - frozenset(b"\t\n\r")

Value = Inline | Remote | str
"""A file of a picture, the URL of one, or the text of another field."""


def parse_pictures(request: Request) -> OcrRequest[None]:
    """The pictures in the order of the request; `ApiError` if there is none or too many."""
    fields = tuple(_fields(request))
    referer = _referer(fields)
    sources = tuple(
        Remote(value.url, referer, value.location) if isinstance(value, Remote) else value
        for name, value in fields
        if name == "image" and not isinstance(value, str) and not _is_empty(value)
    )
    _check(sources, int(request.options["max_images"]))
    turn = request.options["turn"] == "on"
    return OcrRequest(sources, _limits(request), None, ReadOptions(turn=turn))


def _limits(request: Request) -> Limits:
    formats = request.options["formats"]
    return Limits(
        max_bytes=int(request.options["max_bytes"]),
        formats=_FORMATS[formats],
        animated=formats == "later",
    )


def _fields(request: Request) -> Iterator[tuple[str, Value]]:
    if not request.body:
        return
    match request.content_type:
        case "multipart/form-data":
            for part in request.parts():
                yield part.name, _part_value(part)
        case "application/x-www-form-urlencoded":
            for name, text in request.form_fields():
                yield name, _text_value(name, text, name)
        case "application/json":
            yield from _json_fields(request.json())
        case other:
            kind = f"of type {other}" if other else "without a Content-Type"
            raise ApiError(ErrorKind.NO_IMAGE, f"a body {kind} has no fields")


def _json_fields(body: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for name in (*_REPEATABLE, "referer"):
        value = body.get(name)
        items: list[Any] = [value]
        listed = False
        if isinstance(value, list) and name in _REPEATABLE:
            items, listed = value, True
        for index, item in enumerate(items):
            location = f"{name}[{index}]" if listed else name
            if isinstance(item, str):
                # a lone surrogate is valid JSON, but not valid text
                yield name, _text_value(name, item.encode("utf-8", "replace").decode(), location)
            elif item is not None or listed:
                kind = type(item).__name__
                raise ApiError(ErrorKind.BAD_PARAMETER, f"{location} is a {kind} and not text")


def _part_value(part: Part) -> Value:
    if part.name == "image":
        if _is_file(part):
            return Inline(part.data, name=part.filename or "", location=part.name)
        return Remote(part.text, location=part.name)
    return part.data.decode("utf-8", "replace") if _is_file(part) else part.text


def _text_value(name: str, text: str, location: str) -> Value:
    return Remote(text, location=location) if name == "image" else text


def _is_file(part: Part) -> bool:
    """True for a part with a filename, or with bytes that are not text: hand-written clients omit
    the filename.
    """
    return part.filename is not None or not _BINARY.isdisjoint(part.data[:1024])


def _is_empty(source: Source) -> bool:
    """True for the picture field of an HTML form in which the user chose nothing."""
    return not (source.data or source.name) if isinstance(source, Inline) else not source.url


def _referer(fields: Sequence[tuple[str, Value]]) -> str:
    """The first one, with non-ASCII characters percent-encoded as browsers do."""
    texts = (value for name, value in fields if name == "referer" and isinstance(value, str))
    referer = next(texts, "").strip()
    if any(ord(c) < 0x20 or ord(c) == 0x7F for c in referer):
        raise ApiError(ErrorKind.BAD_PARAMETER, "the referer holds a line end or control character")
    return quote(referer, safe=_PRINTABLE)


def _check(sources: Sequence[Source], most: int) -> None:
    if not sources:
        raise ApiError(ErrorKind.NO_IMAGE, "the body has no image field, or only empty ones")
    urls = sum(isinstance(source, Remote) for source in sources)
    files = len(sources) - urls
    if urls and files:
        raise ApiError(
            ErrorKind.BAD_PARAMETER,
            f"the request mixes {urls} URL and {files} file pictures; only one kind is allowed",
        )
    if len(sources) > most:
        raise ApiError(
            TOO_MANY_FILES, f"the request has {len(sources)} pictures; {most} are allowed"
        )
