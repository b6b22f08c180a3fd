"""Requests for cards and their responses: several pictures at once, as files or by their URLs, each
with a code of its own in `result_list`. The HTTP status is 200 if the request itself is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Inline, Remote, Source
from mockocr.core.operation import ImageResult
from mockocr.core.recognition import Recognition
from mockocr.vendors.tencent.legacy.body import MAX_URL, Fields, check_target
from mockocr.vendors.tencent.legacy.card_errors import (
    EMPTY_URL,
    FILE_TOO_LARGE,
    NO_IMAGE_OR_URL,
    TOO_MANY_IMAGES,
)
from mockocr.vendors.tencent.legacy.errors import ERRORS, TOO_LONG

MAX_IMAGES = 20
"""Pictures in a request. doc: identity card page."""

FILE_LIMIT = 1024 * 1024
"""Bytes of one file. doc: the same page, in its table of codes."""

_WHOLE_REQUEST = frozenset({ErrorKind.BUSY, ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE})
"""Errors that are no property of one picture: they refuse the request."""

RenderData = Callable[[ImageResult, Recognition], Any]


def card_images(request: Request, fields: Fields) -> tuple[Source, ...]:
    """The pictures of a request, after checking appid, signed target and bucket.

    The appid may be a number, as in the page's sample. URLs come before files; files are sorted by
    the names of their parts. Raises `ApiError` for no picture, too many, or one that is too large.
    """
    check_target(request, fields, accept_number=True)
    sources = _sources(request, fields)
    if not sources:
        detail = "the body has neither url_list nor a part whose name begins with image"
        raise ApiError(NO_IMAGE_OR_URL, detail)
    if len(sources) > MAX_IMAGES:
        detail = f"the request has {len(sources)} pictures, {MAX_IMAGES} are allowed"
        raise ApiError(TOO_MANY_IMAGES, detail)
    return sources


def card_options(request: Request) -> ReadOptions:
    """How the pictures are read."""
    return ReadOptions(turn=request.options["turn"] == "on")


def render_results(results: Sequence[ImageResult], data: RenderData, operation: str) -> Response:
    """One entry per picture. `data` makes the `data` member of an entry; an `ApiError` from it or
    from the picture is answered inside the entry, as the error table says for `operation`.

    The journal gets code 0 if any picture was read, else the first code, and the first reason.
    """
    entries, reasons = zip(*(_entry(result, data, operation) for result in results), strict=True)
    codes = [entry["code"] for entry in entries]
    response = Response.of_json({"result_list": entries}, code=0 if 0 in codes else codes[0])
    skipped = (f"picture {n}: {reason}" for n, reason in enumerate(reasons, 1) if reason)
    return response.replaced(why=next(skipped, ""))


def _sources(request: Request, fields: Fields) -> tuple[Source, ...]:
    urls = fields.get("url_list")
    if isinstance(urls, list):
        if urls:
            return tuple(_remote(url, f"url_list[{n}]") for n, url in enumerate(urls))
    elif urls:
        return (_remote(urls, "url_list"),)
    if request.content_type != "multipart/form-data":
        return ()
    parts = [part for part in request.parts(unclosed=True) if part.name.startswith("image")]
    for part in parts:
        if len(part.data) > FILE_LIMIT:
            detail = f"{part.name[:40]!r} has {len(part.data)} bytes, {FILE_LIMIT} are allowed"
            raise ApiError(FILE_TOO_LARGE, detail)
    return tuple(
        Inline(data=part.data, name=part.filename or "", location=part.name)
        for part in sorted(parts, key=lambda part: part.name)
    )


def _remote(url: Any, location: str) -> Remote:
    if not isinstance(url, str):
        detail = f"{location} has the type {type(url).__name__} and must be a string"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail)
    if not url:
        raise ApiError(EMPTY_URL, f"{location} is empty")
    if len(url) > MAX_URL:
        raise ApiError(TOO_LONG, f"{location} has {len(url)} characters, {MAX_URL} are allowed")
    return Remote(url, location=location)


def _entry(result: ImageResult, data: RenderData, operation: str) -> tuple[dict[str, Any], str]:
    """The entry of one picture, and the reason if it was refused."""
    source = result.source
    named = {"url": source.url} if isinstance(source, Remote) else {"filename": source.name}
    try:
        if result.error is not None:
            raise result.error
        assert result.recognition is not None
        found = data(result, result.recognition)
    except ApiError as error:
        if not _WHOLE_REQUEST.isdisjoint(error.kinds):
            raise
        known = ERRORS.entry(error, operation)
        entry: dict[str, Any] = {"code": known.code, "message": known.message, **named, "data": {}}
        return entry, error.detail or known.message
    # doc: the pages' samples say OK for a URL and success for a file
    message = "OK" if isinstance(source, Remote) else "success"
    return {"code": 0, "message": message, **named, "data": found}, ""
