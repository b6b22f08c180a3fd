"""Text of a picture or document in the request, or at a URL."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import timedelta

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, Operation, Price, read_images
from mockocr.vendors.ocr_space.api.operations.searchable_pdf import FOLDER, KIND
from mockocr.vendors.ocr_space.api.parsing import parse
from mockocr.vendors.ocr_space.api.rendering import render

PRICE = Price(
    "doc: ocr.space/ocrapi, 25,000 requests a month are free; the paid plans cost by the month",
    free=25_000,
    currency="USD",
)
_LIFETIME = timedelta(hours=1)
"""doc: the link to a searchable PDF is valid for one hour."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The response; with `isCreateSearchablePdf`, the document is made and kept for an hour."""
    parsed = parse(request)
    results = await read_images(parsed, context)
    url = await _document(request, context, results) if parsed.extra.pdf else ""
    return render(request, parsed.extra, results, url)


async def _document(request: Request, context: Context, results: Sequence[ImageResult]) -> str:
    """The URL of the searchable PDF; empty if no page was read."""
    pages = [(r.image, r.recognition) for r in results if r.image and r.recognition]
    if not pages:
        return ""
    document = await context.searchable_pdf(pages)
    value = {"pdf": base64.b64encode(document).decode()}
    token = await context.issue_token(KIND, value, _LIFETIME, request.id)
    return f"{request.scheme}://{request.host}{request.prefix}{FOLDER}/{token}.pdf"


OPERATION = Operation(
    name="parse_image",
    methods=("POST",),
    path="/parse/image",
    aliases=("/Parse/Image", "/parse/Image"),
    source="doc: ocr.space/ocrapi",
    run=run,
    price=PRICE,
)
