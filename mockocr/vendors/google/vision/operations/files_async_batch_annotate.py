"""files_async_batch_annotate: starts an operation that reads whole files and writes JSON files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google.vision import long_running
from mockocr.vendors.google.vision.annotated_paths import path_forms
from mockocr.vendors.google.vision.errors import NO_IMAGE
from mockocr.vendors.google.vision.files import MAX_ASYNC_PAGES, parse_file, read_file
from mockocr.vendors.google.vision.json_body import read_message
from mockocr.vendors.google.vision.operations.images_annotate import EMPTY
from mockocr.vendors.google.vision.output import Output
from mockocr.vendors.google.vision.price import PRICE
from mockocr.vendors.google.vision.success import render_message

PATHS = path_forms("files:asyncBatchAnnotate")


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The operation, whose output has one response for each page. Each file counts as one unit,
    because its pages are not known yet.
    """
    body = read_message(request, "AsyncBatchAnnotateFilesRequest")
    files, outputs = [], []
    if not body.get("requests"):
        raise ApiError(NO_IMAGE, EMPTY)
    for index, entry in enumerate(body.get("requests", [])):
        place = f"requests[{index}]"
        files.append(parse_file(entry, place))
        config = entry.get("output_config", {})
        outputs.append(Output(request, config, f"{place}.outputConfig"))

    async def work() -> Mapping[str, Any]:
        done = []
        for file, output in zip(files, outputs, strict=True):
            pages = await read_file(request, file, context, MAX_ASYNC_PAGES)
            config = {"inputConfig": file.input_config}
            await output.write(context, pages.documents, config)
            done.append({"outputConfig": output.config})
        return {"responses": done}

    response = "AsyncBatchAnnotateFilesResponse"
    operation = await long_running.start(request, principal, context, response, work)
    return render_message(
        request, operation, "google.longrunning.Operation", units=max(1, len(files))
    )


OPERATION = Operation(
    name="files_async_batch_annotate",
    methods=("POST",),
    path=PATHS[0],
    aliases=PATHS[1:],
    run=run,
    source="doc: Cloud Vision API, method files.asyncBatchAnnotate",
    price=PRICE,
)
