"""images_async_batch_annotate: starts an operation that reads pictures and writes JSON files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google.vision import long_running
from mockocr.vendors.google.vision.annotated_paths import path_forms
from mockocr.vendors.google.vision.entries import Entry, answer_entry, parse_entries
from mockocr.vendors.google.vision.json_body import read_message
from mockocr.vendors.google.vision.output import Output
from mockocr.vendors.google.vision.price import PRICE
from mockocr.vendors.google.vision.success import render_message

PATHS = path_forms("images:asyncBatchAnnotate")
MAX_ENTRIES = 2000
"""doc: quotas: images per asynchronous request."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The operation, whose output has one response for each picture."""
    body = read_message(request, "AsyncBatchAnnotateImagesRequest")
    entries = parse_entries(body, MAX_ENTRIES)
    output = Output(request, body.get("output_config", {}), "outputConfig")

    async def work() -> Mapping[str, Any]:
        documents = await asyncio.gather(*(_document(request, e, context) for e in entries))
        await output.write(context, documents, {})
        return {"outputConfig": output.config}

    response = "AsyncBatchAnnotateImagesResponse"
    operation = await long_running.start(request, principal, context, response, work)
    return render_message(
        request, operation, "google.longrunning.Operation", units=max(1, len(entries))
    )


async def _document(request: Request, entry: Entry, context: Context) -> Mapping[str, Any]:
    answer = await answer_entry(request, entry, context)
    uri = getattr(entry.source, "url", "")
    return {**answer.document, **({"context": {"uri": uri}} if uri else {})}


OPERATION = Operation(
    name="images_async_batch_annotate",
    methods=("POST",),
    path=PATHS[0],
    aliases=PATHS[1:],
    run=run,
    source="doc: Cloud Vision API, method images.asyncBatchAnnotate",
    price=PRICE,
)
