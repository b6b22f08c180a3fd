"""A request's pictures, tags and referer, out of multipart, urlencoded or JSON.

The page lists multipart alone; the other two forms are those of the original platform, whose SDKs
send URLs urlencoded.
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
from mockocr.vendors.tupu.choices import chosen
from mockocr.vendors.tupu.errors import TOO_MANY_FILES

_FORMATS: Mapping[str, frozenset[str]] = {
    "static": frozenset({"PNG", "JPEG", "TIFF", "WEBP"}),
    "later": frozenset({"PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"}),
}
_REPEATABLE = ("image", "tag")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_BINARY = frozenset(range(0x20)) - frozenset(b"\t\n\r")

Value = str | Inline


def parse(request: Request) -> OcrRequest:
    """`extra["tags"]` holds one tag per picture in request order, or nothing when none was sent."""
    fields = tuple(_fields(request))
    referer = _referer(_texts(fields, "referer"))
    images = [value for name, value in fields if name == "image" and _given(value)]
    sources = tuple(_source(value, referer) for value in images)
    _check(sources, int(chosen(request, "max_images")))
    tags = complete(_texts(fields, "tag"), len(sources))
    return OcrRequest(sources, ReadOptions(turn=chosen(request, "turn") == "on"), {"tags": tags})


def complete(tags: Sequence[str], count: int) -> tuple[str, ...]:
    """One tag per picture: the last one serves for the rest, a surplus is left out."""
    if not tags:
        return ()
    return (*tags[:count], *[tags[-1]] * (count - len(tags)))


def limits(request: Request) -> Limits:
    formats = chosen(request, "formats")
    return Limits(
        max_bytes=int(chosen(request, "max_bytes")),
        formats=_FORMATS[formats],
        animated=formats == "later",
    )


def _fields(request: Request) -> Iterator[tuple[str, Value]]:
    if not request.body:
        return
    match request.content_type:
        case "multipart/form-data":
            for part in request.parts():
                file = Inline(part.data, name=part.filename or "")
                yield part.name, file if _is_file(part) else part.text
        case "application/x-www-form-urlencoded":
            yield from request.form_fields()
        case "application/json":
            yield from _json_fields(request.json())
        case other:
            kind = other or "without a Content-Type"
            raise ApiError(ErrorKind.NO_IMAGE, f"a body {kind} holds no fields that could be read")


def _json_fields(body: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for name in (*_REPEATABLE, "referer"):
        value = body.get(name)
        items = value if isinstance(value, list) and name in _REPEATABLE else [value]
        for item in items:
            if isinstance(item, str):
                # a lone surrogate is valid JSON and no valid text
                yield name, item.encode("utf-8", "replace").decode()
            elif item is not None or items is value:
                kind = type(item).__name__
                raise ApiError(ErrorKind.BAD_PARAMETER, f"{name} holds a {kind}, wanted is text")


def _is_file(part: Part) -> bool:
    """A part with a filename, or with bytes that are no text: hand-made clients forget the name."""
    return part.filename is not None or not _BINARY.isdisjoint(part.data[:1024])


def _given(value: Value) -> bool:
    """A form's empty picture field, text or file, is as good as none."""
    return bool(value.data or value.name) if isinstance(value, Inline) else bool(value)


def _texts(fields: Sequence[tuple[str, Value]], wanted: str) -> list[str]:
    return [
        value if isinstance(value, str) else value.data.decode("utf-8", "replace")
        for name, value in fields
        if name == wanted
    ]


def _referer(texts: Sequence[str]) -> str:
    """The first one, with what is not ASCII percent-encoded as browsers do."""
    referer = texts[0].strip() if texts else ""
    if any(ord(c) < 0x20 or ord(c) == 0x7F for c in referer):
        raise ApiError(ErrorKind.BAD_PARAMETER, "the referer holds a line end or control character")
    return quote(referer, safe=_PRINTABLE)


def _source(value: Value, referer: str) -> Source:
    return Remote(value, referer) if isinstance(value, str) else value


def _check(sources: Sequence[Source], most: int) -> None:
    if not sources:
        raise ApiError(ErrorKind.NO_IMAGE, "the body has no image field with anything in it")
    remote = sum(isinstance(source, Remote) for source in sources)
    if 0 < remote < len(sources):
        files = len(sources) - remote
        raise ApiError(
            ErrorKind.BAD_PARAMETER,
            f"{remote} URL and {files} file in one request: it may be one kind",
        )
    if len(sources) > most:
        raise ApiError(TOO_MANY_FILES, f"{len(sources)} pictures came, one request may have {most}")
