"""Answers one entry of a request: reads its picture and makes its annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.recognition import Recognition
from mockocr.vendors.google.vision import cloud_storage, features
from mockocr.vendors.google.vision.annotation import (
    full_text_annotation,
    pixel_form,
    text_annotations,
)
from mockocr.vendors.google.vision.errors import ERRORS, NO_IMAGE, TOO_MANY_IMAGES, TWO_IMAGES
from mockocr.vendors.google.vision.features import Wanted
from mockocr.vendors.google.vision.rendering import status_of

MAX_ENTRIES = 16
"""doc: quotas: images per request; observed live in 2026."""
LIMITS = Limits(
    max_bytes=20 * 1024 * 1024,
    max_side=65_535,
    max_pixels=75_000_000,
    formats=frozenset({"JPEG", "PNG", "GIF", "BMP", "WEBP", "ICO", "TIFF"}),
)
"""doc: supported files; that TIFF is read here too is a guess."""

_UNREADABLE = "error"


class Entry(msgspec.Struct, frozen=True):
    """One picture of a request: where it comes from, and what is asked about it."""

    source: Source
    wanted: Wanted


class Answer(msgspec.Struct, frozen=True):
    """The JSON for one picture, how many units it costs, and its error."""

    document: Mapping[str, Any]
    units: int = 0
    error: ApiError | None = None
    code: str = "OK"
    why: str = ""


def parse_entries(body: Mapping[str, Any], most: int = MAX_ENTRIES) -> list[Entry]:
    """The entries of `requests`; `ApiError` if one of them makes the request invalid (observed:
    the whole request fails).
    """
    entries = body.get("requests", [])
    if len(entries) > most:
        detail = f"the request has {len(entries)} pictures; the limit is {most}"
        raise ApiError(TOO_MANY_IMAGES, detail)
    return [_entry(entry, f"requests[{index}]") for index, entry in enumerate(entries)]


async def answer_entry(request: Request, entry: Entry, context: Context) -> Answer:
    """The annotations of the entry's picture, or its error."""

    async def annotate() -> Mapping[str, Any]:
        source = await _opened(request, entry.source, context)
        image = await context.load(source, LIMITS)
        if not entry.wanted.reads:
            return {}
        recognition = await context.recognize(image, entry.wanted.options)
        return image_annotations(image.without_pixels(), recognition, entry.wanted)

    return await answered(annotate, entry.wanted)


async def answered(annotate: Callable[[], Any], wanted: Wanted) -> Answer:
    """What `annotate` returns, or the error that it raises in its place."""
    try:
        wanted.require_valid()
        document = await annotate()
    except ApiError as error:
        found = ERRORS.entry(error).filled(error.facts)
        answer = {_UNREADABLE: status_of(found)}
        return Answer(answer, error=error, code=str(found.code), why=error.detail)
    return Answer(document, units=int(wanted.reads), why=wanted.skipped())


def image_annotations(image: Image, recognition: Recognition, asked: Wanted) -> dict[str, Any]:
    """The annotations of a picture, in the order of the message's fields."""
    form = pixel_form(image, asked.confidence, asked.hints)
    words, text = text_annotations(recognition, form), full_text_annotation(recognition, form)
    found: dict[str, Any] = {}
    if words:
        found["textAnnotations"] = words
    if text:
        found["fullTextAnnotation"] = text
    return found


def summary(answers: Sequence[Answer]) -> dict[str, Any]:
    """`code`, `why` and `units` of a response: OK if any entry has no error."""
    failed = [answer for answer in answers if answer.error is not None]
    whole = "OK" if len(failed) < len(answers) or not answers else failed[0].code
    why = next((answer.why for answer in [*failed, *answers] if answer.why), "")
    return {"code": whole, "why": why, "units": sum(answer.units for answer in answers)}


def _entry(entry: Mapping[str, Any], place: str) -> Entry:
    image = entry.get("image", {})
    source = image.get("source", {})
    content = image.get("content", b"")
    # doc: image_uri wins over the older gcs_image_uri
    uri = source.get("image_uri") or source.get("gcs_image_uri", "")
    if content and uri:
        raise ApiError(TWO_IMAGES, f"{place}.image has content and {uri[:200]!r}")
    if not (content or uri) or not entry.get("features"):
        missing = "features" if content or uri else "image"
        raise ApiError(NO_IMAGE, f"{place} has no {missing}")
    found: Source = Inline(content, location=f"{place}.image.content")
    if uri:
        found = Remote(uri, location=f"{place}.image.source.imageUri")
    return Entry(found, features.wanted(entry))


async def _opened(request: Request, source: Source, context: Context) -> Source:
    """The source itself, or the bytes of an object of the storage."""
    if isinstance(source, Remote) and cloud_storage.is_storage_uri(source.url):
        data = await cloud_storage.read_object(
            request, source.url, context, cloud_storage.MAX_BYTES
        )
        return Inline(data, name=source.url, location=source.location)
    return source
