"""One operation of a service: how its request is parsed, which pictures it reads, and how its
response is rendered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition

ExtraT = TypeVar("ExtraT")
Pages = Callable[[int], Sequence[int]]


class OcrRequest(msgspec.Struct, Generic[ExtraT], frozen=True):
    """What a request asks for: its pictures (each knows where it was in the request), the limits
    for each of them, how to read them, and what else `render` needs.

    With `pages`, each picture may be a document (PDF, TIFF, GIF, WEBP) of which several pages are
    read: `pages` gets their count, and returns the numbers of those to read, from 1; it raises
    `ApiError` for a wrong request. There is one result for each page that is read. `keep_pixels`
    leaves the results their pixels.
    """

    images: tuple[Source, ...]
    limits: Limits
    extra: ExtraT
    options: ReadOptions = msgspec.field(default_factory=ReadOptions)
    pages: Pages | None = None
    keep_pixels: bool = False


class ImageResult(msgspec.Struct, frozen=True):
    """The result for one picture or page: exactly one of `recognition` and `error` is set. `image`
    has no pixels unless the request keeps them, and is None if it could not be loaded. `page`
    counts from 1, and is 0 if the request did not ask for pages.
    """

    source: Source
    image: Image | None = None
    recognition: Recognition | None = None
    error: ApiError | None = None
    page: int = 0


Parse = Callable[[Request], OcrRequest[Any]]
Render = Callable[[Request, OcrRequest[Any], Sequence[ImageResult]], Response]
Run = Callable[[Request, Principal, Context], Awaitable[Response]]


class Price(msgspec.Struct, frozen=True):
    """What a billed unit (a request, or one of its pages: `Response.units`) costs: `amount` in
    `currency` (ISO 4217), after `free` units of an account. `amount` is 0 if no source names it.
    """

    source: str
    amount: float = 0.0
    free: int = 0
    currency: str = "CNY"


class Operation(msgspec.Struct, frozen=True):
    """One endpoint: either `parse` and `render` (reads pictures) or `run` (anything else).

    `path` may hold `{name}` segments, also with an ending (`{name}:verb`); `aliases` are older
    paths of the same operation. `selects` tells apart operations that share a path. `source` is
    where the endpoint is documented, `price` what a source states. `open`: answered without
    `verify`. `free`: never billed and never counted against a quota.
    """

    name: str
    methods: tuple[str, ...]
    path: str
    source: str
    parse: Parse | None = None
    render: Render | None = None
    run: Run | None = None
    aliases: tuple[str, ...] = ()
    selects: Callable[[Request], bool] | None = None
    price: Price | None = None
    open: bool = False
    free: bool = False

    async def answer(self, request: Request, principal: Principal, context: Context) -> Response:
        """The response to a verified request; raises `ApiError` for one that must be refused."""
        if self.run is not None:
            return await self.run(request, principal, context)
        assert self.parse is not None, f"{self.name} has neither run nor parse"
        assert self.render is not None, f"{self.name} has parse but no render"
        parsed = self.parse(request)
        return self.render(request, parsed, await read_images(parsed, context))


async def read_images(parsed: OcrRequest[Any], context: Context) -> Sequence[ImageResult]:
    """One result for each picture or, where the request asks for pages, for each page."""
    if parsed.pages is not None:
        read = (read_pages(s, parsed, context, parsed.pages) for s in parsed.images)
        return [result for pages in await asyncio.gather(*read) for result in pages]
    if len(parsed.images) == 1:  # the usual case; a task costs more than a cached result
        return [await _read(parsed.images[0], parsed, context)]
    return await asyncio.gather(*(_read(source, parsed, context) for source in parsed.images))


async def read_pages(
    source: Source, parsed: OcrRequest[Any], context: Context, pages: Pages
) -> Sequence[ImageResult]:
    """One result for each page of a document that `pages` chooses. A document that cannot be
    opened has one result, its error. `ApiError` of `pages` is raised.
    """
    first = replace(parsed.limits, page=1, frames=True)
    try:
        count = (await context.load(source, first)).pages
    except ApiError as error:
        return [ImageResult(source, error=error, page=1)]
    numbers = pages(max(count, 1))
    reads = (
        _read(source, replace(parsed, limits=replace(first, page=n)), context, n) for n in numbers
    )
    return await asyncio.gather(*reads)


async def _read(
    source: Source, parsed: OcrRequest[Any], context: Context, page: int = 0
) -> ImageResult:
    image = None
    try:
        image = await context.load(source, parsed.limits)
        recognition = await context.recognize(image, parsed.options)
    except ApiError as error:
        return ImageResult(source, image and image.without_pixels(), error=error, page=page)
    kept = image if parsed.keep_pixels else image.without_pixels()
    return ImageResult(source, kept, recognition, page=page)


def single_result(results: Sequence[ImageResult]) -> tuple[Image, Recognition]:
    """The picture of an operation that takes one, and its text; raises the picture's error."""
    result = results[0]
    if result.error is not None:
        raise result.error
    assert result.image is not None
    assert result.recognition is not None
    return result.image, result.recognition
