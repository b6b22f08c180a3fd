"""images_annotate: reads up to 16 pictures side by side, each with its own result or error."""

from __future__ import annotations

import asyncio

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google.vision.annotated_paths import path_forms
from mockocr.vendors.google.vision.entries import answer_entry, parse_entries, summary
from mockocr.vendors.google.vision.json_body import read_message
from mockocr.vendors.google.vision.price import PRICE
from mockocr.vendors.google.vision.success import render_message

PATHS = path_forms("images:annotate")
EMPTY = "the request has no entries in requests"


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """One response for each entry, in order; an empty object without entries (guess)."""
    entries = parse_entries(read_message(request, "BatchAnnotateImagesRequest"))
    answers = await asyncio.gather(*(answer_entry(request, e, context) for e in entries))
    document = {"responses": [answer.document for answer in answers]} if answers else {}
    told = summary(answers) if answers else {"why": EMPTY, "units": 0}
    return render_message(request, document, "BatchAnnotateImagesResponse", **told)


OPERATION = Operation(
    name="images_annotate",
    methods=("POST",),
    path=PATHS[0],
    aliases=PATHS[1:],
    run=run,
    source="doc: Cloud Vision API, method images.annotate",
    price=PRICE,
)
