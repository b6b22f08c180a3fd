"""Reads the pages of one file: PDF, TIFF or GIF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline
from mockocr.core.operation import ImageResult, OcrRequest, read_pages
from mockocr.vendors.google.vision import cloud_storage
from mockocr.vendors.google.vision.annotation import full_text_annotation, normalized_form
from mockocr.vendors.google.vision.entries import LIMITS
from mockocr.vendors.google.vision.errors import ERRORS, NO_IMAGE, TOO_MANY_PAGES, TWO_IMAGES
from mockocr.vendors.google.vision.features import Wanted, wanted
from mockocr.vendors.google.vision.picture_errors import BAD_FILE_TYPE, BAD_PAGE
from mockocr.vendors.google.vision.rendering import status_of

MAX_PAGES = 5
"""doc: discovery document, AnnotateFileRequest.pages: at most 5, the first 5 by default."""
MAX_ASYNC_PAGES = 2000
"""doc: quotas: pages per PDF or TIFF file."""
_FORMATS = {"application/pdf": "PDF", "image/tiff": "TIFF", "image/gif": "GIF"}
_POINTS = 72
"""Points per inch, in which the size of a page of a PDF document is stated (doc)."""


class File(msgspec.Struct, frozen=True):
    """One file of a request: its bytes or its URI, its type, and what is asked about it."""

    content: bytes
    uri: str
    mime_type: str
    pages: Sequence[int]
    wanted: Wanted
    place: str

    @property
    def input_config(self) -> dict[str, Any]:
        """`inputConfig` as the response repeats it; the content is not repeated (guess)."""
        source = {"gcsSource": {"uri": self.uri}} if self.uri else {}
        return {**source, "mimeType": self.mime_type}


class PageAnswers(msgspec.Struct, frozen=True):
    """The JSON of each page that was read, the count of the file's pages, and what was skipped."""

    documents: Sequence[Mapping[str, Any]]
    total: int
    units: int
    why: str = ""


def parse_file(entry: Mapping[str, Any], place: str) -> File:
    """`ApiError` if the entry makes the whole request invalid."""
    config = entry.get("input_config", {})
    content, uri = config.get("content", b""), config.get("gcs_source", {}).get("uri", "")
    if content and uri:
        raise ApiError(TWO_IMAGES, f"{place}.inputConfig has content and gcsSource")
    if not (content or uri) or not entry.get("features"):
        missing = "features" if content or uri else "content"
        raise ApiError(NO_IMAGE, f"{place} has no {missing}")
    pages = entry.get("pages", [])
    if len(pages) > MAX_PAGES:
        detail = f"{place}.pages has {len(pages)} pages; the limit is {MAX_PAGES}"
        raise ApiError(TOO_MANY_PAGES, detail)
    mime_type = config.get("mime_type", "")
    return File(content, uri, mime_type, pages, wanted(entry), f"{place}.inputConfig")


async def read_file(
    request: Request, file: File, context: Context, most: int = MAX_PAGES
) -> PageAnswers:
    """The annotations of the file's pages; `ApiError` if the file cannot be read at all."""
    file.wanted.require_valid()
    format = _FORMATS.get(file.mime_type.lower())
    if format is None:
        detail = f"mimeType is {file.mime_type[:80]!r}; known: {', '.join(_FORMATS)}"
        raise ApiError(BAD_FILE_TYPE, detail, type=file.mime_type)
    data = file.content
    if file.uri:
        data = await cloud_storage.read_object(request, file.uri, context, LIMITS.max_bytes)
    total = 0

    def choose(count: int) -> Sequence[int]:
        nonlocal total
        total = count
        return _chosen(file.pages, count, most)

    parsed = OcrRequest((), replace(LIMITS, formats=frozenset({format})), None, file.wanted.options)
    source = Inline(data, name=file.uri, location=file.place)
    results = await read_pages(source, parsed, context, choose)
    if len(results) == 1 and results[0].image is None and results[0].error is not None:
        raise results[0].error
    documents = [_page(file, result) for result in results]
    errors = [result.error for result in results if result.error is not None]
    why = errors[0].detail if errors else file.wanted.skipped()
    units = (len(results) - len(errors)) * int(file.wanted.reads)
    return PageAnswers(documents, total, units, why)


def _chosen(pages: Sequence[int], count: int, most: int) -> Sequence[int]:
    """The numbers from 1; a negative one counts from the end (doc: discovery document)."""
    if not pages:
        return range(1, min(count, most) + 1)
    numbers = [number if number > 0 else count + 1 + number for number in pages]
    wrong = [page for page, number in zip(pages, numbers, strict=True) if not 1 <= number <= count]
    if wrong or 0 in pages:
        detail = f"page {wrong[0] if wrong else 0} was requested; the file has {count}"
        raise ApiError(BAD_PAGE, detail, count=str(count))
    return list(dict.fromkeys(numbers))


def _page(file: File, result: ImageResult) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if result.error is not None:
        entry = ERRORS.entry(result.error).filled(result.error.facts)
        found["error"] = status_of(entry)
    elif file.wanted.reads and result.image is not None and result.recognition is not None:
        size = _page_size(result.image)
        form = normalized_form(result.image, size, file.wanted.confidence, file.wanted.hints)
        text = full_text_annotation(result.recognition, form)
        if text:
            found["fullTextAnnotation"] = text
    uri = {"uri": file.uri} if file.uri else {}
    return {**found, "context": {**uri, "pageNumber": result.page}}


def _page_size(image: Image) -> tuple[int, int]:
    """Points for a page of a PDF document, pixels for other files (doc: discovery document)."""
    if not image.dpi:
        return image.width, image.height
    scale = _POINTS / image.dpi
    return round(image.width * scale), round(image.height * scale)
