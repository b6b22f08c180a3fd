"""analyze_document: starts the analysis of a document, and answers where its result will be."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Inline
from mockocr.core.operation import Operation, Price
from mockocr.vendors.azure.document_intelligence.analysis import (
    Analysis,
    limits,
    parse_analysis,
    source,
)
from mockocr.vendors.azure.document_intelligence.errors import (
    ERRORS,
    INVALID_PARAMETER,
    error_object,
)
from mockocr.vendors.azure.document_intelligence.jobs import (
    KIND,
    LIFETIME,
    PDF_KIND,
    WAIT,
    result_path,
)
from mockocr.vendors.azure.document_intelligence.reading import PLAIN, read_pages
from mockocr.vendors.azure.document_intelligence.result import Result
from mockocr.vendors.azure.headers import own_url, request_uuid, service_headers
from mockocr.vendors.azure.options import TIER, result_delay
from mockocr.vendors.azure.pages import first_page, page_numbers
from mockocr.vendors.azure.paths import doubled

NAME = "analyze_document"
_FREE_PAGES = 2
"""Pages that the tier F0 reads. doc: service limits."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """202 with the address of the result. The file is checked before, the text is read beside the
    request; `ApiError` for a file that is refused.
    """
    analysis = parse_analysis(request)
    bounds = limits(request, first_page(analysis.pages))
    file = await context.fetch(source(request), bounds)
    numbers = await _numbers(request, analysis, file, context)
    finished: list[asyncio.Event] = []
    delay, id = result_delay(request), request_uuid(request)

    async def start(kind: str, work: Callable[[], Awaitable[bytes]]) -> None:
        done = asyncio.Event()
        finished.append(done)

        async def noted() -> bytes:
            try:
                return await work()
            finally:
                done.set()

        facts = {"model": analysis.model.name}
        await context.start_job(kind, facts, delay, LIFETIME, noted, id)

    await start(KIND, lambda: _analyze(request, analysis, file, numbers, context))
    if analysis.pdf:
        await start(PDF_KIND, lambda: _pdf(request, file, numbers, context))
    # the first poll of most clients comes at once and the next one a second later
    with contextlib.suppress(TimeoutError):
        waits = asyncio.gather(*(done.wait() for done in finished))
        await asyncio.wait_for(waits, WAIT.total_seconds())
    path = result_path(analysis, id)
    location = own_url(request, f"{path}?api-version={analysis.version}")
    headers = [("Operation-Location", location), *service_headers(request)]
    if delay or not all(done.is_set() for done in finished):
        headers.append(("Retry-After", "1"))
    price = analysis.model.page_price
    return Response(202, b"", tuple(headers), units=len(numbers), unit_price=price)


async def _numbers(
    request: Request, analysis: Analysis, file: Inline, context: Context
) -> list[int]:
    """The numbers of the pages to read; the first of them has been loaded."""
    first = first_page(analysis.pages)
    image = await context.load(file, limits(request, first))
    count = max(image.pages, 1)
    most = _FREE_PAGES if request.options[TIER.name] == "F0" else count
    numbers = page_numbers(analysis.pages, count, most)
    if not numbers:
        details = "The page range is out of the document."
        detail = f"pages {analysis.pages} were requested; the file has {count}"
        raise ApiError(INVALID_PARAMETER, detail, name="pages", details=details)
    return numbers


async def _analyze(
    request: Request,
    analysis: Analysis,
    file: Inline,
    numbers: list[int],
    context: Context,
) -> bytes:
    """The members of the finished operation beside its status: a result, or an error."""
    try:
        layout = analysis.model.layout
        pages, readings = await read_pages(file, limits(request), numbers, layout, context)
    except ApiError as error:
        entry = ERRORS.entry(error, NAME).filled(error.facts)
        return dump_json({"error": error_object(entry)})
    return dump_json(
        {"analyzeResult": Result(analysis, pages, [read for _, read in readings]).json()}
    )


async def _pdf(request: Request, file: Inline, numbers: list[int], context: Context) -> bytes:
    """The pages as a PDF document with their text, which was recognised for the result already."""
    pages = []
    for number in numbers:
        image = await context.load(file, limits(request, number))
        pages.append((image, await context.recognize(image, PLAIN)))
    return await context.searchable_pdf(pages)


OPERATION = Operation(
    name=NAME,
    methods=("POST",),
    path="/documentintelligence/documentModels/{model}:analyze",
    aliases=doubled(
        "/documentintelligence/documentModels/{model}:analyze",
        "/formrecognizer/documentModels/{model}:analyze",
    ),
    source="Document Models - Analyze Document, REST reference 2024-11-30",
    run=run,
    price=Price(
        "doc: azure.microsoft.com/pricing/details/document-intelligence, S0: 10 USD for 1,000 "
        "pages of prebuilt models and layout, 1.50 USD for those of read",
        0.01,
        currency="USD",
    ),
)
