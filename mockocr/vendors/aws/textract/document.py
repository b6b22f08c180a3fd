"""The document of a request: where its bytes are, its limits, and the text of its pages."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits
from mockocr.core.operation import OcrRequest, Pages, read_pages
from mockocr.core.recognition import Recognition
from mockocr.vendors.aws.s3 import S3Object, parse_object, read_object
from mockocr.vendors.aws.structure import Structure, invalid

SYNCHRONOUS = Limits(
    max_bytes=10 * 1024 * 1024,
    max_side=10_000,
    max_pixels=100_000_000,
    formats=frozenset({"JPEG", "PNG", "TIFF"}),
)
"""doc: Set quotas in Amazon Textract (10 MB in memory, 10000 pixels a side)."""
ASYNCHRONOUS = Limits(
    max_bytes=500 * 1024 * 1024,
    max_side=10_000,
    max_pixels=100_000_000,
    formats=frozenset({"JPEG", "PNG", "TIFF"}),
)
"""doc: the same page (500 MB and 3000 pages for PDF and TIFF)."""
MAX_PAGES = 3000

_MAGIC = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II[*+]\x00|MM\x00[*+]|\s*%PDF-")


class ReadPage(msgspec.Struct, frozen=True):
    """A page that was read: its number from 1, its sides in pixels, and its text."""

    number: int
    width: int
    height: int
    recognition: Recognition


Document = Inline | S3Object


def parse_document(document: Structure | None) -> Document:
    """Bytes or an object of S3; `ApiError(BAD_PARAMETER)` unless it is exactly one of them."""
    if document is None:
        raise invalid("Document is missing")
    if document.has("Bytes") == document.has("S3Object"):
        both = "both Bytes and S3Object" if document.has("Bytes") else "neither Bytes nor S3Object"
        raise invalid(f"{document.place} has {both}")
    return document.blob("Bytes") if document.has("Bytes") else parse_object(document)


async def fetch(
    request: Request, principal: Principal, context: Context, document: Document, limits: Limits
) -> Inline:
    """The bytes of the document."""
    if isinstance(document, Inline):
        return document
    return await read_object(request, principal, context, document, limits.max_bytes)


READ = ReadOptions(turn=True, rules=True)


async def read_one_page(context: Context, source: Inline) -> ReadPage:
    """The text of a document of one page, as the synchronous operations read it."""

    def only_one(count: int) -> Sequence[int]:
        if count > 1:
            detail = f"the document has {count} pages; synchronous operations read one"
            raise ApiError(ErrorKind.IMAGE_FORMAT, detail)
        return (1,)

    pages, failed = await _read(context, source, SYNCHRONOUS, only_one)
    for error in failed.values():
        raise error
    return pages[0]


async def count_pages(context: Context, source: Inline) -> int:
    """How many pages a document has; 0 if it cannot be opened."""
    try:
        first = replace(ASYNCHRONOUS, page=1, frames=True)
        return max(1, (await context.load(source, first)).pages)
    except ApiError:
        return 0


async def read_all_pages(
    context: Context, source: Inline
) -> tuple[Sequence[ReadPage], Mapping[int, ApiError]]:
    """The pages that could be read, as the jobs read them, and the errors of the others. `ApiError`
    if none could be read.
    """

    def all_pages(count: int) -> Sequence[int]:
        if count > MAX_PAGES:
            detail = f"the document has {count} pages; the limit is {MAX_PAGES}"
            raise ApiError(ErrorKind.IMAGE_TOO_LARGE, detail)
        return range(1, count + 1)

    pages, failed = await _read(context, source, ASYNCHRONOUS, all_pages)
    if not pages:
        raise next(iter(failed.values()))
    return pages, failed


async def _read(
    context: Context, source: Inline, limits: Limits, pages: Pages
) -> tuple[list[ReadPage], dict[int, ApiError]]:
    """The pages that `pages` chooses, and the errors of those that cannot be read."""
    parsed = OcrRequest((source,), limits, None, READ)
    found, failed = [], {}
    for result in await read_pages(source, parsed, context, pages):
        if result.error is not None:
            failed[result.page] = _refusal(result.error, source)
            continue
        assert result.image is not None
        assert result.recognition is not None
        image = result.image
        found.append(ReadPage(result.page, image.width, image.height, result.recognition))
    return found, failed


def _refusal(error: ApiError, source: Inline) -> ApiError:
    """The error by what was sent: text that is not base64 is a malformed body, a file without a
    known beginning an unsupported format, and all others are bad documents.
    """
    if error.reason is ErrorKind.BAD_PARAMETER:  # a page that the document does not have
        return ApiError(ErrorKind.BAD_IMAGE, error.detail)
    if error.reason is not ErrorKind.BAD_IMAGE or error.cause is ErrorCause.PDF:
        return error
    data = source.data
    if source.base64 is not None:
        try:
            data = base64.b64decode(source.base64, validate=True)
        except (binascii.Error, ValueError):
            return ApiError(ErrorKind.BAD_BODY, error.detail)
    if _MAGIC.match(data[:1024]):
        return error
    return ApiError(ErrorKind.IMAGE_FORMAT, error.detail)
