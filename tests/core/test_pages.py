"""An operation that asks for pages gets one result for each, and documents that fail one error."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Pages
from mockocr.core.recognition import Recognition

ANYONE = cast("Principal", None)
SHEET = Image(b"", 10, 10, 1, "PDF", "", "", 5, pages=4)


class Documents:
    """Loads documents of four pages (the third is damaged), pictures, and damaged files."""

    async def load(self, source: Source, limits: Limits) -> Image:
        assert isinstance(source, Inline)
        assert limits.frames
        if source.data == b"damaged" or limits.page == 3:
            raise ApiError(ErrorKind.BAD_IMAGE, "damaged")
        return replace(SHEET, digest=f"{limits.page}", pages=4 if source.data == b"sheets" else 0)

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return Recognition((), engine=f"page {image.digest}")


def read(pages: Pages, *documents: bytes) -> list[tuple[int, str]]:
    """Page and engine, or page and error kind, of every result."""
    seen: list[tuple[int, str]] = []

    def parse(request: Request) -> OcrRequest[None]:
        sources = tuple(Inline(data) for data in documents)
        return OcrRequest(sources, Limits(), None, pages=pages)

    def render(request: Request, parsed: OcrRequest[Any], found: Sequence[ImageResult]) -> Response:
        for result in found:
            if result.recognition is not None:
                seen.append((result.page, result.recognition.engine))
            else:
                assert result.error is not None
                seen.append((result.page, str(result.error.reason)))
        return Response()

    operation = Operation("read", ("POST",), "/", "guess", parse, render)
    asyncio.run(operation.answer(Request("POST", "/"), ANYONE, cast("Context", Documents())))
    return seen


def test_the_chosen_pages_are_read_in_their_order() -> None:
    assert read(lambda count: [count, 1], b"sheets") == [(4, "page 4"), (1, "page 1")]


def test_a_picture_is_a_document_of_one_page() -> None:
    assert read(lambda count: range(1, count + 1), b"picture") == [(1, "page 1")]


def test_a_damaged_page_is_an_error_among_the_others() -> None:
    assert read(lambda count: (2, 3), b"sheets", b"picture") == [
        (2, "page 2"),
        (3, "bad_image"),
        (2, "page 2"),
        (3, "bad_image"),
    ]


def test_a_damaged_document_is_one_error() -> None:
    assert read(lambda count: (1, 2), b"damaged") == [(1, "bad_image")]


def test_pages_that_must_not_be_asked_for_refuse_the_request() -> None:
    def pages(count: int) -> Sequence[int]:
        raise ApiError(ErrorKind.BAD_PARAMETER, f"the document has {count} pages")

    with pytest.raises(ApiError, match="has 4 pages"):
        read(pages, b"sheets")
